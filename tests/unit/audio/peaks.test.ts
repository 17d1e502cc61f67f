import { describe, expect, test } from 'vitest';
import { PeakBuilder, peaksOf, withPeaks } from '../../../core/audio/peaks.ts';

/** A recording in blocks of odd lengths, so that slices lie across them. */
function source(samples: Float32Array) {
  return {
    duration: samples.length / 16_000,
    async *blocks() {
      for (let at = 0; at < samples.length; at += 777) yield samples.subarray(at, at + 777);
    },
  };
}

describe('the peaks of a recording', () => {
  test('are the largest magnitudes of its fiftieths of a second', async () => {
    const samples = new Float32Array(16_000);
    samples[0] = 0.2;
    samples[319] = -1;
    samples[320] = 0.5;
    samples[15_999] = 1.5;
    const { rate, values } = await peaksOf(source(samples));
    expect(rate).toBe(50);
    expect(values).toHaveLength(50);
    expect([values[0], values[1], values[2], values[49]]).toEqual([255, 128, 0, 255]);
  });

  test('are bounded for a recording of any length, and keep its loudest moments in their places', () => {
    const builder = new PeakBuilder();
    const second = new Float32Array(16_000);
    const loud = second.slice().fill(0.6);
    // Nine hours: twice halved after four.
    for (let at = 0; at < 9 * 3600; at++) builder.add(at === 30_000 ? loud : second);
    const { rate, values } = builder.peaks;
    expect(rate).toBe(12.5);
    expect(values.length).toBe(9 * 3600 * 12.5);
    expect(values.indexOf(153)).toBe(30_000 * 12.5);
    // A slice that the loud second ends in is as loud as it.
    expect(values.lastIndexOf(153)).toBe(Math.floor(30_001 * 12.5));
  });

  test('are taken from what somebody else reads, which stays as it was', async () => {
    const samples = Float32Array.from({ length: 32_000 }, (_, i) => Math.sin(i / 5) * (i / 32_000));
    const tapped = withPeaks(source(samples));
    const read: number[] = [];
    for await (const block of tapped.source.blocks()) read.push(...block);
    expect(Float32Array.from(read)).toEqual(samples);
    expect(tapped.peaks()).toEqual(await peaksOf(source(samples)));
  });
});
