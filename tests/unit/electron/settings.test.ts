import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { Projects } from '../../../electron/projects.ts';
import { SettingsFile } from '../../../electron/settings.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../electron/settingsSchema.ts';

describe('settings', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-settings-'));
    path = join(folder, 'settings.json');
  });
  afterEach(() => rm(folder, { recursive: true }));
  const nowhere = { projects: null };
  const sealed = () => ({ projects: new Projects(folder, Buffer.alloc(32, 7)) });
  /** What anyone can read on the disk. */
  const disk = async () => {
    const files = await Promise.all(
      (await readdir(folder)).map((name) => readFile(join(folder, name), 'latin1')),
    );
    return files.join('');
  };
  const own = { ...POLICY_PRESETS.standard, name: 'Skynet case', deny: ['Kyle Reese'] };
  const personal: Settings = {
    ...DEFAULT_SETTINGS,
    theme: 'dark',
    policy: 'Skynet case',
    policies: [own],
    alwaysMask: ['Sarah Connor'],
    neverMask: ['Miles Dyson'],
  };
  const NAMES = /Connor|Dyson|Reese|Skynet/;

  test('are kept, and a damaged or older file gives the defaults for what it does not say', async () => {
    const deep = join(folder, 'deep', 'settings.json');
    const settings = await SettingsFile.open(deep, nowhere);
    expect(settings.current.policy).toBe('standard');
    await settings.change({ ...settings.current, policy: 'strict', language: 'de' });
    expect((await SettingsFile.open(deep, nowhere)).current).toMatchObject({
      policy: 'strict',
      language: 'de',
    });

    await writeFile(path, '{"policy": "strict"}');
    expect((await SettingsFile.open(path, nowhere)).current).toMatchObject({
      policy: 'strict',
      pack: 'base',
    });
    for (const damaged of ['', '{', '[]', '{"policy": "unheard of"}']) {
      await writeFile(path, damaged);
      expect((await SettingsFile.open(path, nowhere)).current).toEqual(DEFAULT_SETTINGS);
    }
  });

  test('that may name people are sealed with the transcripts and can be read nowhere else', async () => {
    const settings = await SettingsFile.open(path, sealed());
    await settings.change(personal);
    expect(await disk()).not.toMatch(NAMES);
    const later = await SettingsFile.open(path, sealed());
    expect(later.current).toMatchObject({ theme: 'dark', alwaysMask: [] });
    await later.openPersonal();
    expect(later.current).toEqual(personal);
    await later.change({ ...personal, policy: 'names-only' });
    const last = await SettingsFile.open(path, sealed());
    await last.openPersonal();
    expect(last.current.policy).toBe('names-only');
  });

  test('of the first versions, which held names in clear, are sealed as soon as there is a key', async () => {
    await writeFile(path, JSON.stringify(personal));
    const settings = await SettingsFile.open(path, sealed());
    await settings.openPersonal();
    expect(settings.current).toEqual(personal);
    expect(await disk()).not.toMatch(NAMES);
    const later = await SettingsFile.open(path, sealed());
    await later.openPersonal();
    expect(later.current).toEqual(personal);
  });

  test('of the first versions are not lost where there is no key yet', async () => {
    await writeFile(path, JSON.stringify(personal));
    const settings = await SettingsFile.open(path, nowhere);
    await settings.openPersonal();
    await settings.change({ ...settings.current, theme: 'light' });
    const later = await SettingsFile.open(path, sealed());
    await later.openPersonal();
    expect(later.current).toEqual({ ...personal, theme: 'light' });
    expect(await disk()).not.toMatch(NAMES);
  });

  test('that may name people end with the program where nothing can be sealed; then rather all is masked', async () => {
    const settings = await SettingsFile.open(path, nowhere);
    await settings.change(personal);
    expect(settings.current).toEqual(personal);
    expect(await disk()).not.toMatch(NAMES);
    const later = await SettingsFile.open(path, nowhere);
    expect(later.current).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark', policy: 'strict' });
  });
});
