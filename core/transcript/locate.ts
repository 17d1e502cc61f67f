import type { Entity, Segment, Transcript, Word } from './schema.ts';

/** Where a word stands: `transcript.segments[segment].words[word]`. */
export interface WordPlace {
  readonly segment: number;
  readonly word: number;
}

/** @throws RangeError when the transcript has no such word. */
export function placeOfWord(transcript: Transcript, wordId: string): WordPlace {
  for (const [segment, { words }] of transcript.segments.entries()) {
    const word = words.findIndex(({ id }) => id === wordId);
    if (word >= 0) return { segment, word };
  }
  throw new RangeError(`The transcript has no word ${wordId}.`);
}

/** @throws RangeError when the transcript has no such segment. */
export function indexOfSegment(transcript: Transcript, segmentId: string): number {
  const index = transcript.segments.findIndex(({ id }) => id === segmentId);
  if (index < 0) throw new RangeError(`The transcript has no segment ${segmentId}.`);
  return index;
}

/** @throws RangeError when the transcript has no such entity. */
export function entityOf(transcript: Transcript, entityId: string): Entity {
  const entity = transcript.entities.find(({ id }) => id === entityId);
  if (entity === undefined) throw new RangeError(`The transcript has no entity ${entityId}.`);
  return entity;
}

/** @throws RangeError when a speaker is named that the transcript does not have. */
export function requireSpeaker(transcript: Transcript, speakerId: string | null): void {
  if (speakerId !== null && !transcript.speakers.some(({ id }) => id === speakerId))
    throw new RangeError(`The transcript has no speaker ${speakerId}.`);
}

/** @throws RangeError when one of the words does not exist. */
export function requireWords(transcript: Transcript, wordIds: Iterable<string>): void {
  const known = new Set(wordsOf(transcript).map(({ id }) => id));
  for (const id of wordIds) if (!known.has(id)) throw new RangeError(`The transcript has no word ${id}.`);
}

/** All words in the order they were said. */
export function wordsOf(transcript: Transcript): Word[] {
  return transcript.segments.flatMap((segment) => segment.words);
}

/** The transcript with one segment in the place of another; without words it goes. */
export function withSegment(transcript: Transcript, index: number, segment: Segment): Transcript {
  const before = transcript.segments.slice(0, index);
  const after = transcript.segments.slice(index + 1);
  const segments = segment.words.length === 0 ? [...before, ...after] : [...before, segment, ...after];
  return { ...transcript, segments };
}
