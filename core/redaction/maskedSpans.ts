import { UserError } from '../errors.ts';
import type { Transcript } from '../transcript/schema.ts';
import { maskedEntities, type Policy } from './policy.ts';

/** A stretch of the recording, in seconds. */
export interface TimeSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * The stretches of the recording in which masked values are said, from the first word's start to the last one's end, in
 * order and merged where they touch; not yet padded. A value that the recogniser gave no duration is taken to fill the
 * gap between its neighbours.
 * @throws UserError `leak` when a masked value was typed in and has no duration: it could not be bleeped.
 */
export function maskedSpans(transcript: Transcript, policy: Policy): TimeSpan[] {
  const words = transcript.segments.flatMap((segment) => segment.words);
  const place = new Map(words.map((word, index) => [word.id, index]));
  const spans = maskedEntities(transcript, policy).map((entity) => {
    const first = place.get(entity.words[0]!)!;
    const last = place.get(entity.words[entity.words.length - 1]!)!;
    const { start } = words[first]!;
    const { end } = words[last]!;
    if (end > start) return { start, end };
    if (words[first]!.confidence === null) {
      throw new UserError(
        'leak',
        `The audio of "${transcript.recording.name}" cannot be redacted: a masked word has no time in the recording; export the text alone, or transcribe the recording again.`,
      );
    }
    return {
      start: words[first - 1]?.end ?? 0,
      end: words[last + 1]?.start ?? transcript.recording.duration,
    };
  });
  const merged: { start: number; end: number }[] = [];
  for (const span of spans.sort((a, b) => a.start - b.start)) {
    const previous = merged[merged.length - 1];
    if (previous && span.start <= previous.end) previous.end = Math.max(previous.end, span.end);
    else merged.push({ ...span });
  }
  return merged;
}
