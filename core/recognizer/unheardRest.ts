import type { SegmentPiece, SpeechSegment } from '../audio/segment.ts';
import { SAMPLE_RATE } from '../audio/source.ts';

/**
 * Speech after the last word, in seconds, from which on the decoder must have stopped too early. In a 10-minute
 * meeting it was at most 1.2 where all was heard, and 8 to 17 in the three segments of 23 where, at a change of
 * speaker, it ended before the segment did, as Whisper without timestamps sometimes does.
 */
const MIN_REST = 2;

/**
 * What of a segment lies after the time `heard` in the recording, as a segment of its own; null where it is too
 * little to hold a word that was missed.
 */
export function unheardRest(segment: SpeechSegment, heard: number): SpeechSegment | null {
  const pieces: SegmentPiece[] = [];
  let offset = 0;
  for (const piece of segment.pieces) {
    const skipped = Math.max(0, heard - piece.start);
    const duration = piece.duration - skipped;
    if (duration <= 0) continue;
    pieces.push({ start: piece.start + skipped, offset, duration });
    offset += duration;
  }
  if (offset < MIN_REST) return null;
  // Pieces follow one another without gaps in the samples, so what is left is their end.
  const samples = segment.samples.subarray(segment.samples.length - Math.round(offset * SAMPLE_RATE));
  return { index: segment.index, samples, pieces };
}
