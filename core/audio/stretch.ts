import type { OriginalAudio } from './original.ts';
import type { AudioSource } from './source.ts';

/** A recording between two times, in seconds of `original`; what comes after `end` is not read. */
export function stretchOf(original: OriginalAudio, start: number, end: number): OriginalAudio {
  const first = Math.round(start * original.sampleRate);
  const last = Math.round(end * original.sampleRate);
  return {
    ...original,
    frames: original.frames === null ? null : Math.max(0, Math.min(last, original.frames) - first),
    async *blocks(signal, warn) {
      let at = 0;
      for await (const block of original.blocks(signal, warn)) {
        const from = Math.max(0, first - at);
        const to = Math.min(block[0]!.length, last - at);
        if (from < to) yield block.map((channel) => channel.subarray(from, to));
        at += block[0]!.length;
        if (at >= last) return;
      }
    },
  };
}

/** All samples of a source; for stretches that are known to be short. */
export async function allSamples(source: AudioSource, signal?: AbortSignal): Promise<Float32Array> {
  const blocks: Float32Array[] = [];
  let length = 0;
  for await (const block of source.blocks(signal)) {
    blocks.push(block);
    length += block.length;
  }
  const samples = new Float32Array(length);
  let at = 0;
  for (const block of blocks) {
    samples.set(block, at);
    at += block.length;
  }
  return samples;
}
