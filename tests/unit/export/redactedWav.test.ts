import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import wavefile from 'wavefile';
import { openOriginal } from '../../../core/audio/open.ts';
import type { OriginalAudio } from '../../../core/audio/original.ts';
import { wavHeader } from '../../../core/audio/pcm16.ts';
import type { TimeSpan } from '../../../core/audio/timeSpan.ts';
import { UserError } from '../../../core/errors.ts';
import { writeRedactedWav } from '../../../core/export/redactedWav.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Loud 16-bit noise without a single zero, one array a channel; every channel differs. */
function noise(channels: number, frames: number): Int16Array[] {
  let state = 12345;
  return Array.from({ length: channels }, () =>
    Int16Array.from({ length: frames }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      const value = (state >>> 16) - 32768;
      return value === 0 ? 1 : value;
    }),
  );
}

async function recording(sampleRate: number, samples: readonly Int16Array[]): Promise<OriginalAudio> {
  const wav = new wavefile.WaveFile();
  wav.fromScratch(samples.length, sampleRate, '16', samples.length === 1 ? samples[0]! : [...samples]);
  await writeFile(join(folder, 'in.wav'), wav.toBuffer());
  return openOriginal(join(folder, 'in.wav'));
}

/** The written file as `wavefile`, which did not write it, reads it. */
async function written(): Promise<{ sampleRate: number; channels: Int16Array[]; codec: number }> {
  const wav = new wavefile.WaveFile(await readFile(join(folder, 'out.wav')));
  const { sampleRate, numChannels, audioFormat, bitsPerSample } = wav.fmt as {
    sampleRate: number;
    numChannels: number;
    audioFormat: number;
    bitsPerSample: number;
  };
  expect(bitsPerSample).toBe(16);
  const samples = wav.getSamples(false, Int16Array) as unknown as Int16Array | Int16Array[];
  return {
    sampleRate,
    codec: audioFormat,
    channels: numChannels === 1 ? [samples as Int16Array] : (samples as Int16Array[]),
  };
}

function redact(original: OriginalAudio, spans: readonly TimeSpan[], style: 'bleep' | 'silence' = 'bleep') {
  return writeRedactedWav({ original, spans, path: join(folder, 'out.wav'), style });
}

/** A recording of blocks in memory, one channel, 8 kHz. */
function blocksOf(...blocks: number[][]): OriginalAudio {
  return {
    format: 'memory',
    sampleRate: 8000,
    channels: 1,
    frames: null,
    async *blocks() {
      for (const block of blocks) yield [Float32Array.from(block)];
    },
  };
}

describe('the redacted recording', () => {
  it.each([
    [8000, 1],
    [44_100, 2],
    [48_000, 4],
  ])(
    'at %d Hz with %d channels is the original bit by bit outside the padded spans',
    async (rate, channels) => {
      const samples = noise(channels, 3 * rate + 17);
      await redact(await recording(rate, samples), [{ start: 1.1, end: 1.61 }], 'silence');
      const out = await written();
      expect(out.sampleRate).toBe(rate);
      expect(out.codec).toBe(channels > 2 ? 0xfffe : 1);
      expect(out.channels.length).toBe(channels);
      const from = Math.floor(0.85 * rate);
      const to = Math.ceil(1.86 * rate);
      for (const [channel, kept] of samples.entries()) {
        const expected = Int16Array.from(kept);
        expected.fill(0, from, to);
        expect(Buffer.compare(Buffer.from(out.channels[channel]!.buffer), Buffer.from(expected.buffer))).toBe(
          0,
        );
      }
    },
  );

  it('holds a 1 kHz tone at -20 dBFS in the span and nothing else', async () => {
    const rate = 16_000;
    const samples = noise(2, 3 * rate);
    await redact(await recording(rate, samples), [{ start: 1, end: 2 }]);
    const { channels } = await written();
    const from = 0.75 * rate;
    const to = 2.25 * rate;
    for (const [index, channel] of channels.entries()) {
      expect(channel.subarray(0, from)).toEqual(samples[index]!.subarray(0, from));
      expect(channel.subarray(to)).toEqual(samples[index]!.subarray(to));
      // Without the fades: a whole number of periods, so that the tone can be taken out exactly.
      const inside = Float64Array.from(channel.subarray(from + 160, to - 160), (value) => value / 32768);
      let [sine, cosine] = [0, 0];
      for (const [n, value] of inside.entries()) {
        sine += (2 / inside.length) * value * Math.sin((2 * Math.PI * 1000 * n) / rate);
        cosine += (2 / inside.length) * value * Math.cos((2 * Math.PI * 1000 * n) / rate);
      }
      expect(20 * Math.log10(Math.hypot(sine, cosine))).toBeCloseTo(-20, 2);
      const rest = inside.map(
        (value, n) =>
          value -
          sine * Math.sin((2 * Math.PI * 1000 * n) / rate) -
          cosine * Math.cos((2 * Math.PI * 1000 * n) / rate),
      );
      // 16-bit rounding leaves 9e-6 on average; the noise that was here had 0.58.
      expect(Math.sqrt(rest.reduce((sum, value) => sum + value * value, 0) / rest.length)).toBeLessThan(2e-5);
      expect(
        Math.abs(correlation(channel.subarray(from, to), samples[index]!.subarray(from, to))),
      ).toBeLessThan(0.03);
    }
  });

  it('swells and fades without a click at the edges of the span', async () => {
    const rate = 16_000;
    await redact(await recording(rate, noise(1, 2 * rate)), [{ start: 1, end: 1 }]);
    const [channel] = (await written()).channels;
    const inside = channel!.subarray(0.75 * rate, 1.25 * rate);
    expect(inside[0]).toBe(0);
    expect(inside.at(-1)).toBe(0);
    for (let n = 0; n < 16; n += 1) expect(Math.abs(inside[n]!)).toBeLessThanOrEqual((3277 * (n + 1)) / 80);
  });

  it('merges spans whose paddings meet and clamps them to the recording', async () => {
    const rate = 8000;
    const samples = noise(1, 3 * rate);
    const spans = [
      { start: 2.9, end: 3 },
      { start: 0.1, end: 0.2 },
      { start: 0.6, end: 0.8 },
      { start: 0.65, end: 0.7 },
    ];
    await redact(await recording(rate, samples), spans, 'silence');
    const expected = Int16Array.from(samples[0]!);
    expected.fill(0, 0, 1.05 * rate);
    expected.fill(0, 2.65 * rate);
    expect((await written()).channels[0]).toEqual(expected);
  });

  it('is the same however the recording comes in blocks', async () => {
    const values = Array.from({ length: 12_000 }, (_, n) => ((n % 97) + 1) / 128);
    const spans = [
      { start: 0.3, end: 0.31 },
      { start: 1.2, end: 1.3 },
    ];
    await redact(blocksOf(values), spans);
    const whole = await readFile(join(folder, 'out.wav'));
    await redact(
      blocksOf(values.slice(0, 399), [], values.slice(399, 400), values.slice(400, 7000), values.slice(7000)),
      spans,
    );
    expect(Buffer.compare(await readFile(join(folder, 'out.wav')), whole)).toBe(0);
  });

  it('clips what a float recording holds beyond full scale', async () => {
    await redact(blocksOf([1.5, -1.5, 1, -1, 0.5]), []);
    expect([...(await written()).channels[0]!]).toEqual([32767, -32768, 32767, -32768, 16384]);
  });

  it.each<[string, TimeSpan]>([
    ['has no time', { start: Number.NaN, end: 1 }],
    ['has no end', { start: 0, end: Number.POSITIVE_INFINITY }],
    ['ends before it starts', { start: 1, end: 0.5 }],
    ['begins before the recording', { start: -1, end: 0.5 }],
    ['lies after the end of the recording', { start: 2.3, end: 2.4 }],
  ])('is not written when a span %s', async (_, span) => {
    const original = await recording(8000, noise(1, 16_000));
    const attempt = redact(original, [{ start: 0.5, end: 0.6 }, span]);
    await expect(attempt).rejects.toThrow(UserError);
    await expect(attempt).rejects.toMatchObject({ code: 'leak' });
    expect(await readdir(folder)).toEqual(['in.wav']);
  });

  it('can be heard whole before it appears, and does not appear when it must not', async () => {
    const original = blocksOf(Array(8000).fill(0.1), Array(8000).fill(0.1));
    const path = join(folder, 'out.wav');
    const heard: (number | null)[] = [];
    const check = async (unchecked: string) => {
      heard.push((await openOriginal(unchecked)).frames);
      if (heard.length > 1) throw new UserError('leak', 'A name is heard.');
    };
    const options = { original, spans: [], style: 'bleep', check } as const;
    await writeRedactedWav({ ...options, path });
    const refused = writeRedactedWav({ ...options, path: join(folder, 'again.wav') });
    await expect(refused).rejects.toMatchObject({ code: 'leak' });
    expect(heard).toEqual([16_000, 16_000]);
    expect(await readdir(folder)).toEqual(['out.wav']);
  });

  it('is not left half written when it is cancelled or the recording breaks off', async () => {
    const original = blocksOf(Array(8000).fill(0.1), Array(8000).fill(0.1));
    const path = join(folder, 'out.wav');
    const signal = AbortSignal.abort(new Error('cancelled'));
    await expect(writeRedactedWav({ original, spans: [], path, style: 'bleep', signal })).rejects.toThrow(
      'cancelled',
    );
    const broken: OriginalAudio = {
      ...original,
      async *blocks() {
        yield [new Float32Array(100)];
        throw new UserError('corrupt', 'The recording cannot be decoded.');
      },
    };
    await expect(redact(broken, [])).rejects.toMatchObject({ code: 'corrupt' });
    expect(await readdir(folder)).toEqual([]);
  });
});

function correlation(a: Int16Array, b: Int16Array): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (const [n, value] of a.entries()) {
    ab += value * b[n]!;
    aa += value * value;
    bb += b[n]! * b[n]!;
  }
  return ab / Math.sqrt(aa * bb);
}

describe('the header', () => {
  it('uses 64-bit sizes for more than 4 GB, in the room that a smaller file leaves empty', async () => {
    const frames = 2 ** 31;
    const small = wavHeader(48_000, 2, 1000);
    const large = wavHeader(48_000, 2, frames);
    expect(large.length).toBe(small.length);
    expect(small.toString('latin1', 0, 4)).toBe('RIFF');
    expect(small.readUInt32LE(4)).toBe(small.length - 8 + 4000);
    expect(small.toString('latin1', 12, 16)).toBe('JUNK');
    expect(large.toString('latin1', 0, 4)).toBe('RF64');
    expect(large.readUInt32LE(4)).toBe(0xffffffff);
    expect(large.toString('latin1', 12, 16)).toBe('ds64');
    expect(large.readBigUInt64LE(20)).toBe(BigInt(large.length - 8 + frames * 4));
    expect(large.readBigUInt64LE(28)).toBe(BigInt(frames * 4));
    expect(large.readBigUInt64LE(36)).toBe(BigInt(frames));
    const sparse = await open(join(folder, 'large.wav'), 'w');
    await sparse.write(large, 0, large.length, 0);
    await sparse.truncate(large.length + frames * 4);
    await sparse.close();
    expect(await openOriginal(join(folder, 'large.wav'))).toMatchObject({
      sampleRate: 48_000,
      channels: 2,
      frames,
    });
  });
});
