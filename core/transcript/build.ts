import type { RecognizedSegment } from '../recognizer/recognized.ts';
import { sliceAcoustics } from './acoustics.ts';
import { idOf } from './ids.ts';
import { type Segment, TRANSCRIPT_VERSION, type Transcript, type Word } from './schema.ts';
import { shareTime, singleLine, splitTypedText } from './typedWords.ts';

/**
 * A silence this long, in seconds, ends a transcript segment. The recogniser's segments leave silences out and may hold
 * words that were said minutes apart; a reader takes them for separate turns.
 */
export const TURN_PAUSE = 2;

export interface Recognition {
  /** What the transcript calls the recording: a file name without folders. */
  readonly recordingName: string;
  /** Seconds. */
  readonly duration: number;
  /** ISO 639-1 code. */
  readonly language: string;
  readonly model: Transcript['model'];
  /** In the order of the recording. */
  readonly recognized: readonly RecognizedSegment[];
}

/**
 * The transcript of what was recognised: no speakers, no entities. Times are clamped to the segment and the recording
 * and never run backwards; segments without words are left out, and those with a pause of 2 s are cut there. Ids
 * count from 1 in order, so the same recognition always gives the same document.
 */
export function transcriptFromRecognition(recognition: Recognition): Transcript {
  const { duration, recognized } = recognition;
  const segments: Segment[] = [];
  let wordNumber = 0;
  let cursor = 0;
  for (const heard of recognized) {
    const from = Math.min(Math.max(heard.start, cursor), duration);
    const to = Math.min(Math.max(heard.end, from), duration);
    const words: Word[] = [];
    cursor = from;
    for (const word of heard.words) {
      const start = Math.min(Math.max(word.start, cursor), to);
      const end = Math.min(Math.max(word.end, start), to);
      const texts = splitTypedText(word.text);
      const times = shareTime({ start, end }, texts);
      for (const [index, text] of texts.entries()) {
        wordNumber += 1;
        words.push({
          id: idOf('word', wordNumber),
          text,
          ...times[index]!,
          confidence: Math.min(Math.max(word.confidence, 0), 1),
          speaker: null,
        });
      }
      cursor = end;
    }
    const turns = splitAtPauses(words);
    for (const [index, turn] of turns.entries()) {
      const start = index === 0 ? from : turn[0]!.start;
      const end = index === turns.length - 1 ? to : turn.at(-1)!.end;
      segments.push({
        id: idOf('segment', segments.length + 1),
        start,
        end,
        words: turn,
        ...sliceAcoustics(heard, start, end),
      });
    }
    cursor = to;
  }
  return {
    format: 'sotto-transcript',
    version: TRANSCRIPT_VERSION,
    recording: { name: singleLine(recognition.recordingName), duration },
    language: recognition.language,
    model: recognition.model,
    speakers: [],
    segments,
    entities: [],
  };
}

/** The words of one recognised segment by the segments that they become in a transcript; their ids mean nothing. */
export function turnsOf(recognized: RecognizedSegment): (readonly Word[])[] {
  const alone = {
    recordingName: '',
    duration: Number.POSITIVE_INFINITY,
    language: '',
    model: { pack: '', sha256: '' },
    recognized: [recognized],
  };
  return transcriptFromRecognition(alone).segments.map(({ words }) => words);
}

function splitAtPauses(words: readonly Word[]): Word[][] {
  const turns: Word[][] = [];
  for (const word of words) {
    const turn = turns.at(-1);
    if (turn === undefined || word.start - turn.at(-1)!.end >= TURN_PAUSE) turns.push([word]);
    else turn.push(word);
  }
  return turns;
}
