import type { Transcript } from '../transcript/schema.ts';
import { tokenize } from './tokens.ts';

/** The runs of words, by id, that say one of the phrases; compared without case, diacritics and punctuation. */
export function phraseRuns(transcript: Transcript, phrases: readonly string[]): string[][] {
  const wanted = phrases.map(keysOf).filter((keys) => keys.length > 0);
  if (wanted.length === 0) return [];
  const words = transcript.segments.flatMap((segment) => segment.words);
  const keys = tokenize(words.map(({ text }) => ({ text, segment: 0, confidence: null }))).map(
    ({ key }) => key,
  );
  const byFirst = new Map<string, string[][]>();
  for (const phrase of wanted) byFirst.set(phrase[0]!, [...(byFirst.get(phrase[0]!) ?? []), phrase]);
  return keys.flatMap((first, at) =>
    (byFirst.get(first) ?? [])
      .filter((phrase) => phrase.every((key, n) => keys[at + n] === key))
      .map((phrase) => words.slice(at, at + phrase.length).map(({ id }) => id)),
  );
}

function keysOf(phrase: string): string[] {
  return tokenize(phrase.split(/\s+/).map((text) => ({ text, segment: 0, confidence: null })))
    .map(({ key }) => key)
    .filter(Boolean);
}
