import { recordingTime, type SpeechSegment, segmentDuration } from '../audio/segment.ts';
import { attentionMatrix } from './attentionMatrix.ts';
import { STATES_PER_SECOND } from './encoder.ts';
import type { Hypothesis } from './hypothesis.ts';
import type { RecognizedWord } from './recognized.ts';
import { Silence } from './silence.ts';
import { firstColumns } from './timeWarping.ts';
import type { Tokenizer } from './tokenizer.ts';
import { splitWords } from './wordTokens.ts';

/** Seconds in a segment. */
interface Span {
  start: number;
  end: number;
}

/**
 * Words of a hypothesis with their times in the recording and their confidence.
 * @param heads alignment heads in the hypothesis' attention.
 * @param prompt tokens before the text.
 */
export function recognizedWords(
  hypothesis: Hypothesis,
  segment: SpeechSegment,
  context: { tokenizer: Tokenizer; language: string; heads: number; prompt: number },
): RecognizedWord[] {
  const { tokens, logProbabilities } = hypothesis;
  if (tokens.length === 0) return [];
  const words = splitWords(context.tokenizer, tokens, context.language);
  const times = tokenTimes(hypothesis, context, segmentDuration(segment));
  const spans = words.map((word) => ({ start: times[word.from]!, end: times[word.to]! }));
  const silence = new Silence(segment.samples);
  const recognized: RecognizedWord[] = [];
  words.forEach((word, i) => {
    const text = word.text.trim();
    if (text === '') return;
    const logs = logProbabilities.slice(word.from, word.to);
    const mean = logs.reduce((sum, value) => sum + value, 0) / Math.max(1, logs.length);
    recognized.push({
      text,
      ...inRecording(segment, silence.trim(spans[i]!)),
      confidence: Math.min(1, Math.exp(mean)),
    });
  });
  return recognized;
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
