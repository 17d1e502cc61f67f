import { UserError } from '../errors.ts';
import { toMono } from './mono.ts';
import { decodeSamples } from './sampleFormat.ts';
import { SAMPLE_RATE } from './source.ts';
import { codecOf } from './wavCodec.ts';
import { findLayout, isWav } from './wavHeader.ts';

/** Bytes that say whether it is a WAVE file. */
const MAGIC_BYTES = 12;
/** A stream whose sound has not begun after this many bytes has a damaged header. */
const LONGEST_HEADER = 1 << 20;

/** A recording's frames and how they are to be mixed. */
interface Frames {
  readonly sampleRate: number;
  readonly channels: number;
  readonly blocks: AsyncIterable<readonly Float32Array[]>;
}

/**
 * Sound from a stream as mono 16 kHz blocks: a WAVE file, or signed 16-bit little-endian samples of one channel at
 * 16 kHz. Ends with the stream, or early by the signal, as if no more came.
 * @throws UserError `corrupt` or `unsupported` for a WAVE header that cannot be used.
 */
export async function* streamedSound(
  stream: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Float32Array> {
  const frames = await streamedFrames(stillWanted(stream, signal));
  yield* toMono(frames.blocks, frames.sampleRate, frames.channels);
}

/** The stream until the signal ends it, also while nothing comes. */
async function* stillWanted(
  stream: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  let end = () => {};
  const aborted = () => end();
  signal.addEventListener('abort', aborted);
  try {
    while (!signal.aborted) {
      // A promise a chunk: a race against one for the whole stream would keep every chunk in its memory.
      const next = await new Promise<IteratorResult<Uint8Array>>((resolve, reject) => {
        end = () => resolve({ done: true, value: undefined });
        chunks.next().then(resolve, reject);
      });
      if (next.done) return;
      yield next.value;
    }
  } finally {
    signal.removeEventListener('abort', aborted);
  }
}

async function streamedFrames(stream: AsyncGenerator<Uint8Array>): Promise<Frames> {
  let head = Buffer.alloc(0);
  let ended = false;
  const more = async () => {
    const next = await stream.next();
    ended = next.done === true;
    if (!next.done) head = Buffer.concat([head, next.value]);
  };
  while (!ended && head.length < MAGIC_BYTES) await more();
  if (!isWav(head)) {
    const decode = (bytes: Uint8Array) =>
      decodeSamples(bytes, 1, { encoding: 'integer', bytes: 2, bigEndian: false });
    const blocks = wholeFrames(head, stream, 2, Number.POSITIVE_INFINITY, decode);
    return { sampleRate: SAMPLE_RATE, channels: 1, blocks };
  }
  const name = 'standard input';
  for (;;) {
    const bytes = {
      size: head.length,
      read: async (position: number, length: number) => head.subarray(position, position + length),
    };
    const layout = await findLayout(bytes, name);
    if (layout) {
      const codec = codecOf(layout);
      if (!codec)
        throw new UserError('unsupported', 'Standard input is WAV with an unusual codec; send 16-bit PCM.');
      const blocks = wholeFrames(
        head.subarray(layout.dataStart),
        stream,
        codec.frameBytes,
        layout.promised ?? Number.POSITIVE_INFINITY,
        codec.decode,
      );
      return { sampleRate: layout.format.sampleRate, channels: layout.format.numChannels, blocks };
    }
    if (ended || head.length > LONGEST_HEADER)
      throw new UserError('corrupt', 'Standard input has a damaged WAV header; start the recorder again.');
    await more();
  }
}

/** Decodes a stream whose chunks are cut anywhere, up to `limit` bytes. */
async function* wholeFrames(
  head: Uint8Array,
  stream: AsyncIterable<Uint8Array>,
  frameBytes: number,
  limit: number,
  decode: (bytes: Uint8Array) => Float32Array[],
): AsyncGenerator<readonly Float32Array[]> {
  let rest: Uint8Array = head;
  let left = limit;
  const take = () => {
    const usable = Math.min(rest.length, left);
    const whole = usable - (usable % frameBytes);
    const bytes = rest.slice(0, whole);
    rest = rest.subarray(whole);
    left -= whole;
    return bytes;
  };
  const first = take();
  if (first.length > 0) yield decode(first);
  for await (const chunk of stream) {
    rest = Buffer.concat([rest, chunk]);
    const bytes = take();
    if (bytes.length > 0) yield decode(bytes);
    if (left < frameBytes) return;
  }
}
