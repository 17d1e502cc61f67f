import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import * as wavefile from 'wavefile';
import { UserError } from '../errors.ts';

// Node sees wavefile's CommonJS build (one default export), the bundler its ES module (named exports only).
const asImported: Partial<typeof wavefile> & { default?: typeof wavefile } = { ...wavefile };
const { WaveFile } = asImported.default ?? wavefile;
export type WaveFile = wavefile.WaveFile;

/** A `fmt ` chunk longer than this is not a sound file (the longest in use, ADPCM's, has 50 bytes). */
const MAX_FORMAT_BYTES = 4096;

/** The format code that stands for the one in a longer header. */
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

export interface WavLayout {
  readonly format: WaveFormat;
  /** The format code, with EXTENSIBLE resolved. */
  readonly code: number;
  readonly bigEndian: boolean;
  /** The `fmt ` chunk with its header, as `wavefile` takes it. */
  readonly formatChunk: Buffer;
  readonly dataStart: number;
  /** Bytes of data that are there. */
  readonly dataBytes: number;
  /** Bytes of data that the header promises; null where it leaves them open. */
  readonly promised: number | null;
}

/** Whether a file's first 12 bytes are those of a WAVE file of any size (RIFF, RIFX, RF64, BW64). */
export function isWav(head: Uint8Array): boolean {
  const text = Buffer.from(head.subarray(0, 12)).toString('latin1');
  return /^(RIFF|RIFX|RF64|BW64)....WAVE/s.test(text);
}

/** An error about the header of the WAVE file at `path`. */
export function corruptHeader(path: string, what: string, cause?: unknown): UserError {
  return new UserError(
    'corrupt',
    `"${basename(path)}" cannot be read: ${what}; record or export it again as WAV.`,
    { cause },
  );
}

/** The bytes of a WAVE file, as far as they are there. */
export interface WavBytes {
  readonly size: number;
  /** Fewer bytes where there are no more. */
  read(position: number, length: number): Promise<Buffer>;
}

export async function bytesOf(handle: FileHandle): Promise<WavBytes> {
  const { size } = await handle.stat();
  return { size, read: (position, length) => readAt(handle, position, length) };
}

/**
 * Finds format and data of a WAVE file by its chunks' headers.
 * @param path - for messages.
 * @returns null where the bytes end before the data begins.
 * @throws UserError `corrupt` when it is no WAVE file, or its format is damaged or missing.
 */
export async function findLayout(bytes: WavBytes, path: string): Promise<WavLayout | null> {
  const corrupt = (what: string, cause?: unknown) => corruptHeader(path, what, cause);
  const { size } = bytes;
  const head = await bytes.read(0, 12);
  if (!isWav(head)) throw corrupt('it is not a WAVE file');
  const bigEndian = head.toString('latin1', 0, 4) === 'RIFX';
  const u32 = (buffer: Buffer, at: number) => (bigEndian ? buffer.readUInt32BE(at) : buffer.readUInt32LE(at));

  let formatChunk: Buffer | null = null;
  let longDataSize: number | null = null;
  for (let at = 12; at + 8 <= size; ) {
    const header = await bytes.read(at, 8);
    if (header.length < 8) break;
    const id = header.toString('latin1', 0, 4);
    const length = u32(header, 4);
    if (id === 'ds64') {
      const body = await bytes.read(at + 8, 16);
      if (body.length === 16) longDataSize = Number(body.readBigUInt64LE(8));
    } else if (id === 'fmt ') {
      if (length < 16 || length > MAX_FORMAT_BYTES) throw corrupt('its format description is damaged');
      formatChunk = await bytes.read(at, 8 + length);
      if (formatChunk.length < 8 + length) return null;
    } else if (id === 'data') {
      if (!formatChunk) throw corrupt('its format description is missing');
      const available = size - at - 8;
      // 0xFFFFFFFF and 0 are what streaming recorders leave when they cannot go back to fill in the size.
      const known = length === 0xffff_ffff ? longDataSize : length;
      const promised = known === 0 ? null : known;
      return {
        ...parseFormat(formatChunk, bigEndian, corrupt),
        bigEndian,
        formatChunk,
        dataStart: at + 8,
        dataBytes: Math.min(promised ?? available, available),
        promised,
      };
    }
    at += 8 + length + (length % 2);
  }
  return null;
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
export function parseWave(formatChunk: Buffer, data: Uint8Array, bigEndian: boolean): WaveFile {
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
