import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Keyring, type Project, Projects } from '../../../electron/projects.ts';

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

function project(digit: string, added: number): Project {
  const word = { id: 'w1', text: 'Connor', start: 0, end: 1, confidence: 1, speaker: null };
  return {
    version: 1,
    id: digit.repeat(32),
    name: 'Sarah.wav',
    folder: '',
    path: '/home/sarah/Sarah.wav',
    added,
    transcript: {
      format: 'sotto-transcript',
      version: 1,
      recording: { name: 'Sarah', duration: 1 },
      language: 'en',
      model: { pack: 'base', sha256: 'abc' },
      speakers: [],
      segments: [{ id: 's1', start: 0, end: 1, words: [word] }],
      entities: [],
    },
  };
}

describe('finished transcripts on the disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-projects-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('come back in a later run, the oldest first, until they are removed', async () => {
    const first = await Projects.open(folder, keyringOf('sarah'));
    await Promise.all([first!.save(project('b', 2)), first!.save(project('a', 1))]);
    const later = await Projects.open(folder, keyringOf('sarah'));
    expect(await later!.all()).toEqual([project('a', 1), project('b', 2)]);
    await later!.remove('a'.repeat(32));
    expect(await later!.all()).toEqual([project('b', 2)]);
  });

  test('hold neither words nor names nor paths in the clear', async () => {
    const projects = await Projects.open(folder, keyringOf('sarah'));
    await projects!.save(project('a', 1));
    const names = await readdir(folder);
    expect(names.sort()).toEqual([`${'a'.repeat(32)}.project`, 'key']);
    const bytes = Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
    for (const secret of ['Sarah', 'sarah/', 'Connor', 'transcript'])
      expect(bytes.includes(secret)).toBe(false);
  });

  test('of another person are neither opened nor overwritten', async () => {
    const projects = await Projects.open(folder, keyringOf('sarah'));
    await projects!.save(project('a', 1));
    expect(await Projects.open(folder, keyringOf('david'))).toBeNull();
    expect(await (await Projects.open(folder, keyringOf('sarah')))!.all()).toHaveLength(1);
  });

  test('that were altered, cut short or put in another’s place are left out', async () => {
    const projects = await Projects.open(folder, keyringOf('sarah'));
    for (const digit of ['a', 'b', 'c', 'd']) await projects!.save(project(digit, 1));
    const path = (digit: string) => join(folder, `${digit.repeat(32)}.project`);
    const bytes = await readFile(path('a'));
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path('a'), bytes);
    await writeFile(path('b'), (await readFile(path('b'))).subarray(0, 100));
    await writeFile(path('c'), await readFile(path('d')));
    expect((await projects!.all()).map(({ id }) => id)).toEqual(['d'.repeat(32)]);
  });

  test('have what waited beside them, as it was written last and not in the clear', async () => {
    const projects = await Projects.open(folder, keyringOf('sarah'));
    expect(await projects!.waiting()).toBeNull();
    const job = { id: 'a'.repeat(32), name: 'Sarah.wav', folder: '', path: '/home/sarah/Sarah.wav' };
    await projects!.saveWaiting({ version: 1, paused: false, jobs: [job] });
    await projects!.saveWaiting({ version: 1, paused: true, jobs: [job] });
    const later = await Projects.open(folder, keyringOf('sarah'));
    expect(await later!.waiting()).toEqual({ version: 1, paused: true, jobs: [job] });
    expect(await later!.all()).toEqual([]);
    expect((await readFile(join(folder, 'waiting'))).includes('Sarah')).toBe(false);
    await writeFile(join(folder, 'waiting'), 'damaged');
    expect(await later!.waiting()).toBeNull();
  });
});
