import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newId } from '../../../electron/ids.ts';
import { Microphone } from '../../../electron/microphone.ts';
import { type Keyring, Vault } from '../../../electron/vault.ts';

/** A keyring that one login opens. */
const keyring = (login: number): Keyring => ({
  encrypt: (text) => Buffer.from(Buffer.from(text).map((byte) => byte ^ login)),
  decrypt: (bytes) => Buffer.from(bytes.map((byte) => byte ^ login)).toString(),
});
const RATE = 16_000;

describe('recordings made in the app', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-microphone-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** The program started anew over the same folder. */
  const started = async () =>
    new Microphone(join(folder, 'recordings'), await Vault.open(join(folder, 'projects'), keyring(7)));

  test('survive a program that ends while it records, and are found once at the next start', async () => {
    const before = await started();
    const job = newId();
    await before.start(job, RATE);
    for (let second = 0; second < 5; second++) await before.push(job, new Float32Array(RATE).fill(0.1));
    // Nothing is stopped or closed: the next start comes upon the file as it lies.
    const after = await started();
    const [found, ...others] = await after.found(new Set());
    expect(others).toEqual([]);
    expect(found!.job).toBe(job);
    // Whole chunks of about a second at this rate are on the disk.
    expect(found!.seconds).toBeGreaterThan(3.9);
    expect(Math.abs(found!.begun - Date.now())).toBeLessThan(60_000);
    expect(await after.found(new Set([job]))).toEqual([]);
    await after.remove(job);
    expect(await (await started()).found(new Set())).toEqual([]);
  });

  test('a second one waits for the first, and sound that comes after the end is refused', async () => {
    const microphone = await started();
    const [job, other] = [newId(), newId()];
    await microphone.start(job, RATE);
    await expect(microphone.start(other, RATE)).rejects.toThrow(/is recording already/);
    await microphone.push(job, new Float32Array(RATE));
    expect(await microphone.stop(job)).toEqual({ seconds: 1, trouble: null });
    expect(() => microphone.push(job, new Float32Array(RATE))).toThrow(/has ended/);
    expect((await microphone.open(job)).seconds).toBe(1);
  });

  test('each is sealed with a key of its own', async () => {
    const microphone = await started();
    const [job, other] = [newId(), newId()];
    expect(microphone.key(job)).toEqual((await started()).key(job));
    expect(microphone.key(job)).not.toEqual(microphone.key(other));
  });

  test('end with the program where there is no keyring to keep their key', async () => {
    const before = new Microphone(join(folder, 'recordings'), { projects: null });
    const job = newId();
    await before.start(job, RATE);
    await before.push(job, new Float32Array(2 * RATE));
    await before.stop(job);
    expect((await before.open(job)).seconds).toBe(2);
    const kept = await readFile(before.path(job));
    expect(kept.length).toBeGreaterThan(2 * RATE);
    expect(await new Microphone(join(folder, 'recordings'), { projects: null }).found(new Set())).toEqual([]);
    expect(await readdir(join(folder, 'recordings')).catch(() => [])).toEqual([]);
  });
});
