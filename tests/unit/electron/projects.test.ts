import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Project, Projects } from '../../../electron/projects.ts';

const KEY = Buffer.alloc(32, 7);

function project(digit: string, added: number): Project {
  const word = { id: 'w1', text: 'Connor', start: 0, end: 1, confidence: 1, speaker: null };
  return {
    version: 2,
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
    unsearched: [],
  };
}

describe('finished transcripts on the disk', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-projects-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test('under another key cannot be read', async () => {
    await new Projects(folder, KEY).save(project('a', 1));
    expect(await new Projects(folder, Buffer.alloc(32, 8)).all()).toEqual([]);
    expect(await new Projects(folder, KEY).all()).toHaveLength(1);
  });

  test('come back in a later run, the oldest first, until they are removed', async () => {
    const first = new Projects(folder, KEY);
    await Promise.all([first.save(project('b', 2)), first.save(project('a', 1))]);
    const later = new Projects(folder, KEY);
    expect(await later.all()).toEqual([project('a', 1), project('b', 2)]);
    await later.remove('a'.repeat(32));
    expect(await later.all()).toEqual([project('b', 2)]);
  });

  test('hold neither words nor names nor paths in the clear', async () => {
    const projects = new Projects(folder, KEY);
    await projects.save(project('a', 1));
    const names = await readdir(folder);
    expect(names).toEqual([`${'a'.repeat(32)}.project`]);
    const bytes = Buffer.concat(await Promise.all(names.map((name) => readFile(join(folder, name)))));
    for (const secret of ['Sarah', 'sarah/', 'Connor', 'transcript'])
      expect(bytes.includes(secret)).toBe(false);
  });

  test('that were altered, cut short or put in another’s place are left out', async () => {
    const projects = new Projects(folder, KEY);
    for (const digit of ['a', 'b', 'c', 'd']) await projects.save(project(digit, 1));
    const path = (digit: string) => join(folder, `${digit.repeat(32)}.project`);
    const bytes = await readFile(path('a'));
    bytes[bytes.length - 1]! ^= 1;
    await writeFile(path('a'), bytes);
    await writeFile(path('b'), (await readFile(path('b'))).subarray(0, 100));
    await writeFile(path('c'), await readFile(path('d')));
    expect((await projects.all()).map(({ id }) => id)).toEqual(['d'.repeat(32)]);
  });

  test('of the first version get a random salt of their own for the one that was made from their words', async () => {
    const { salt: _, ...words } = project('a', 1).transcript;
    const old = (digit: string, transcript: object) => ({ ...project(digit, 1), version: 1, transcript });
    const known = { people: [], values: [], counts: {} };
    const inCase = { ...words, salt: 'of the case', case: { id: 'c1', known, told: [] } };
    await sealed(folder, old('a', { ...words, salt: 'of the words' }));
    await sealed(folder, old('b', { ...words, salt: 'of the words' }));
    await sealed(folder, old('c', inCase));
    const [a, b, c] = await new Projects(folder, KEY).all();
    expect(a!.transcript.salt).toMatch(/^[0-9a-f]{64}$/);
    expect(b!.transcript.salt).not.toBe(a!.transcript.salt);
    expect(c!.transcript).toEqual(inCase);
    expect({ ...a!.transcript, salt: 'of the words' }).toEqual({ ...words, salt: 'of the words' });
    // It stays: the next run finds the same.
    expect(await new Projects(folder, KEY).all()).toEqual([a, b, c]);
  });

  test('have what waited beside them, as it was written last and not in the clear', async () => {
    const projects = new Projects(folder, KEY);
    expect(await projects.waiting()).toBeNull();
    const job = {
      id: 'a'.repeat(32),
      name: 'Sarah.wav',
      folder: '',
      path: '/home/sarah/Sarah.wav',
      added: 5,
      state: 'failed' as const,
      error: '“Sarah.wav” holds no speech.',
      warnings: [],
    };
    await projects.saveWaiting({ version: 2, paused: false, jobs: [job] });
    await projects.saveWaiting({ version: 2, paused: true, jobs: [job] });
    const later = new Projects(folder, KEY);
    expect(await later.waiting()).toEqual({ version: 2, paused: true, jobs: [job] });
    expect(await later.all()).toEqual([]);
    expect((await readFile(join(folder, 'waiting'))).includes('Sarah')).toBe(false);
    await writeFile(join(folder, 'waiting'), 'damaged');
    expect(await later.waiting()).toBeNull();
  });

  test('have what waited in the first version beside them', async () => {
    const job = { id: 'a'.repeat(32), name: 'Sarah.wav', folder: '', path: '/home/sarah/Sarah.wav' };
    await sealedAs(folder, 'waiting', 'waiting', { version: 1, paused: true, jobs: [job] });
    expect(await new Projects(folder, KEY).waiting()).toMatchObject({
      version: 2,
      paused: true,
      jobs: [{ ...job, state: 'waiting', error: null }],
    });
  });
});

/** Writes a project as an earlier version did: nonce, tag, ciphertext of its JSON, its name authenticated. */
function sealed(folder: string, project: { id: string }): Promise<void> {
  return sealedAs(folder, `${project.id}.project`, project.id, project);
}

async function sealedAs(folder: string, file: string, name: string, content: unknown): Promise<void> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', KEY, nonce).setAAD(Buffer.from(name));
  const data = Buffer.concat([cipher.update(JSON.stringify(content)), cipher.final()]);
  await writeFile(join(folder, file), Buffer.concat([nonce, cipher.getAuthTag(), data]));
}
