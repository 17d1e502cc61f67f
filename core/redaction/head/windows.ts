/** A stretch of words that the head reads at once, and which of them it decides; indices into the words. */
export interface Window {
  readonly first: number;
  readonly end: number;
  /** The first word that is decided, and one past the last. */
  readonly from: number;
  readonly to: number;
}

/**
 * Cuts words into windows whose pieces fit. Each but the first begins with up to `context` pieces of words that were
 * decided before, and each but the last leaves as many to the next; no word is cut (data.py, `windows`).
 * @param costs pieces of each word, with one for the separator before it where a turn begins.
 * @param most pieces of a window, its first and its last separator included.
 */
export function windowsOf(costs: readonly number[], most: number, context: number): Window[] {
  const windows: Window[] = [];
  for (let from = 0; from < costs.length; ) {
    let first = from;
    let used = 2;
    while (first > 0 && used + costs[first - 1]! <= context + 2) used += costs[--first]!;
    let end = from;
    while (end < costs.length && used + costs[end]! <= most) used += costs[end++]!;
    end = Math.max(end, from + 1);
    let to = end;
    if (end < costs.length)
      for (let after = 0; to - 1 > from && after + costs[to - 1]! <= context; ) after += costs[--to]!;
    windows.push({ first, end, from, to });
    from = to;
  }
  return windows;
}
