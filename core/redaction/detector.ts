import type { Entity, Label } from '../transcript/schema.ts';

/** A word as a detector sees it. Imported text has no times and no confidence. */
export interface DetectorWord {
  /** As written, with punctuation: `Sarah's`, `five,`. */
  readonly text: string;
  /** Words of different turns lie in different segments; a value may still run across the border. */
  readonly segment: number;
  readonly confidence: number | null;
  /** When it was said, in seconds; absent in imported text. */
  readonly time?: { readonly start: number; readonly end: number } | undefined;
}

/** A run of words `[from, to)` that a detector takes for personal data. */
export interface DetectedSpan {
  readonly from: number;
  readonly to: number;
  readonly label: Label;
  readonly detector: Entity['detector'];
  readonly rule: string;
  readonly score: number;
  /** Where the head listened, when it had the sound. */
  readonly heard?: Entity['heard'];
}

/**
 * Finds personal data in a running transcript. The list-and-context name finder, the structured recognisers and
 * the learned head all stand behind this; their spans are united, recall first.
 */
export interface Detector {
  detect(words: readonly DetectorWord[]): DetectedSpan[];
}
