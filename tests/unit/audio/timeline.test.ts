import { describe, expect, it } from 'vitest';
import { Timeline } from '../../../core/audio/timeline.ts';

const RATE = 1000;

/** All samples after laying packets of one channel: [time, values]. */
function lay(packets: [number, number[]][]): number[] {
  const timeline = new Timeline(1, RATE);
  return packets.flatMap(([time, values]) =>
    [...timeline.place(time, [Float32Array.from(values)])].flatMap(([channel]) => [...channel!]),
  );
}

const ones = (count: number) => Array.from({ length: count }, () => 1);

describe('the timeline of decoded packets', () => {
  it('joins packets whose times are rounded or uneven without gap or overlap', () => {
    expect(
      lay([
        [0, ones(20)],
        [0.021, ones(20)],
        [0.039, ones(20)],
        [0.09, ones(20)],
      ]),
    ).toEqual(ones(80));
  });

  it('fills a pause in the recording with silence of its length', () => {
    const samples = lay([
      [0, ones(100)],
      [3.1, ones(100)],
    ]);
    expect(samples).toHaveLength(3200);
    expect(samples.slice(100, 3100).every((sample) => sample === 0)).toBe(true);
    expect(samples.slice(3100)).toEqual(ones(100));
  });

  it('puts silence before a sound track that begins later', () => {
    expect(lay([[1, ones(10)]]).indexOf(1)).toBe(1000);
  });

  it('leaves out what a file marks as lying before its beginning', () => {
    expect(
      lay([
        [-0.03, [5, ...ones(49)]],
        [0.02, [2]],
      ]),
    ).toEqual([...ones(20), 2]);
  });

  it('drops what is repeated', () => {
    expect(
      lay([
        [0, ones(500)],
        [0.2, ones(400)],
      ]),
    ).toHaveLength(600);
  });
});
