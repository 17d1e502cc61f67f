import { SAMPLE_RATE } from './source.ts';

/** A stretch of the recording inside a segment's samples; all values in seconds. */
export interface SegmentPiece {
  /** Where the piece begins in the recording. */
  readonly start: number;
  /** Where the piece begins in the segment's samples. */
  readonly offset: number;
  readonly duration: number;
}

/** At most half a minute of speech, long silences left out, ready for the recogniser. */
export interface SpeechSegment {
  /** Counts from 0 in the recording. */
  readonly index: number;
  readonly samples: Float32Array;
  /** In order, without gaps in `samples`. */
  readonly pieces: readonly SegmentPiece[];
}

/** Seconds in the recording for `time` seconds into the segment's samples; clamped to the segment. */
export function recordingTime(segment: SpeechSegment, time: number): number {
  const last = segment.pieces[segment.pieces.length - 1]!;
  const piece = segment.pieces.findLast((candidate) => candidate.offset <= time) ?? segment.pieces[0]!;
  const inside = Math.min(Math.max(time - piece.offset, 0), piece.duration);
  return Math.min(piece.start + inside, last.start + last.duration);
}

/** Length of the segment's samples in seconds. */
export function segmentDuration(segment: SpeechSegment): number {
  return segment.samples.length / SAMPLE_RATE;
}
