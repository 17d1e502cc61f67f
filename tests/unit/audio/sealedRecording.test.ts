import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WaveFile } from 'wavefile';
import { SealedRecording, SealedWriter } from '../../../core/audio/sealedRecording.ts';
import { UserError } from '../../../core/errors.ts';

const KEY = Buffer.alloc(32, 7);
const RATE = 48_000;

describe('a recording that is kept sealed', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-sealed-'));
    path = join(folder, 'talk');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** A rising and falling tone whose samples all differ from their neighbours. */
  const tone = (length: number) =>
    Float32Array.from({ length }, (_, i) => 0.8 * Math.sin(i / 9 + i * i * 1e-9));

  async function record(samples: Float32Array, finish = true): Promise<void> {
    const writer = await SealedWriter.create(path, KEY, RATE);
    for (let at = 0; at < samples.length; at += 5000) await writer.append(samples.subarray(at, at + 5000));
    if (finish) await writer.finish();
  }

  async function heard(key = KEY): Promise<Float32Array> {
    const blocks: Float32Array[] = [];
    for await (const [block] of (await SealedRecording.open(path, key)).original().blocks())
      blocks.push(block!);
    return Float32Array.from(blocks.flatMap((block) => [...block]));
  }

  test('is read back as it was recorded, to 16 bits', async () => {
    const samples = tone(100_000);
    await record(samples);
    const read = await heard();
    expect(read).toHaveLength(samples.length);
    expect(Math.max(...read.map((sample, i) => Math.abs(sample - samples[i]!)))).toBeLessThan(
      1 / 60_000 + 1e-6,
    );
  });

  test('is a WAVE file to others, whole and in any part', async () => {
    const samples = tone(40_000);
    await record(samples);
    const recording = await SealedRecording.open(path, KEY);
    const whole = await bytesOf(recording.wav());
    expect(whole).toHaveLength(recording.wavBytes);
    const wav = new WaveFile(whole);
    const { sampleRate, numChannels } = wav.fmt as { sampleRate: number; numChannels: number };
    expect([sampleRate, numChannels]).toEqual([RATE, 1]);
    const decoded = wav.getSamples(false, Int16Array) as unknown as Int16Array;
    expect(decoded[12_345]).toBe(Math.round(samples[12_345]! * 32_768));
    for (const [start, end] of [
      [0, 9],
      [10, 60],
      [44, 44],
      [70, 90],
      [32_000, 70_001],
      [80_040, 80_043],
    ] as const)
      expect(await bytesOf(recording.wav(start, end))).toEqual(whole.subarray(start, end + 1));
  });

  test('loses no more than its last third of a second when the program ends at once', async () => {
    const samples = tone(90_000);
    await record(samples, false);
    // What a disk does with a write that was cut short.
    await appendFile(path, Buffer.alloc(999, 1));
    const read = await heard();
    expect(read.length).toBeGreaterThan(90_000 - RATE / 2);
    expect(Math.abs(read[70_000]! - samples[70_000]!)).toBeLessThan(1e-4);
  });

  test('holds nothing of the sound in clear and opens with its key alone', async () => {
    await record(tone(50_000));
    const bytes = await readFile(path);
    const plain = Buffer.from(Int16Array.from(tone(50_000), (sample) => Math.round(sample * 32_768)).buffer);
    for (let at = 0; at < plain.length - 16; at += 1000)
      expect(bytes.includes(plain.subarray(at, at + 16))).toBe(false);
    await expect(SealedRecording.open(path, Buffer.alloc(32, 8))).rejects.toThrow(UserError);
    await writeFile(path, 'something else altogether, longer than a head');
    await expect(SealedRecording.open(path, KEY)).rejects.toThrow(/no recording of this Sotto/);
  });

  test('says so when its middle was changed', async () => {
    await record(tone(100_000));
    const bytes = await readFile(path);
    bytes[60_000]! ^= 1;
    await writeFile(path, bytes);
    await expect(heard()).rejects.toThrow(/was changed on the disk/);
    await truncate(path, 20);
    await expect(heard()).rejects.toThrow(/cannot be opened/);
  });
});

async function bytesOf(parts: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const part of parts) all.push(part);
  return Buffer.concat(all);
}
