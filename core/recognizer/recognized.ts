import type { Acoustics } from './acoustics.ts';

/** A word as the recogniser heard it; times are seconds in the recording. */
export interface RecognizedWord {
  /** With its punctuation, without surrounding blanks. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Geometric mean probability of the word's tokens, 0 to 1. */
  readonly confidence: number;
}

/** A word with its part of the hypothesis: all tokens up to the next word's, so that a hypothesis can be built on it. */
export interface SpelledWord {
  readonly word: RecognizedWord;
  readonly tokens: readonly number[];
  readonly logProbabilities: readonly number[];
}

/** How a segment goes on after the words that were known. */
export interface Continuation {
  readonly words: readonly SpelledWord[];
  /** Why Whisper's rules doubt the words: they go round in a circle, or the model hardly believes them. */
  readonly doubt: 'repetitive' | 'improbable' | null;
}

/** What the recogniser made of one {@link SpeechSegment}; `words` is empty where nothing was said. */
export interface RecognizedSegment {
  /** The speech segment's index. */
  readonly index: number;
  readonly start: number;
  readonly end: number;
  readonly words: readonly RecognizedWord[];
  /** Only from packs with a tri-head encoder. */
  readonly acoustics?: Acoustics | undefined;
}
