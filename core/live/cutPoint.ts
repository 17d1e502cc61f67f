import type { SpelledWord } from '../recognizer/recognized.ts';

/** Words that stay before the cut's end, so that an inexact cut inside a word meets one that is known. */
const KEPT_WORDS = 2;
/** Seconds of sound that stay at least: what the next words are heard against. */
const KEPT_SECONDS = 2;
/** Share of the longest buffer that stays at most, so that not every recognition has to cut. */
const KEPT_SHARE = 0.7;
/** What a sentence's end counts as, in seconds of pause. */
const SENTENCE_END = 0.5;

/**
 * Where to cut the sound of an utterance that has become too long: between two stable words, at the longest pause or
 * the end of a sentence.
 * @param known stable words whose sound is still at hand.
 * @param end of the sound, in seconds of the recording.
 * @param longest seconds that the sound may last.
 * @returns how many words go, and the time of the cut in the recording; null where too few words are stable.
 */
export function cutPoint(
  known: readonly SpelledWord[],
  end: number,
  longest: number,
): { readonly words: number; readonly time: number } | null {
  const cuts: { words: number; time: number; worth: number }[] = [];
  for (let words = 1; words <= known.length - KEPT_WORDS; words++) {
    const before = known[words - 1]!.word;
    const after = known[words]!.word;
    const pause = after.start - before.end;
    const worth = pause + (/[.?!。？！]["'”’]*$/.test(before.text) ? SENTENCE_END : 0);
    cuts.push({ words, time: (before.end + after.start) / 2, worth });
  }
  const fitting = cuts.filter(({ time }) => end - time <= KEPT_SHARE * longest && end - time >= KEPT_SECONDS);
  if (fitting.length > 0) return fitting.reduce((best, next) => (next.worth >= best.worth ? next : best));
  // The words that are stable lie too far back, or all of them near the end: as near to what should stay as can be.
  const wanted = end - KEPT_SHARE * longest;
  return cuts.length === 0
    ? null
    : cuts.reduce((best, next) =>
        Math.abs(next.time - wanted) < Math.abs(best.time - wanted) ? next : best,
      );
}
