import { recordingTime, type SpeechSegment, segmentDuration } from '../audio/segment.ts';
import { attentionMatrix } from './attentionMatrix.ts';
import { STATES_PER_SECOND } from './encoder.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { RecognizedWord, SpelledWord } from './recognized.ts';
import { Silence } from './silence.ts';
import { firstColumns } from './timeWarping.ts';
import type { Tokenizer } from './tokenizer.ts';
import { splitWords } from './wordTokens.ts';

/** Seconds in a segment. */
interface Span {
  start: number;
  end: number;
}

interface WordContext {
  readonly tokenizer: Tokenizer;
  readonly language: string;
  /** Alignment heads in the hypothesis' attention. */
  readonly heads: number;
  /** Tokens before the text. */
  readonly prompt: number;
}

/** Words of a hypothesis with their times in the recording and their confidence. */
export function recognizedWords(
  hypothesis: Hypothesis,
  segment: SpeechSegment,
  context: WordContext,
): RecognizedWord[] {
  return spelledWords(hypothesis, segment, context, 0).map(({ word }) => word);
}

/**
 * As {@link recognizedWords}, with the tokens of each word, punctuation included, and their log-probabilities.
 * @param known text tokens whose words are not wanted.
 */
export function spelledWords(
  hypothesis: Hypothesis,
  segment: SpeechSegment,
  context: WordContext,
  known: number,
): SpelledWord[] {
  const { tokens, logProbabilities } = hypothesis;
  if (tokens.length <= known) return [];
  const words = splitWords(context.tokenizer, tokens.slice(known), context.language)
    .map(({ text, from, to }) => ({ text: text.trim(), from: from + known, to: to + known }))
    .filter(({ text }) => text !== '');
  const times = tokenTimes(hypothesis, context, segmentDuration(segment));
  const silence = new Silence(segment.samples);
  let begin = known;
  return words.map(({ text, from, to }, i) => {
    const logs = logProbabilities.slice(from, to);
    const mean = logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length);
    const span = { start: times[from]!, end: times[to]! };
    const end = words[i + 1]?.from ?? tokens.length;
    const spelled = {
      word: {
        text,
        ...inRecording(segment, silence.trim(span)),
        confidence: Math.min(1, Math.exp(mean)),
      },
      tokens: tokens.slice(begin, end),
      logProbabilities: logProbabilities.slice(begin, end),
    };
    begin = end;
    return spelled;
  });
}

/** Start of every token in seconds of the segment, and the last one's end: tokens + 1 times, never falling. */
function tokenTimes(
  hypothesis: Hypothesis,
  context: { heads: number; prompt: number },
  duration: number,
): number[] {
  const { attention, tokens } = hypothesis;
  const states = attention[0]!.length / context.heads;
  const matrix = attentionMatrix(attention, context.heads, states);
  // The line of a token says where the next one is heard, so the first text token's is the prompt's last.
  const first = context.prompt - 1;
  const rows = attention.length - first;
  const cost = matrix.subarray(first * states).map((value) => -value);
  const columns = firstColumns(cost, rows, states);
  return Array.from({ length: tokens.length + 1 }, (_, i) =>
    i < rows ? Math.min(columns[i]! / STATES_PER_SECOND, duration) : duration,
  );
}

/** A word lies in one piece of the recording: the one with the most of it. Otherwise it would span a silence. */
function inRecording(segment: SpeechSegment, span: Span): Span {
  let best = segment.pieces[0]!;
  let most = -Infinity;
  for (const piece of segment.pieces) {
    const overlap = Math.min(span.end, piece.offset + piece.duration) - Math.max(span.start, piece.offset);
    if (overlap > most) {
      most = overlap;
      best = piece;
    }
  }
  const inside = (time: number) => Math.min(Math.max(time - best.offset, 0), best.duration);
  const start = recordingTime(segment, best.offset) + inside(span.start);
  return { start, end: Math.max(start, best.start + inside(span.end)) };
}
