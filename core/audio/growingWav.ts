import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { UserError } from '../errors.ts';
import { toMono } from './mono.ts';
import { codecOf, type WavCodec } from './wavCodec.ts';
import { bytesOf, findLayout, isWav, type WavLayout } from './wavHeader.ts';

/** Milliseconds between two looks at a file that has not grown. */
const POLL = 100;
/** Bytes that say whether it is a WAVE file. */
const MAGIC_BYTES = 12;
/** Seconds that a file whose header promises no more is still watched: some recorders write their header in between. */
const FINISHED_AFTER = 2;

export interface GrowingWavOptions {
  /** Seconds without growth after which the recording counts as ended. */
  readonly idle: number;
  /** Ends the recording early, as if no more came: what was read stays good. */
  readonly signal: AbortSignal;
}

/**
 * Reads a WAVE file while it is being written, from its beginning, as mono 16 kHz blocks. It ends when the file has not
 * grown for `idle` seconds, or sooner where its header is complete.
 * @throws UserError `not-found`; `unsupported` when it is no WAVE file or of a rare kind; `empty` when nothing was
 * written; `corrupt` when its header is damaged.
 */
export async function* growingWav(path: string, options: GrowingWavOptions): AsyncGenerator<Float32Array> {
  const name = basename(path);
  const handle = await open(path).catch((cause) => {
    throw new UserError('not-found', `"${name}" was not found; start the recorder first.`, { cause });
  });
  try {
    const layout = await layoutOf(handle, path, options);
    if (!layout) return;
    const codec = codecOf(layout);
    if (!codec)
      throw new UserError(
        'unsupported',
        `"${name}" is WAV with an unusual codec, which cannot be followed; record 16-bit PCM.`,
      );
    const { sampleRate, numChannels } = layout.format;
    yield* toMono(growingFrames(handle, path, { layout, codec }, options), sampleRate, numChannels);
  } finally {
    await handle.close();
  }
}

/** Waits until the file's header is there; null where the signal ends the recording before. */
async function layoutOf(
  handle: FileHandle,
  path: string,
  { signal, idle }: GrowingWavOptions,
): Promise<WavLayout | null> {
  const until = Date.now() + 1000 * idle;
  for (;;) {
    const bytes = await bytesOf(handle);
    const head = await bytes.read(0, MAGIC_BYTES);
    if (head.length === MAGIC_BYTES && !isWav(head))
      throw new UserError(
        'unsupported',
        `"${basename(path)}" is not a WAV file, and only those can be followed while they grow; record WAV, or pipe the sound to "sotto live -" with ffmpeg.`,
      );
    const layout = bytes.size < MAGIC_BYTES ? null : await findLayout(bytes, path);
    if (layout || signal.aborted) return layout;
    if (Date.now() >= until)
      throw new UserError(
        'empty',
        `"${basename(path)}" holds no sound and does not grow; start the recorder.`,
      );
    await pause(signal);
  }
}

async function* growingFrames(
  handle: FileHandle,
  path: string,
  { layout, codec }: { layout: WavLayout; codec: WavCodec },
  { signal, idle }: GrowingWavOptions,
): AsyncGenerator<readonly Float32Array[]> {
  const second = layout.format.sampleRate * codec.frameBytes;
  let at = layout.dataStart;
  let grown = Date.now();
  let promised = layout.promised;
  while (!signal.aborted) {
    const { size } = await handle.stat();
    // What follows the promised data is no sound; a promise of more than there is says nothing yet.
    const end = Math.min(size, layout.dataStart + (promised ?? size));
    const length = Math.min(second, codec.frames(end - at) * codec.frameBytes);
    if (length > 0) {
      const bytes = Buffer.alloc(length);
      const { bytesRead } = await handle.read(bytes, 0, length, at);
      const whole = bytesRead - (bytesRead % codec.frameBytes);
      at += whole;
      grown = Date.now();
      yield codec.decode(bytes.subarray(0, whole));
      continue;
    }
    // Recorders fill the size in when they stop.
    const header = await findLayout(await bytesOf(handle), path);
    promised = header?.promised ?? null;
    const complete = promised !== null && layout.dataStart + promised <= size;
    if (Date.now() - grown >= 1000 * Math.min(idle, complete ? FINISHED_AFTER : idle)) return;
    await pause(signal);
  }
}

async function pause(signal: AbortSignal): Promise<void> {
  // The signal ends the wait; what it means is the loop's business.
  await wait(POLL, undefined, { signal }).catch(() => {});
}
