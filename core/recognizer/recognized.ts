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
