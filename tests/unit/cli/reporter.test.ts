import { describe, expect, it } from 'vitest';
import { EXIT_MIXED, exitCodeOf } from '../../../core/cli/exitCode.ts';
import { progressLine } from '../../../core/cli/reporter.ts';

const halfway = {
  stage: 'listening',
  audioSeconds: 1800,
  duration: 3600,
  elapsed: 75,
  remaining: 3675,
  segments: 64,
} as const;

describe('the progress bar', () => {
  it('shows the share that is done, the time it took and the time left', () => {
    const line = progressLine(halfway);
    expect(line).toMatch(/listening █{12}░{12} {2}50 % {2}1:15 elapsed, 1:01:15 left/);
  });

  it('promises no time before there is something to judge by', () => {
    expect(progressLine({ ...halfway, remaining: null })).not.toContain('left');
  });

  it('shows what was heard where the length of the recording is not known', () => {
    const line = progressLine({ ...halfway, duration: null, remaining: null });
    expect(line).toMatch(/30:00 heard/);
    expect(line).not.toContain('%');
  });
});

describe('the exit code', () => {
  it('is 0 when nothing failed, the common code when all failures are alike, and another when they differ', () => {
    expect(exitCodeOf([])).toBe(0);
    expect(exitCodeOf([3, 3])).toBe(3);
    expect(exitCodeOf([3, 7])).toBe(EXIT_MIXED);
  });
});
