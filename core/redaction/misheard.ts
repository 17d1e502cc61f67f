import type { DetectorWord } from './detector.ts';
import { isKnownWord } from './knownWords.ts';
import { tokenize } from './tokens.ts';

/** What a span is called that the head masks because the recogniser is not sure what was said. */
export const UNSURE = 'read, misheard';

/**
 * Whether a value found by a rule is to be looked for in other places: what was hardly understood says nothing of them,
 * unless it is no word. Then it is the same name again.
 * @param keys the value's folded words.
 */
export function isSaidAgain(rule: string, keys: readonly string[]): boolean {
  return rule !== UNSURE || keys.some((key) => !isKnownWord(key));
}

/**
 * How fast the head's threshold falls with the recogniser's confidence, in powers of ten. A name that the recogniser does
 * not know comes out as other words, of which it is unsure and which the head finds personal only by a trace. Chosen among
 * 0, 2, 2.5 and 3 on what was heard of 684 recordings of training sentences, where the understood values that stay readable
 * fell from 4.0 to 2.2 %, and of LibriSpeech without names, where 40 spans per 1,000 words are masked in place of 38.
 */
const FALL = 2.5;
/** The same for what is no word: a recogniser that is unsure makes up a spelling for the name that it heard. */
const FALL_OF_NO_WORD = 4;

/**
 * The share of the head's threshold that is enough to mask a word, given how sure the recogniser is of it: 1 where it is
 * sure, or where nobody says (imported and edited text); at a confidence of one half 0.06, and 0.01 for what is no word.
 */
export function unsureShare(word: DetectorWord): number {
  if (word.confidence === null) return 1;
  const [token] = tokenize([word]);
  if (!/^\p{L}/u.test(token!.key)) return 1;
  return 10 ** (-(isKnownWord(token!.key) ? FALL : FALL_OF_NO_WORD) * (1 - word.confidence));
}
