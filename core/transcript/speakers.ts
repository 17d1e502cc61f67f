import { freshIds } from './ids.ts';
import { indexOfSegment, requireSpeaker, requireWords } from './locate.ts';
import { aliasText } from './people.ts';
import type { Segment, Transcript } from './schema.ts';
import { splitSegment } from './segments.ts';
import { singleLine } from './typedWords.ts';

/**
 * Adds a speaker, last in the list, whom nobody's words belong to yet.
 * @throws RangeError when the name is blank.
 */
export function addSpeaker(transcript: Transcript, name: string): Transcript {
  const speaker = { id: freshIds(transcript, 'speaker')(), name: speakerName(name) };
  return { ...transcript, speakers: [...transcript.speakers, speaker] };
}

/** @throws RangeError when the speaker does not exist or the name is blank. */
export function renameSpeaker(transcript: Transcript, speakerId: string, name: string): Transcript {
  requireSpeaker(transcript, speakerId);
  const clean = speakerName(name);
  const speakers = transcript.speakers.map((speaker) =>
    speaker.id === speakerId ? { ...speaker, name: clean } : speaker,
  );
  return { ...transcript, speakers };
}

/**
 * Says what a speaker is in the recording, such as Interviewer; null for nothing.
 * @throws RangeError when the speaker does not exist, or nothing is left of the role or it looks like a given alias.
 */
export function giveRole(transcript: Transcript, speakerId: string, role: string | null): Transcript {
  requireSpeaker(transcript, speakerId);
  const speakers = transcript.speakers.map((speaker) => {
    if (speaker.id !== speakerId) return speaker;
    const { role: _, ...plain } = speaker;
    return role === null ? plain : { ...plain, role: aliasText(role) };
  });
  return { ...transcript, speakers };
}

/**
 * Gives all words of one speaker to another and drops the first, as when one person was taken for two.
 * @throws RangeError when either does not exist.
 */
export function mergeSpeakers(transcript: Transcript, fromId: string, intoId: string): Transcript {
  requireSpeaker(transcript, fromId);
  requireSpeaker(transcript, intoId);
  if (fromId === intoId) return transcript;
  return {
    ...transcript,
    speakers: transcript.speakers.filter(({ id }) => id !== fromId),
    segments: transcript.segments.map((segment) =>
      withSpeaker(segment, intoId, ({ speaker }) => speaker === fromId),
    ),
  };
}

/**
 * Says who spoke these words; null when nobody knows.
 * @throws RangeError when a word or the speaker does not exist.
 */
export function assignSpeaker(
  transcript: Transcript,
  wordIds: readonly string[],
  speakerId: string | null,
): Transcript {
  requireSpeaker(transcript, speakerId);
  const chosen = new Set(wordIds);
  requireWords(transcript, chosen);
  const segments = transcript.segments.map((segment) =>
    withSpeaker(segment, speakerId, ({ id }) => chosen.has(id)),
  );
  return { ...transcript, segments };
}

/**
 * Says who spoke a whole segment; null when nobody knows.
 * @throws RangeError when the segment or the speaker does not exist.
 */
export function assignSegmentSpeaker(
  transcript: Transcript,
  segmentId: string,
  speakerId: string | null,
): Transcript {
  requireSpeaker(transcript, speakerId);
  const index = indexOfSegment(transcript, segmentId);
  const segments = [...transcript.segments];
  segments[index] = withSpeaker(segments[index]!, speakerId, () => true);
  return { ...transcript, segments };
}

/**
 * Says who spoke a stretch: words in the middle of a segment become a segment of their own, since a reader sees one
 * speaker a segment.
 * @throws RangeError when a word or the speaker does not exist.
 */
export function assignTurn(
  transcript: Transcript,
  wordIds: readonly string[],
  speakerId: string | null,
): Transcript {
  requireSpeaker(transcript, speakerId);
  const chosen = new Set(wordIds);
  requireWords(transcript, chosen);
  const borders = transcript.segments.flatMap(({ words }) =>
    words.filter(({ id }, index) => index > 0 && chosen.has(id) !== chosen.has(words[index - 1]!.id)),
  );
  const cut = borders.reduce((edited, { id }) => splitSegment(edited, id), transcript);
  return assignSpeaker(cut, wordIds, speakerId);
}

function withSpeaker(
  segment: Segment,
  speaker: string | null,
  chosen: (word: Segment['words'][number]) => boolean,
): Segment {
  if (!segment.words.some(chosen)) return segment;
  return { ...segment, words: segment.words.map((word) => (chosen(word) ? { ...word, speaker } : word)) };
}

function speakerName(name: string): string {
  const clean = singleLine(name);
  if (clean === '') throw new RangeError('A speaker needs a name.');
  return clean;
}
