import { LONGEST_NOISE } from './hypothesis.ts';

/** A second of noise may pass for any language: for a sneeze Russian had 0.65; two seconds of speech had 0.95 or more. */
const MIN_PROBABILITY = 0.7;

/**
 * The language most probably spoken in all segments together, each weighing as much as it is long; null where there is
 * hardly any speech and none is probable.
 * @param segments seconds of each, and the decoder's score (logit) of each language in it.
 */
export function probableLanguage(
  languages: readonly string[],
  segments: readonly { readonly seconds: number; readonly scores: readonly number[] }[],
): string | null {
  const totals = languages.map(() => 0);
  let spoken = 0;
  for (const { seconds, scores } of segments) {
    const maximum = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - maximum));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    for (const [at, weight] of weights.entries()) totals[at]! += (seconds * weight) / sum;
    spoken += seconds;
  }
  const best = Math.max(...totals);
  const doubtful = spoken <= LONGEST_NOISE && best < MIN_PROBABILITY * spoken;
  return doubtful ? null : (languages[totals.indexOf(best)] ?? null);
}
