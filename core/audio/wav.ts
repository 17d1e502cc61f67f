import type { FileHandle } from 'node:fs/promises';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import * as wavefile from 'wavefile';
import { UserError } from '../errors.ts';
import type { OriginalAudio } from './original.ts';
import { decodeSamples, type SampleFormat } from './sampleFormat.ts';

// Node sees wavefile's CommonJS build (one default export), the bundler its ES module (named exports only).
const asImported: Partial<typeof wavefile> & { default?: typeof wavefile } = { ...wavefile };
const { WaveFile } = asImported.default ?? wavefile;
type WaveFile = wavefile.WaveFile;

/** Bytes read at once, unless a second of sound has fewer. */
const BLOCK_BYTES = 1 << 20;

/** A `fmt ` chunk longer than this is not a sound file (the longest in use, ADPCM's, has 50 bytes). */
const MAX_FORMAT_BYTES = 4096;

const PCM = 0x0001;
const FLOAT = 0x0003;
const A_LAW = 0x0006;
const MU_LAW = 0x0007;
const EXTENSIBLE = 0xfffe;

/** `wavefile`'s `fmt` object. */
interface WaveFormat {
  readonly audioFormat: number;
  readonly numChannels: number;
  readonly sampleRate: number;
  readonly blockAlign: number;
  readonly bitsPerSample: number;
  /** The GUID as four 32-bit values; the first is the format code that an extensible header stands for. */
  readonly subformat: readonly number[];
}

interface WavLayout {
  readonly format: WaveFormat;
  /** The format code, with EXTENSIBLE resolved. */
  readonly code: number;
  readonly bigEndian: boolean;
  /** The `fmt ` chunk with its header, as `wavefile` takes it. */
  readonly formatChunk: Buffer;
  readonly dataStart: number;
  readonly dataBytes: number;
  /** Whether the header promises more data than the file has. */
  readonly truncated: boolean;
}

/** Whether a file's first 12 bytes are those of a WAVE file of any size (RIFF, RIFX, RF64, BW64). */
export function isWav(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 12)).toString('latin1');
  return /^(RIFF|RIFX|RF64|BW64)....WAVE/s.test(text);
}

/**
 * Opens a WAVE file without reading its samples. `wavefile` parses the format and decodes the companded formats, but
 * loads whole files (and none over 2 GB), so chunks are located here by their headers alone and the data is
 * decoded block by block.
 * @returns null for a sample format that is not read here: ADPCM (`wavefile` 11 adds a sample to each block of it) and
 * rarer ones.
 * @throws UserError `corrupt` when it has no readable header, `empty` when it has no samples.
 */
export async function openWav(path: string): Promise<OriginalAudio | null> {
  const handle = await open(path);
  let layout: WavLayout;
  try {
    layout = await readLayout(handle, path);
  } finally {
    await handle.close();
  }
  const codec = codecOf(layout);
  if (!codec) return null;
  const frames = codec.frames(layout.dataBytes);
  if (frames === 0)
    throw new UserError(
      'empty',
      `"${basename(path)}" holds a header but no samples; record or export it again.`,
    );
  return {
    format: 'wav',
    sampleRate: layout.format.sampleRate,
    channels: layout.format.numChannels,
    frames,
    blocks: (signal, warn) => readBlocks(path, layout, codec, signal, warn),
  };
}

async function* readBlocks(
  path: string,
  layout: WavLayout,
  codec: WavCodec,
  signal?: AbortSignal,
  warn?: (sentence: string) => void,
): AsyncGenerator<Float32Array[]> {
  const handle = await open(path);
  try {
    const frames = Math.min(layout.format.sampleRate, Math.floor(BLOCK_BYTES / codec.frameBytes));
    const size = frames * codec.frameBytes;
    for (let done = 0; done < layout.dataBytes; done += size) {
      signal?.throwIfAborted();
      // A fresh buffer for each block: what a consumer keeps stays valid.
      const bytes = Buffer.alloc(Math.min(size, layout.dataBytes - done));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, layout.dataStart + done);
      const whole = bytesRead - (bytesRead % codec.frameBytes);
      if (whole > 0) yield codec.decode(bytes.subarray(0, whole));
      if (bytesRead < bytes.length) break;
    }
    if (layout.truncated) {
      const seconds = Math.round(codec.frames(layout.dataBytes) / layout.format.sampleRate);
      warn?.(`"${basename(path)}" ends before its header says it should; the first ${seconds} s were read.`);
    }
  } finally {
    await handle.close();
  }
}

async function readLayout(handle: FileHandle, path: string): Promise<WavLayout> {
  const corrupt = (what: string, cause?: unknown) =>
    new UserError(
      'corrupt',
      `"${basename(path)}" cannot be read: ${what}; record or export it again as WAV.`,
      { cause },
    );
  const { size } = await handle.stat();
  const head = await readAt(handle, 0, 12);
  if (!isWav(head)) throw corrupt('it is not a WAVE file');
  const bigEndian = head.toString('latin1', 0, 4) === 'RIFX';
  const u32 = (buffer: Buffer, at: number) => (bigEndian ? buffer.readUInt32BE(at) : buffer.readUInt32LE(at));

  let formatChunk: Buffer | null = null;
  let longDataSize: number | null = null;
  for (let at = 12; at + 8 <= size; ) {
    const header = await readAt(handle, at, 8);
    if (header.length < 8) break;
    const id = header.toString('latin1', 0, 4);
    const length = u32(header, 4);
    if (id === 'ds64') {
      const body = await readAt(handle, at + 8, 16);
      if (body.length === 16) longDataSize = Number(body.readBigUInt64LE(8));
    } else if (id === 'fmt ') {
      if (length < 16 || length > MAX_FORMAT_BYTES) throw corrupt('its format description is damaged');
      formatChunk = await readAt(handle, at, 8 + length);
    } else if (id === 'data') {
      if (!formatChunk) throw corrupt('its format description is missing');
      const available = size - at - 8;
      // 0xFFFFFFFF and 0 are what streaming recorders leave when they cannot go back to fill in the size.
      const known = length === 0xffff_ffff ? longDataSize : length;
      const unfinished = known === null || (known === 0 && available > 0);
      return {
        ...parseFormat(formatChunk, bigEndian, corrupt),
        bigEndian,
        formatChunk,
        dataStart: at + 8,
        dataBytes: unfinished ? available : Math.min(known, available),
        truncated: !unfinished && known > available,
      };
    }
    at += 8 + length + (length % 2);
  }
  throw corrupt(formatChunk ? 'it has no sound data' : 'its format description is missing');
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function parseFormat(
  formatChunk: Buffer,
  bigEndian: boolean,
  corrupt: (what: string, cause?: unknown) => UserError,
): { format: WaveFormat; code: number } {
  let format: WaveFormat;
  try {
    format = parseWave(formatChunk, new Uint8Array(0), bigEndian).fmt as WaveFormat;
  } catch (cause) {
    throw corrupt('its format description is damaged', cause);
  }
  const { numChannels, sampleRate, blockAlign } = format;
  if (numChannels < 1 || numChannels > 64 || sampleRate < 1000 || sampleRate > 1_000_000 || blockAlign < 1)
    throw corrupt(`its header claims ${numChannels} channels at ${sampleRate} Hz`);
  const code = format.audioFormat === EXTENSIBLE ? (format.subformat[0] ?? 0) & 0xffff : format.audioFormat;
  return { format, code };
}

/** A whole WAVE file in memory made of a format chunk and one block of data, parsed by `wavefile`. */
function parseWave(formatChunk: Buffer, data: Uint8Array, bigEndian: boolean): WaveFile {
  const size32 = (value: number) => {
    const bytes = Buffer.alloc(4);
    if (bigEndian) bytes.writeUInt32BE(value);
    else bytes.writeUInt32LE(value);
    return bytes;
  };
  const padding = formatChunk.length % 2 ? [Buffer.alloc(1)] : [];
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    formatChunk,
    ...padding,
    Buffer.from('data'),
    size32(data.length),
    data,
  ]);
  const file = Buffer.concat([Buffer.from(bigEndian ? 'RIFX' : 'RIFF'), size32(body.length), body]);
  return new WaveFile(file);
}

/** Turns the bytes of whole frames into samples. */
interface WavCodec {
  /** Bytes of one frame: a sample of each channel. */
  readonly frameBytes: number;
  frames(bytes: number): number;
  decode(bytes: Uint8Array): Float32Array[];
}

function codecOf({ format, code, bigEndian, formatChunk }: WavLayout): WavCodec | null {
  const { numChannels: channels, blockAlign, bitsPerSample } = format;
  const linear = (sample: SampleFormat): WavCodec => {
    const frameBytes = channels * sample.bytes;
    return {
      frameBytes,
      frames: (bytes) => Math.floor(bytes / frameBytes),
      decode: (bytes) => decodeSamples(bytes, channels, sample),
    };
  };
  switch (code) {
    case PCM: {
      // The frame size counts, not the number of valid bits: 20-bit audio lies in 3 or 4 bytes.
      const bytes = blockAlign / channels;
      return [1, 2, 3, 4].includes(bytes) ? linear({ encoding: 'integer', bytes, bigEndian }) : null;
    }
    case FLOAT: {
      const bytes = bitsPerSample / 8;
      return bytes === 4 || bytes === 8 ? linear({ encoding: 'float', bytes, bigEndian }) : null;
    }
    case A_LAW:
    case MU_LAW:
      return {
        frameBytes: channels,
        frames: (bytes) => Math.floor(bytes / channels),
        decode(bytes) {
          const wave = parseWave(formatChunk, bytes, bigEndian);
          if (code === A_LAW) wave.fromALaw();
          else wave.fromMuLaw();
          return deinterleave(wave, channels);
        },
      };
    default:
      return null;
  }
}

function deinterleave(wave: WaveFile, channels: number): Float32Array[] {
  const interleaved = wave.getSamples(true, Int16Array);
  const frames = Math.floor(interleaved.length / channels);
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: frames }, (_, frame) => interleaved[frame * channels + channel]! / 0x8000),
  );
}
