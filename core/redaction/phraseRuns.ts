import type { Transcript } from '../transcript/schema.ts';
import { type Token, tokenize } from './tokens.ts';

/** Where the tokens say one of the phrases, in `[from, to)`, in order; compared without case, diacritics and punctuation. */
export function phrasePlaces(
  tokens: readonly Pick<Token, 'key'>[],
  phrases: readonly string[],
): { from: number; to: number }[] {
  const byFirst = new Map<string, string[][]>();
  for (const keys of phrases.map(keysOf)) {
    if (keys.length === 0) continue;
    const alike = byFirst.get(keys[0]!) ?? [];
    alike.push(keys);
    byFirst.set(keys[0]!, alike);
  }
  return tokens.flatMap((first, from) =>
    (byFirst.get(first.key) ?? [])
      .filter((keys) => keys.every((key, n) => tokens[from + n]?.key === key))
      .map((keys) => ({ from, to: from + keys.length })),
  );
}

/** The runs of words, by id, that say one of the phrases, as {@link phrasePlaces} finds them. */
export function phraseRuns(transcript: Transcript, phrases: readonly string[]): string[][] {
  if (phrases.length === 0) return [];
  const words = transcript.segments.flatMap((segment) => segment.words);
  const tokens = tokenize(words.map(({ text }) => ({ text, segment: 0, confidence: null })));
  return phrasePlaces(tokens, phrases).map(({ from, to }) => words.slice(from, to).map(({ id }) => id));
}

function keysOf(phrase: string): string[] {
  return tokenize(phrase.split(/\s+/).map((text) => ({ text, segment: 0, confidence: null })))
    .map(({ key }) => key)
    .filter(Boolean);
}
