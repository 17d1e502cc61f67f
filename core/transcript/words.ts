import type { TimeSpan } from '../audio/timeSpan.ts';
import { freshIds } from './ids.ts';
import { placeOfWord, requireWords, withSegment, wordsOf } from './locate.ts';
import { replaceRuns } from './replace.ts';
import type { Transcript, Word } from './schema.ts';
import { carryEntities } from './spans.ts';
import { shareTime, splitTypedText } from './typedWords.ts';

/** Seconds that a typed character takes at most where a word is put into a gap; brisk speech has about 15 a second. */
const CHARACTER_SECONDS = 0.1;
/** Seconds; in less than this nobody says a word. */
const SHORTEST_GAP = 0.08;

/**
 * Puts typed text in the place of a word, as {@link replaceRuns} does; a blank text deletes it.
 * @throws RangeError when the word does not exist.
 */
export function replaceWord(transcript: Transcript, wordId: string, text: string): Transcript {
  return replaceRuns(transcript, [{ words: [wordId], text }]);
}

/**
 * Notes that a person has heard these words and says that they are right.
 * @throws RangeError when a word does not exist.
 */
export function confirmWords(transcript: Transcript, wordIds: readonly string[]): Transcript {
  const chosen = new Set(wordIds);
  requireWords(transcript, chosen);
  const doubted = ({ id, confidence }: Word) => chosen.has(id) && confidence !== null && confidence < 1;
  if (!wordsOf(transcript).some(doubted)) return transcript;
  const segments = transcript.segments.map((segment) =>
    segment.words.some(doubted)
      ? {
          ...segment,
          words: segment.words.map((word) => (doubted(word) ? { ...word, confidence: 1 } : word)),
        }
      : segment,
  );
  return { ...transcript, segments };
}

/**
 * Puts typed text beside a word, into its segment and with its speaker. The new words take time from the gap there; where
 * there is none they share the word's own time, in which they must have been said unheard. Between two words of an
 * entity they belong to it.
 * @throws RangeError when the word does not exist.
 */
export function insertWords(
  transcript: Transcript,
  wordId: string,
  side: 'before' | 'after',
  text: string,
): Transcript {
  const texts = splitTypedText(text);
  const place = placeOfWord(transcript, wordId);
  if (texts.length === 0) return transcript;
  const segment = transcript.segments[place.segment]!;
  const anchor = segment.words[place.word]!;
  const at = side === 'before' ? place.word : place.word + 1;
  const gap = {
    start: segment.words[at - 1]?.end ?? segment.start,
    end: segment.words[at]?.start ?? segment.end,
  };
  const { span, anchorTime } = timeBeside(anchor, gap, side, texts);
  const typed = typedWords(transcript, texts, span, anchor.speaker);
  const timed = { ...anchor, ...anchorTime };
  const words = [
    ...segment.words.slice(0, place.word),
    ...(side === 'before' ? [...typed, timed] : [timed, ...typed]),
    ...segment.words.slice(place.word + 1),
  ];
  const edited = withSegment(transcript, place.segment, { ...segment, words });

  const all = wordsOf(transcript);
  const index = all.findIndex(({ id }) => id === wordId) + (side === 'before' ? 0 : 1);
  const previous = all[index - 1]?.id;
  const next = all[index]?.id;
  return carryEntities(transcript, edited, (run) =>
    previous !== undefined && next !== undefined && run.includes(previous) && run.includes(next)
      ? run.flatMap((id) => (id === previous ? [id, ...typed.map((word) => word.id)] : [id]))
      : run,
  );
}

/**
 * Deletes words; a segment or an entity that is left without words goes too.
 * @throws RangeError when a word does not exist.
 */
export function deleteWords(transcript: Transcript, wordIds: readonly string[]): Transcript {
  const gone = new Set(wordIds);
  if (gone.size === 0) return transcript;
  requireWords(transcript, gone);
  const segments = transcript.segments
    .map((segment) =>
      segment.words.some(({ id }) => gone.has(id))
        ? { ...segment, words: segment.words.filter(({ id }) => !gone.has(id)) }
        : segment,
    )
    .filter(({ words }) => words.length > 0);
  return carryEntities(transcript, { ...transcript, segments }, (run) =>
    run.some((id) => gone.has(id)) ? run.filter((id) => !gone.has(id)) : run,
  );
}

/** Time for texts beside a word, and what is left of the word's own. */
function timeBeside(
  anchor: TimeSpan & { readonly text: string },
  gap: TimeSpan,
  side: 'before' | 'after',
  texts: readonly string[],
): { span: TimeSpan; anchorTime: TimeSpan } {
  const typed = texts.join('');
  const whole = { start: anchor.start, end: anchor.end };
  if (gap.end - gap.start >= SHORTEST_GAP) {
    const wanted = CHARACTER_SECONDS * [...typed].length;
    const span =
      side === 'before'
        ? { start: Math.max(gap.start, gap.end - wanted), end: gap.end }
        : { start: gap.start, end: Math.min(gap.end, gap.start + wanted) };
    return { span, anchorTime: whole };
  }
  if (side === 'before') {
    const [span, anchorTime] = shareTime(whole, [typed, anchor.text]);
    return { span: span!, anchorTime: anchorTime! };
  }
  const [anchorTime, span] = shareTime(whole, [anchor.text, typed]);
  return { span: span!, anchorTime: anchorTime! };
}

function typedWords(
  transcript: Transcript,
  texts: readonly string[],
  span: TimeSpan,
  speaker: string | null,
): Word[] {
  const freshId = freshIds(transcript, 'word');
  return shareTime(span, texts).map((time, index) => ({
    id: freshId(),
    text: texts[index]!,
    ...time,
    confidence: null,
    speaker,
  }));
}
