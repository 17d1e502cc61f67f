import { appendFile, mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { growingWav } from '../../../core/audio/growingWav.ts';
import { SAMPLE_RATE } from '../../../core/audio/source.ts';
import { writeWav } from '../../recordings/wavWriter.ts';

const HEADER = 44;
/** Seconds without growth that end a recording in these tests: long enough for the writer, which never waits. */
const IDLE = 1.5;

let folder: string;
let whole: Buffer;
const samples = Float32Array.from({ length: 3 * SAMPLE_RATE }, (_, i) => Math.sin(i / 20) / 2);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'growing-'));
  await writeWav(join(folder, 'whole.wav'), samples);
  whole = await readFile(join(folder, 'whole.wav'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The first bytes of the recording, with the data size that a recorder leaves open while it records. */
function begun(size: number, bytes = HEADER): Buffer {
  const head = Buffer.from(whole.subarray(0, bytes));
  head.writeUInt32LE(size, HEADER - 4);
  return head;
}

async function hear(
  path: string,
  options: { idle?: number; signal?: AbortSignal; onBlock?: () => unknown } = {},
) {
  const heard: number[] = [];
  const { idle = IDLE, signal = new AbortController().signal, onBlock } = options;
  for await (const block of growingWav(path, { idle, signal })) {
    heard.push(...block);
    await onBlock?.();
  }
  return heard;
}

function expectAll(heard: readonly number[], count = samples.length): void {
  expect(heard.length).toBe(count);
  for (let i = 0; i < count; i += 997) expect(heard[i]).toBeCloseTo(samples[i]!, 3);
}

describe('a WAV file that is being written', () => {
  it.each([
    ['an open size of 0', 0],
    ['an open size of all ones', 0xffff_ffff],
    ['a size of 2 GB, as arecord writes', 0x7fff_ffdc],
  ])('is heard to its end with %s in its header', async (_what, size) => {
    const path = join(folder, `size-${size}.wav`);
    await writeFile(path, begun(size, HEADER + 20_000));
    let at = HEADER + 20_000;
    const heard = await hear(path, {
      // An odd number of bytes: a frame is cut in two between two looks.
      async onBlock() {
        await appendFile(path, whole.subarray(at, at + 30_001));
        at += 30_001;
      },
    });
    expectAll(heard);
  });

  it('ends soon after its header says that it is complete', async () => {
    const path = join(folder, 'complete.wav');
    await writeFile(path, whole);
    expectAll(await hear(path, { idle: 3600 }));
  });

  it('goes on when the recorder fills in a larger size later', async () => {
    const path = join(folder, 'updated.wav');
    const half = HEADER + samples.length;
    await writeFile(path, begun(samples.length, half));
    let grown = false;
    const heard = await hear(path, {
      async onBlock() {
        if (grown) return;
        grown = true;
        await appendFile(path, whole.subarray(half));
        const handle = await open(path, 'r+');
        await handle.write(whole.subarray(0, HEADER), 0, HEADER, 0);
        await handle.close();
      },
    });
    expectAll(heard);
  });

  it('may begin with an empty file', async () => {
    const path = join(folder, 'later.wav');
    await writeFile(path, '');
    const hearing = hear(path);
    await appendFile(path, whole.subarray(0, 10));
    await appendFile(path, whole.subarray(10));
    expectAll(await hearing);
  });

  it('keeps what was heard when the listener ends it', async () => {
    const path = join(folder, 'ended.wav');
    const bytes = 2 * SAMPLE_RATE;
    await writeFile(path, begun(0, HEADER + bytes));
    const controller = new AbortController();
    const heard = await hear(path, {
      idle: 3600,
      signal: controller.signal,
      onBlock: () => controller.abort(),
    });
    expectAll(heard, bytes / 2);
  });

  it.each([
    ['is missing', null, 'not-found'],
    ['is not WAV', Buffer.from('ID3, an mp3 file'), 'unsupported'],
    ['stays empty', Buffer.alloc(0), 'empty'],
    ['ends inside its header', Buffer.from('RIFF\0\0\0\0WAVEfmt '), 'empty'],
  ])('is refused when it %s', async (what, bytes, code) => {
    const path = join(folder, `${what}.wav`);
    if (bytes) await writeFile(path, bytes);
    await expect(hear(path, { idle: 0.3 })).rejects.toMatchObject({ code });
  });
});
