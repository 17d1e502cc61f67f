import type { DetectedSpan } from '../detector.ts';

/** Attention to two states, 40 ms, from which on a word counts as having listened there. */
const ATTENDED = 0.05;

/** Seconds to either side of a word that it looks at; states beyond are said elsewhere, behind a pause that was cut out. */
const REACH = 0.5;
/** Seconds that a pair of states covers. */
const PAIR_SECONDS = 0.04;

/** What of the recording was listened to, in seconds, and which share of the attention went to sound at all. */
export type Listened = NonNullable<DetectedSpan['heard']>;

/**
 * Where a word listened: from the first pair of states with much of its attention to the last one's end, or where the
 * word is, when its attention is spread thin.
 * @param attention of the word to each pair.
 * @param timeOf seconds of the recording at which a pair begins.
 */
export function listenedTo(
  attention: Float32Array,
  word: { readonly start: number; readonly end: number },
  timeOf: (pair: number) => number,
): Listened {
  let first = -1;
  let last = -1;
  let share = 0;
  for (const [pair, weight] of attention.entries()) {
    share += weight;
    if (weight < ATTENDED) continue;
    if (first < 0) first = pair;
    last = pair;
  }
  const { start, end } = first < 0 ? word : { start: timeOf(first), end: timeOf(last) + PAIR_SECONDS };
  const from = Math.max(start, word.start - REACH, 0);
  return {
    start: from,
    end: Math.max(from, Math.min(end, word.end + REACH)),
    share: Math.min(1, share),
  };
}

/** All that several words listened to, the share being their mean; null where none has a sound. */
export function hullOf(listened: readonly (Listened | null | undefined)[]): Listened | null {
  const known = listened.filter((one) => one != null);
  if (known.length === 0) return null;
  return {
    start: hundredth(Math.min(...known.map(({ start }) => start))),
    end: hundredth(Math.max(...known.map(({ end }) => end))),
    share: hundredth(known.reduce((sum, { share }) => sum + share, 0) / known.length),
  };
}

function hundredth(value: number): number {
  return Math.round(value * 100) / 100;
}
