import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SettingsFile } from '../../../electron/settings.ts';

test('settings are kept, and a damaged or older file gives the defaults for what it does not say', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-settings-'));
  const path = join(folder, 'deep', 'settings.json');
  const settings = await SettingsFile.open(path);
  expect(settings.current.policy).toBe('standard');
  await settings.change({ ...settings.current, policy: 'strict', language: 'de' });
  expect((await SettingsFile.open(path)).current).toMatchObject({ policy: 'strict', language: 'de' });
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ policy: 'strict' });

  await writeFile(path, '{"policy": "strict"}');
  expect((await SettingsFile.open(path)).current).toMatchObject({ policy: 'strict', pack: 'base' });
  for (const damaged of ['', '{', '[]', '{"policy": "unheard of"}']) {
    await writeFile(path, damaged);
    expect((await SettingsFile.open(path)).current).toEqual({
      language: null,
      pack: 'base',
      policy: 'standard',
      policies: [],
      letterShortcuts: true,
      interfaceLanguage: 'system',
      theme: 'system',
      threads: null,
      alwaysMask: [],
      neverMask: [],
      hints: false,
      welcomed: false,
    });
  }
  await rm(folder, { recursive: true });
});
