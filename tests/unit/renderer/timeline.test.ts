import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inView, ticksOf, timeAt, xOf, zoomed } from '../../../renderer/review/timeline/view.ts';

describe('the timeline’s axis', () => {
  test('a place and its time are each other’s inverse in every part of a recording', () => {
    const seconds = fc.double({ min: 0, max: 10_000, noNaN: true });
    const span = fc.double({ min: 0.5, max: 10_000, noNaN: true });
    fc.assert(
      fc.property(seconds, span, fc.double({ min: 0, max: 1, noNaN: true }), (start, length, share) => {
        const view = { start, end: start + length };
        const time = start + share * length;
        expect(timeAt(xOf(time, view, 900), view, 900, 1e6)).toBeCloseTo(time, 4);
      }),
    );
  });

  test('a place beside the recording is its beginning or its end', () => {
    const view = { start: 0, end: 30 };
    expect(timeAt(-20, view, 300, 30)).toBe(0);
    expect(timeAt(320, view, 300, 30)).toBe(30);
  });

  test('labels of the ruler are whole steps, far enough apart to be read', () => {
    expect(ticksOf({ start: 0, end: 39 }, 992)).toEqual([0, 5, 10, 15, 20, 25, 30, 35]);
    expect(ticksOf({ start: 7.2, end: 10 }, 1000)).toEqual([7.5, 8, 8.5, 9, 9.5, 10]);
    expect(ticksOf({ start: 0, end: 3 * 3600 }, 800)).toEqual([0, 1800, 3600, 5400, 7200, 9000, 10_800]);
  });

  test('zooming ends at the whole recording and where letters have room', () => {
    expect(zoomed(10, 1, 10)).toBe(20);
    expect(zoomed(20, -1, 10)).toBe(10);
    expect(zoomed(10, -1, 10)).toBe(10);
    expect(zoomed(200, 1, 10)).toBe(240);
    // A recording of two seconds fills the window already closer than that.
    expect(zoomed(500, 1, 500)).toBe(500);
  });

  test('what touches the view is found as by looking at everything', () => {
    const items = Array.from({ length: 50 }, (_, i) => ({ start: i, end: i + 0.6 }));
    for (const view of [
      { start: -5, end: -1 },
      { start: 3.3, end: 7.1 },
      { start: 3.7, end: 3.9 },
      { start: 48, end: 90 },
    ]) {
      const seen = items.filter(({ start, end }) => end >= view.start && start <= view.end);
      expect(items.slice(...inView(items, view))).toEqual(seen);
    }
  });
});
