import { joinAcoustics, sliceAcoustics } from './acoustics.ts';
import { freshIds } from './ids.ts';
import { indexOfSegment, placeOfWord } from './locate.ts';
import type { Transcript } from './schema.ts';

/**
 * Cuts a segment so that the word begins a new one; at the first word of a segment nothing changes. Entities may go on
 * across the cut.
 * @throws RangeError when the word does not exist.
 */
export function splitSegment(transcript: Transcript, wordId: string): Transcript {
  const place = placeOfWord(transcript, wordId);
  if (place.word === 0) return transcript;
  const segment = transcript.segments[place.segment]!;
  const head = segment.words.slice(0, place.word);
  const tail = segment.words.slice(place.word);
  const headEnd = head.at(-1)!.end;
  const tailStart = tail[0]!.start;
  const segments = [...transcript.segments];
  segments.splice(
    place.segment,
    1,
    { ...segment, end: headEnd, words: head, ...sliceAcoustics(segment, segment.start, headEnd) },
    {
      id: freshIds(transcript, 'segment')(),
      start: tailStart,
      end: segment.end,
      words: tail,
      ...sliceAcoustics(segment, tailStart, segment.end),
    },
  );
  return { ...transcript, segments };
}

/**
 * Joins a segment with the one after it, under the first one's id; the last segment stays as it is.
 * @throws RangeError when the segment does not exist.
 */
export function mergeSegments(transcript: Transcript, segmentId: string): Transcript {
  const index = indexOfSegment(transcript, segmentId);
  const first = transcript.segments[index]!;
  const second = transcript.segments[index + 1];
  if (second === undefined) return transcript;
  const segments = [...transcript.segments];
  segments.splice(index, 2, {
    ...first,
    end: second.end,
    words: [...first.words, ...second.words],
    ...joinAcoustics(first, second),
  });
  return { ...transcript, segments };
}
