import { describe, expect, it } from 'vitest';
import { noiseCourse, noisyStretches } from '../../../core/transcript/noise.ts';

const weights = { spectral: 0.4, temporal: 0.4, noise: 0.2 };
const LOUD = 0.8;
const QUIET = 0.02;

/** A segment from a whole second on with the noise of each second; its last second counts whole. */
function segment(from: number, ...noise: (number | null)[]) {
  return { end: from + noise.length, acoustics: { weights, from, noise } };
}

const times = (value: number | null, seconds: number): (number | null)[] => Array(seconds).fill(value);

const stretches = (...segments: ReturnType<typeof segment>[]) =>
  noisyStretches({ segments }).map(({ start, end }) => [start, end]);

describe('the noise of a recording', () => {
  it('is known by the second, a second that two segments share once', () => {
    const segments = [segment(3, 0.1, 0.2), segment(4, 0.9, null, 0.4)];
    expect(noiseCourse({ segments })).toEqual([
      { second: 3, share: 0.1 },
      { second: 4, share: 0.2 },
      { second: 6, share: 0.4 },
    ]);
  });

  it('is not known where the pack does not tell it', () => {
    const segments = [{ end: 9 }, { end: 20, acoustics: null }];
    expect(noiseCourse({ segments })).toEqual([]);
    expect(noisyStretches({ segments })).toEqual([]);
  });
});

describe('a noisy stretch', () => {
  it('begins and ends near where the noise does, to a few seconds of smoothing', () => {
    const [found] = stretches(segment(0, ...times(QUIET, 60), ...times(LOUD, 100), ...times(QUIET, 60)));
    expect(Math.abs(found![0]! - 60)).toBeLessThanOrEqual(5);
    expect(Math.abs(found![1]! - 160)).toBeLessThanOrEqual(5);
  });

  it('is not made by a single loud second', () => {
    expect(stretches(segment(0, ...times(QUIET, 30), 1, ...times(QUIET, 30)))).toEqual([]);
  });

  it('goes on over a short lull and over silence, and ends in a long quiet', () => {
    const lull = segment(0, ...times(LOUD, 30), ...times(QUIET, 8), ...times(LOUD, 30));
    expect(stretches(lull)).toEqual([[0, 68]]);
    const silence = segment(0, ...times(LOUD, 30), ...times(null, 10), ...times(LOUD, 30));
    expect(stretches(silence)).toEqual([[0, 70]]);
    const quiet = segment(0, ...times(LOUD, 30), ...times(QUIET, 60), ...times(LOUD, 30));
    expect(stretches(quiet)).toHaveLength(2);
  });

  it('goes on from one segment to the next', () => {
    expect(stretches(segment(10, ...times(LOUD, 20)), segment(31, ...times(LOUD, 20)))).toEqual([[10, 51]]);
  });

  it('ends with what was said, though the second goes on', () => {
    const last = { ...segment(0, ...times(LOUD, 10)), end: 9.4 };
    expect(noisyStretches({ segments: [last] })).toEqual([{ start: 0, end: 9.4 }]);
  });
});
