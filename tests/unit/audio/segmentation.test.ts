import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FULL_SEGMENT, nextSegment, type SegmentPlan } from '../../../core/audio/segmentation.ts';
import { SAMPLE_RATE } from '../../../core/audio/source.ts';
import { WINDOW } from '../../../core/audio/voiceActivity.ts';

const perSecond = SAMPLE_RATE / WINDOW;
const windows = (seconds: number) => Math.round(seconds * perSecond);

/** Probabilities of alternating speech and pause, in seconds, speech first. */
function alternate(...durations: number[]): number[] {
  return durations.flatMap((duration, i) =>
    Array.from({ length: windows(duration) }, () => (i % 2 === 0 ? 0.95 : 0.02)),
  );
}

/** All segments of a recording that is known from the start, or in portions of `portion` windows. */
function segmentsOf(
  probabilities: readonly number[],
  portion = probabilities.length,
  from = 0,
  longest = FULL_SEGMENT,
): SegmentPlan[] {
  const plans: SegmentPlan[] = [];
  let first = from;
  for (let known = from + portion; ; known += portion) {
    const ended = known >= probabilities.length;
    for (;;) {
      const part = probabilities.slice(first, known);
      const found = nextSegment({ first, probabilities: part, loudness: part, ended }, longest);
      if ('silence' in found) {
        first = found.silence;
        break;
      }
      plans.push(found);
      first = found.next;
    }
    if (ended) return plans;
  }
}

const lengthOf = (plan: SegmentPlan) => plan.pieces.reduce((sum, { from, to }) => sum + to - from, 0);
const isKept = (plans: readonly SegmentPlan[], window: number) =>
  plans.some((plan) => plan.pieces.some(({ from, to }) => window >= from && window < to));

describe('cutting a recording into segments', () => {
  it('gives nothing for silence, and nothing for clicks shorter than speech', () => {
    expect(segmentsOf(alternate(0, 120))).toEqual([]);
    expect(segmentsOf(alternate(0, 5, 0.15, 5, 0.15, 5))).toEqual([]);
  });

  it('keeps real sound around speech and leaves out the rest of a long pause', () => {
    const [plan, ...others] = segmentsOf(alternate(0, 4, 3, 10, 2, 6));
    expect(others).toEqual([]);
    expect(plan!.pieces).toHaveLength(2);
    const [one, two] = plan!.pieces;
    expect(one!.from).toBeGreaterThan(windows(3));
    expect(one!.from).toBeLessThan(windows(3.8));
    expect(one!.to).toBeGreaterThan(windows(7.2));
    expect(one!.to).toBeLessThan(windows(8));
    expect(two!.from).toBeGreaterThan(windows(16));
    expect(two!.from).toBeLessThan(windows(16.8));
  });

  it('keeps a pause of less than a second whole', () => {
    const [plan] = segmentsOf(alternate(3, 0.8, 3));
    expect(plan!.pieces).toHaveLength(1);
  });

  it('cuts at the long pause near the end of a full segment, not at the short ones around it', () => {
    const [plan] = segmentsOf(alternate(8, 0.3, 8, 0.3, 6, 0.9, 3, 0.3, 20));
    const end = plan!.pieces.at(-1)!.to;
    expect(end).toBeGreaterThan(windows(22.6));
    expect(end).toBeLessThanOrEqual(windows(22.6 + 0.9));
  });

  it('ends a segment at half a minute of silence instead of joining talk that lies far apart', () => {
    expect(segmentsOf(alternate(2, 25, 2))).toHaveLength(1);
    expect(segmentsOf(alternate(2, 40, 2))).toHaveLength(2);
  });

  it('cuts speech without any pause where speech is least likely', () => {
    const probabilities = alternate(60);
    const dip = windows(24);
    probabilities[dip] = 0.6;
    const plans = segmentsOf(probabilities);
    expect(Math.abs(plans[0]!.next - dip)).toBeLessThanOrEqual(1);
    expect(plans[1]!.pieces[0]!.from).toBe(plans[0]!.next);
  });

  const recording = fc
    .array(
      fc.tuple(fc.double({ min: 0.3, max: 45, noNaN: true }), fc.double({ min: 0.12, max: 50, noNaN: true })),
      {
        minLength: 1,
        maxLength: 25,
      },
    )
    .map((turns) => alternate(...turns.flat()));

  it('never exceeds the longest segment, 28 s or less, keeps all speech once and in order', () => {
    fc.assert(
      fc.property(recording, fc.constantFrom(28, 12, 6), (probabilities, longest) => {
        const plans = segmentsOf(probabilities, probabilities.length, 0, longest);
        for (const plan of plans) expect(lengthOf(plan)).toBeLessThanOrEqual(longest * perSecond);
        const bounds = plans.flatMap((plan) => plan.pieces.flatMap(({ from, to }) => [from, to]));
        expect(bounds).toEqual([...bounds].sort((a, b) => a - b));
        probabilities.forEach((probability, window) => {
          if (probability > 0.5) expect(isKept(plans, window)).toBe(true);
        });
      }),
      { numRuns: 60 },
    );
  });

  /** Probabilities without any pattern, quieter and louder stretches apart. */
  const anything = fc
    .array(
      fc.tuple(fc.integer({ min: 1, max: 1200 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat()),
      { minLength: 1, maxLength: 12 },
    )
    .map((stretches) =>
      stretches.flatMap(([length, centre, seed]) =>
        Array.from({ length }, (_, i) => {
          const wobble = Math.abs(Math.sin((seed % 1000) + i * 12.9898) * 43_758.5453) % 1;
          return Math.min(1, Math.max(0, centre + (wobble - 0.5) * 0.9));
        }),
      ),
    );

  it('gives the same segments however much is known at a time, and when it is taken up after any of them', () => {
    fc.assert(
      fc.property(
        fc.oneof(recording, anything),
        fc.integer({ min: 20, max: 2000 }),
        (probabilities, portion) => {
          const plans = segmentsOf(probabilities);
          expect(segmentsOf(probabilities, portion)).toEqual(plans);
          plans.forEach((plan, i) => {
            expect(segmentsOf(probabilities, portion, plan.next)).toEqual(plans.slice(i + 1));
          });
        },
      ),
      { numRuns: 80 },
    );
  });
});
