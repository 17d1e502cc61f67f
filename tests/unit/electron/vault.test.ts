import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Project } from '../../../electron/projects.ts';
import { type Keyring, Vault } from '../../../electron/vault.ts';
import { transcriptOf } from '../transcript/sample.ts';

const FIRST = 'correct horse battery';
const SECOND = 'another staple entirely';

/** Stands in for the system's keyring: what one person encrypts no other can open. */
function keyringOf(person: string): Keyring {
  return {
    encrypt: (text) => Buffer.from(JSON.stringify({ person, text: Buffer.from(text).toString('base64') })),
    decrypt(bytes) {
      const sealed = JSON.parse(bytes.toString()) as { person: string; text: string };
      if (sealed.person !== person) throw new Error('not yours');
      return Buffer.from(sealed.text, 'base64').toString();
    },
  };
}

const project: Project = {
  version: 2,
  id: 'a'.repeat(32),
  name: 'Sarah.wav',
  folder: '',
  path: null,
  added: 1,
  transcript: transcriptOf('hello Connor'),
  unsearched: [],
};

describe('the key of what is kept', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-vault-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  const files = async () => (await readdir(folder)).sort();
  const all = async (vault: Vault) => (await vault.projects!.all()).map(({ name }) => name);
  /** A run with the project kept, in a keyring's care or in nobody's. */
  async function kept(keyring: Keyring | null, passphrase: string | null): Promise<Vault> {
    const vault = await Vault.open(folder, keyring);
    if (passphrase !== null) await vault.protect(null, passphrase);
    await vault.projects!.save(project);
    return vault;
  }

  test('is the keyring’s, for this person alone', async () => {
    await kept(keyringOf('sarah'), null);
    const later = await Vault.open(folder, keyringOf('sarah'));
    expect([later.protection, later.locked, await all(later)]).toEqual(['keyring', false, ['Sarah.wav']]);
    const other = await Vault.open(folder, keyringOf('david'));
    expect([other.protection, other.projects]).toEqual(['none', null]);
    // What that person sets up does not destroy what the first one may open again.
    await other.protect(null, FIRST);
    expect(await files()).toEqual([`${project.id}.project`, 'key.old', 'key.sealed']);
  });

  test('is a passphrase’s where there is one, also without a keyring, and in the clear nowhere', async () => {
    const memory = await Vault.open(folder, null);
    expect([memory.protection, memory.projects]).toEqual(['none', null]);
    await kept(null, FIRST);
    expect(await files()).toEqual([`${project.id}.project`, 'key.sealed']);
    const later = await Vault.open(folder, null);
    expect([later.protection, later.locked, later.projects]).toEqual(['passphrase', true, null]);
    await expect(later.unlock(SECOND)).rejects.toThrow('That is another passphrase; check it and try again.');
    expect(later.locked).toBe(true);
    await later.unlock(FIRST);
    expect([later.locked, await all(later)]).toEqual([false, ['Sarah.wav']]);
    for (const name of await files())
      expect((await readFile(join(folder, name))).toString('latin1')).not.toMatch(/Sarah|Connor|horse/);
  });

  test('takes over from the keyring, changes its passphrase, and goes back; what was kept stays', async () => {
    const keyring = keyringOf('sarah');
    const vault = await kept(keyring, null);
    await vault.protect(null, FIRST);
    expect(await files()).toEqual([`${project.id}.project`, 'key.sealed']);
    await expect(vault.protect(SECOND, SECOND)).rejects.toThrow(/another passphrase/);
    await expect(vault.protect(FIRST, 'short')).rejects.toThrow(/at least 8 characters/);
    await vault.protect(FIRST, SECOND);
    const later = await Vault.open(folder, keyring);
    await expect(later.unlock(FIRST)).rejects.toThrow();
    await later.unlock(SECOND);
    await later.protect(SECOND, null);
    expect(await files()).toEqual([`${project.id}.project`, 'key']);
    expect(await all(await Vault.open(folder, keyring))).toEqual(['Sarah.wav']);
  });

  test('that goes without a keyring takes everything along', async () => {
    const vault = await kept(null, FIRST);
    await vault.protect(FIRST, null);
    expect([await files(), vault.protection, vault.projects]).toEqual([[], 'none', null]);
  });

  test('that is forgotten leaves nothing but to delete everything, after which it starts anew', async () => {
    await kept(keyringOf('sarah'), FIRST);
    await writeFile(join(folder, 'waiting'), 'x');
    const locked = await Vault.open(folder, keyringOf('sarah'));
    await locked.erase();
    expect(await files()).toEqual(['key']);
    expect([locked.protection, locked.locked, await all(locked)]).toEqual(['keyring', false, []]);
  });
});
