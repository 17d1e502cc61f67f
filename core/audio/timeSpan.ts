/** A stretch of a recording, in seconds where nothing else is said. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/** Stretches in the order of their times, those that touch as one. */
export function mergeSpans(spans: readonly TimeSpan[]): TimeSpan[] {
  const merged: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const previous = merged[merged.length - 1];
    if (previous && start <= previous.end) previous.end = Math.max(previous.end, end);
    else merged.push({ start, end });
  }
  return merged;
}
