import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../core/audio/source.ts';
import { streamedSound } from '../../../core/audio/streamedSound.ts';
import { writeWav } from '../../recordings/wavWriter.ts';

const HEADER = 44;
const samples = Float32Array.from({ length: SAMPLE_RATE }, (_, i) => Math.sin(i / 20) / 2);

let wav: Buffer;
beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'streamed-'));
  afterAll(() => rm(folder, { recursive: true }));
  await writeWav(join(folder, 'a.wav'), samples);
  wav = await readFile(join(folder, 'a.wav'));
});

/** The bytes in chunks of these sizes, in turn. */
async function* chunked(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function hear(
  stream: AsyncIterable<Uint8Array>,
  signal = new AbortController().signal,
): Promise<number[]> {
  const heard: number[] = [];
  for await (const block of streamedSound(stream, signal)) heard.push(...block);
  return heard;
}

function expectAll(heard: readonly number[]): void {
  expect(heard.length).toBe(samples.length);
  for (let i = 0; i < samples.length; i += 97) expect(heard[i]).toBeCloseTo(samples[i]!, 3);
}

const sizes = fc.array(fc.integer({ min: 1, max: 9000 }), { minLength: 1, maxLength: 6 });

describe('sound on standard input', () => {
  it('is raw 16-bit samples, however its bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (cuts) => expectAll(await hear(chunked(wav.subarray(HEADER), cuts)))),
      { numRuns: 20 },
    );
  });

  it('is WAV with its own format, however its bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async (cuts) => expectAll(await hear(chunked(wav, cuts)))),
      { numRuns: 20 },
    );
  });

  it('is WAV of open length, as recorders send it', async () => {
    for (const size of [0, 0xffff_ffff, 0x7fff_ffdc]) {
      const open = Buffer.from(wav);
      open.writeUInt32LE(size, HEADER - 4);
      // The header may come alone.
      for (const cut of [4096, HEADER]) expectAll(await hear(chunked(open, [cut])));
    }
  });

  it('leaves out what follows the sound in a WAV', async () => {
    expectAll(await hear(chunked(Buffer.concat([wav, Buffer.from('LIST\x04\0\0\0INFO')]), [1000])));
  });

  it('ends when the listener ends it, though nothing more comes', async () => {
    const controller = new AbortController();
    async function* stalled(): AsyncGenerator<Uint8Array> {
      yield wav;
      controller.abort();
      await new Promise(() => {});
    }
    expectAll(await hear(stalled(), controller.signal));
  });

  it('is forgotten when it was heard', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const sent: WeakRef<Uint8Array>[] = [];
    async function* stream(): AsyncGenerator<Uint8Array> {
      for (let chunk = 0; chunk < 100; chunk++) {
        const bytes = new Uint8Array(1000);
        sent.push(new WeakRef(bytes));
        yield bytes;
      }
      await setImmediate();
      collectGarbage();
      // The last few are still on their way.
      expect(sent.filter((chunk) => chunk.deref()).length).toBeLessThan(5);
    }
    expect(await hear(stream())).toHaveLength(50_000);
    expect(sent).toHaveLength(100);
  });

  it('is refused when its header is cut off', async () => {
    await expect(hear(chunked(wav.subarray(0, 30), [8]))).rejects.toMatchObject({ code: 'corrupt' });
  });
});
