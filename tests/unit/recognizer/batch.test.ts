import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchSize, shareOf } from '../../../core/recognizer/batch.ts';

const ROOM = { rows: 8, states: 3000 };

describe('a batch', () => {
  it('is full when either its rows or their states, each as long as the longest, are', () => {
    expect(shareOf(ROOM, [])).toBe(0);
    expect(shareOf(ROOM, [1500, 20])).toBe(1);
    expect(shareOf(ROOM, [10, 10, 10, 10])).toBe(0.5);
    expect(shareOf(ROOM, [1000, 1000, 1000, 1000])).toBeGreaterThan(1);
  });

  it('takes all rows that fit, and shares the rest out evenly', () => {
    expect(batchSize(ROOM, [])).toBe(0);
    expect(batchSize(ROOM, [300, 200, 100])).toBe(3);
    // Two rows of 1500 fit, so five take three batches.
    expect(batchSize(ROOM, [1500, 1500, 1500, 1500, 1500])).toBe(2);
    // Eight fit, so nine are five and four.
    expect(batchSize(ROOM, Array(9).fill(100))).toBe(5);
  });

  it('always gets on, never beyond its room', () => {
    const states = fc.array(fc.integer({ min: 1, max: 1500 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(states, (unordered) => {
        const ordered = unordered.sort((a, b) => b - a);
        const size = batchSize(ROOM, ordered);
        expect(size).toBeGreaterThan(0);
        expect(shareOf(ROOM, ordered.slice(0, size))).toBeLessThanOrEqual(1);
      }),
    );
  });
});
