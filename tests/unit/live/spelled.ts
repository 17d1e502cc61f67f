import type { SpelledWord } from '../../../core/recognizer/recognized.ts';

/** Words one after another, half a second each, from the recording's beginning. */
export function spelled(...texts: readonly string[]): SpelledWord[] {
  return texts.map((text, i) => spelledAt(text, i / 2, (i + 1) / 2));
}

/** A word with its times in seconds. */
export function spelledAt(text: string, start: number, end: number): SpelledWord {
  return { word: { text, start, end, confidence: 1 }, tokens: [], logProbabilities: [] };
}
