import type { Acoustics } from '../recognizer/acoustics.ts';
import type { Entity, Label } from '../transcript/schema.ts';

/** Why a span was masked; nothing of what was said. */
export type Why = Pick<Entity, 'detector' | 'rule' | 'score' | 'heard'>;

/** A word of a shareable transcript; a masked span is one word whose text is its alias. */
export interface ShareableWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** Null where masked or typed by hand. */
  readonly confidence: number | null;
  readonly masked: {
    readonly label: Label;
    readonly alias: string;
    /** Absent in live captions, which are not exported. */
    readonly why?: Why;
  } | null;
}

export interface ShareableSegment {
  readonly start: number;
  readonly end: number;
  /** The speaker's name as it may be shared, or null. */
  readonly speaker: string | null;
  readonly words: readonly ShareableWord[];
  /** Noise and head weights; null where the pack gives none. */
  readonly acoustics: Acoustics | null;
}

/**
 * What exporters see. `mask` makes it from a transcript and a policy; nothing in a redacted one refers to an
 * original value, so no exporter can leak what it never had.
 */
export interface ShareableTranscript {
  readonly redacted: boolean;
  /** The recording's name as it may be shared. */
  readonly title: string;
  readonly duration: number;
  readonly language: string;
  readonly segments: readonly ShareableSegment[];
  /** False where formats that can do without are not to say when a paragraph begins. */
  readonly timed?: boolean;
  /** Labels masked, with how many spans of each. */
  readonly counts: Readonly<Partial<Record<Label, number>>>;
}
