import { describe, expect, it } from 'vitest';
import { captionTime, roundedSeconds } from '../../../core/export/times.ts';
import { clockTime } from '../../../core/transcript/clockTime.ts';

describe('times in exports', () => {
  it.each([
    [0, '0:00'],
    [7.9, '0:07'],
    [59.9996, '1:00'],
    [754, '12:34'],
    [3599.99, '59:59'],
    [3600, '1:00:00'],
    [3723, '1:02:03'],
    [360_000, '100:00:00'],
  ])('show %d s to people as %s', (seconds, shown) => {
    expect(clockTime(seconds)).toBe(shown);
  });

  it.each([
    [0, '00:00:00,000'],
    [1_005, '00:00:01,005'],
    [3_599_999, '00:59:59,999'],
    [3_600_000, '01:00:00,000'],
    [359_999_999, '99:59:59,999'],
    [360_000_001, '100:00:00,001'],
  ])('show %d ms in captions as %s', (ms, shown) => {
    expect(captionTime(ms, ',')).toBe(shown);
    expect(captionTime(ms, '.')).toBe(shown.replace(',', '.'));
  });

  it('round seconds to the millisecond', () => {
    expect(roundedSeconds(0.1 + 0.2)).toBe(0.3);
    expect(roundedSeconds(7200.0004)).toBe(7200);
  });
});
