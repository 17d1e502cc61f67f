import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../errors.ts';
import type { OriginalAudio } from './original.ts';
import { codecOf, type WavCodec } from './wavCodec.ts';
import { bytesOf, corruptHeader, findLayout, type WavLayout } from './wavHeader.ts';

/** Bytes read at once, unless a second of sound has fewer. */
const BLOCK_BYTES = 1 << 20;

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
  let layout: WavLayout | null;
  try {
    layout = await findLayout(await bytesOf(handle), path);
  } finally {
    await handle.close();
  }
  if (!layout) throw corruptHeader(path, 'it has no sound data');
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
    if (layout.promised !== null && layout.promised > layout.dataBytes) {
      const seconds = Math.round(codec.frames(layout.dataBytes) / layout.format.sampleRate);
      warn?.(`"${basename(path)}" ends before its header says it should; the first ${seconds} s were read.`);
    }
  } finally {
    await handle.close();
  }
}
