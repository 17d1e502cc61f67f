import { describe, expect, it } from 'vitest';
import type { OriginalAudio } from '../../../core/audio/original.ts';
import { allSamples, stretchOf } from '../../../core/audio/stretch.ts';

const RATE = 8;

/** Two channels at 8 Hz in blocks of 3 frames: frame n is n on the left and -n on the right. */
function recording(frames: number): OriginalAudio & { read: number } {
  return {
    format: 'test',
    sampleRate: RATE,
    channels: 2,
    frames,
    read: 0,
    async *blocks() {
      for (let from = 0; from < frames; from += 3) {
        const left = Float32Array.from({ length: Math.min(3, frames - from) }, (_, i) => from + i);
        this.read += left.length;
        yield [left, left.map((value) => -value)];
      }
    },
  };
}

async function frames(audio: OriginalAudio): Promise<number[][]> {
  const all: number[][] = [[], []];
  for await (const block of audio.blocks())
    for (const [i, channel] of block.entries()) all[i]!.push(...channel);
  return all;
}

describe('a stretch of a recording', () => {
  it('has the samples between two times on every channel, whatever the blocks', async () => {
    const stretch = stretchOf(recording(100), 0.5, 1.25);
    expect(await frames(stretch)).toEqual([
      [4, 5, 6, 7, 8, 9],
      [-4, -5, -6, -7, -8, -9],
    ]);
    expect(stretch.frames).toBe(6);
  });

  it('ends with the recording, and begins at its beginning', async () => {
    expect((await frames(stretchOf(recording(10), 1, Number.POSITIVE_INFINITY)))[0]).toEqual([8, 9]);
    expect((await frames(stretchOf(recording(10), 0, 0.25)))[0]).toEqual([0, 1]);
    expect((await frames(stretchOf(recording(10), 5, 6)))[0]).toEqual([]);
  });

  it('reads no further than its end', async () => {
    const long = recording(1000);
    await frames(stretchOf(long, 0, 1));
    expect(long.read).toBeLessThanOrEqual(9);
  });
});

describe('all samples of a source', () => {
  it('are its blocks in order', async () => {
    const source = {
      duration: null,
      async *blocks() {
        yield Float32Array.of(1, 2);
        yield Float32Array.of(3);
      },
    };
    expect([...(await allSamples(source))]).toEqual([1, 2, 3]);
  });
});
