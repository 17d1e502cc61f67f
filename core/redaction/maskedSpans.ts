import { mergeSpans, type TimeSpan } from '../audio/timeSpan.ts';
import { UserError } from '../errors.ts';
import type { Entity, Transcript } from '../transcript/schema.ts';
import { maskedEntities, type Policy } from './policy.ts';

/**
 * Seconds by which what the head listened to may widen what is bleeped: the times of words err by 0.1 s (standard
 * deviation), and what lies further off is another word.
 */
const MOST_WIDENED = 0.25;

/**
 * The stretches of the recording in which masked values are said, from the first word's start to the last one's end, in
 * order and merged where they touch; not yet padded. Where the head listened to sound just before or after the words, that
 * is theirs, too. A value that the recogniser gave no duration is taken to fill the
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
    if (end > start) return widened({ start, end }, entity, transcript.recording.duration);
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
  return mergeSpans(spans);
}

function widened({ start, end }: TimeSpan, { heard }: Entity, duration: number): TimeSpan {
  if (!heard) return { start, end };
  return {
    start: Math.min(start, Math.max(heard.start, start - MOST_WIDENED, 0)),
    end: Math.max(end, Math.min(heard.end, end + MOST_WIDENED, duration)),
  };
}
