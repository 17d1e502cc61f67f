import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engineDecodes, findRecordings } from '../../../electron/recordings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-recordings-'));
  await mkdir(join(folder, 'week', 'Tuesday'), { recursive: true });
  for (const file of [
    'week/10.mp3',
    'week/9.wav',
    'week/notes.txt',
    'week/.hidden.mp3',
    'week/Tuesday/A.M4A',
  ])
    await writeFile(join(folder, file), '');
});
afterAll(() => rm(folder, { recursive: true }));

test('a folder gives the recordings in it and below it, in the order people count, with the folders they lie in', async () => {
  const found = await findRecordings([join(folder, 'week')]);
  expect(found.map(({ name, folder: inside }) => [name, inside])).toEqual([
    ['9.wav', 'week'],
    ['10.mp3', 'week'],
    ['A.M4A', join('week', 'Tuesday')],
  ]);
});

test('a file that was chosen by itself is tried whatever its name', async () => {
  const path = join(folder, 'week', 'notes.txt');
  expect(await findRecordings([path])).toEqual([{ path, name: 'notes.txt', folder: '' }]);
});

test('only WAV on disk is read by the engine itself', () => {
  expect(engineDecodes('/a/B.WAV')).toBe(true);
  expect(engineDecodes('/a/b.mp3')).toBe(false);
  expect(engineDecodes(null)).toBe(false);
});
