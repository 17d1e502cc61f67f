import type { ShareableTranscript } from '../redaction/shareable.ts';
import { joinWords, separator } from '../transcript/text.ts';
import { shareTime } from '../transcript/typedWords.ts';
import { milliseconds } from './times.ts';

/** Two lines of 42 characters, at most six seconds: the usual limits of subtitling houses (BBC, Netflix). */
const LINE_WIDTH = 42;
const MAX_SECONDS = 6;
/** A cue is shown at least this long where the next one leaves room. */
const MIN_SECONDS = 1;
/** Silence after which a cue never goes on, in seconds. */
const LONG_PAUSE = 1.5;

/** A caption on the screen; times in whole milliseconds. */
export interface Cue {
  readonly start: number;
  readonly end: number;
  readonly speaker: string | null;
  /** One or two. */
  readonly lines: readonly string[];
}

/** What is never broken: a word, an alias, or a piece of a word that is longer than a line. */
interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts a transcript into cues, broken where sentences, clauses and pauses end, in order and never overlapping. A masked
 * span is one token and stays whole.
 * @param labelled puts `Name: ` before the first words of each turn, for formats that cannot say who speaks.
 */
export function captions(transcript: ShareableTranscript, labelled: boolean): Cue[] {
  const cues: Cue[] = [];
  let previousSpeaker: string | null = null;
  for (const segment of transcript.segments) {
    const words = segment.words.flatMap(tokensOf);
    const label =
      labelled && segment.speaker !== null && segment.speaker !== previousSpeaker && words.length > 0
        ? `${segment.speaker}:`
            .split(' ')
            .map((text) => ({ text, start: words[0]!.start, end: words[0]!.start }))
        : [];
    previousSpeaker = segment.speaker;
    for (const tokens of cut([...label, ...words], transcript.language)) {
      cues.push({
        start: milliseconds(tokens[0]!.start),
        end: milliseconds(tokens.at(-1)!.end),
        speaker: segment.speaker,
        lines: wrap(tokens, transcript.language),
      });
    }
  }
  return timed(cues);
}

function tokensOf(word: ShareableTranscript['segments'][number]['words'][number]): Token[] {
  if (word.masked !== null || displayWidth(word.text) <= LINE_WIDTH) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const character of word.text) {
    if (displayWidth(piece + character) > LINE_WIDTH) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  pieces.push(piece);
  const times = shareTime(word, pieces);
  return pieces.map((text, index) => ({ text, ...times[index]! }));
}

/** The cheapest way to cut tokens into cues, by dynamic programming over where cues end. */
function cut(tokens: readonly Token[], language: string): Token[][] {
  const ruler = new Ruler(tokens, language);
  const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }];
  for (let to = 1; to <= tokens.length; to += 1) {
    let choice = { cost: Number.POSITIVE_INFINITY, from: to - 1 };
    for (let from = to - 1; from >= 0; from -= 1) {
      // A single token is always a cue, whatever its length; longer ones only within the limits.
      if (from < to - 1 && !belongTogether(tokens, ruler, from, to)) break;
      const cost = best[from]!.cost + cueCost(tokens, ruler, from, to);
      if (cost < choice.cost) choice = { cost, from };
    }
    best.push(choice);
  }
  const cues: Token[][] = [];
  for (let to = tokens.length; to > 0; to = best[to]!.from) cues.unshift(tokens.slice(best[to]!.from, to));
  return cues;
}

function belongTogether(tokens: readonly Token[], ruler: Ruler, from: number, to: number): boolean {
  const pause = tokens[from + 1]!.start - tokens[from]!.end;
  const duration = tokens[to - 1]!.end - tokens[from]!.start;
  return pause < LONG_PAUSE && duration <= MAX_SECONDS && ruler.lineBreak(from, to) !== null;
}

/** Costs were set by reading captions of real talk: a cue should end with a sentence, then a clause, then a pause. */
function cueCost(tokens: readonly Token[], ruler: Ruler, from: number, to: number): number {
  const last = tokens[to - 1]!;
  const next = tokens[to];
  const duration = last.end - tokens[from]!.start;
  const hurry = 10 * Math.max(0, 1 - duration / MIN_SECONDS);
  const twoLines = ruler.width(from, to) > LINE_WIDTH ? 1 : 0;
  return 10 + hurry + twoLines + (next === undefined ? 0 : breakCost(last, next));
}

function breakCost(last: Token, next: Token): number {
  if (/[.?!…。？！]["'”’)\]]*$/u.test(last.text)) return 0;
  const pause = next.start - last.end >= 0.5 ? -3 : 0;
  return (/[,;:–—、，；：]["'”’)]*$/u.test(last.text) ? 5 : 12) + pause;
}

/** Widths of runs of tokens, in columns. */
class Ruler {
  private readonly tokens: readonly Token[];
  /** Columns of the first n tokens with the blanks before them. */
  private readonly total: number[] = [0];
  private readonly blank: number[] = [];

  constructor(tokens: readonly Token[], language: string) {
    this.tokens = tokens;
    for (const [index, { text }] of tokens.entries()) {
      const blank = index === 0 ? 0 : separator(tokens[index - 1]!.text, text, language).length;
      this.blank.push(blank);
      this.total.push(this.total[index]! + blank + displayWidth(text));
    }
  }

  width(from: number, to: number): number {
    return this.total[to]! - this.total[from]! - this.blank[from]!;
  }

  /**
   * Where the second line of `[from, to)` begins (`to` when one line is enough), or null when two lines do not hold it.
   * The lines are as even as can be, but a line that ends with a clause may be 8 columns off.
   */
  lineBreak(from: number, to: number): number | null {
    if (this.width(from, to) <= LINE_WIDTH) return to;
    if (this.width(from, to) > 2 * LINE_WIDTH + 1) return null;
    let best: number | null = null;
    let bestCost = Number.POSITIVE_INFINITY;
    for (let at = from + 1; at < to; at += 1) {
      const [upper, lower] = [this.width(from, at), this.width(at, to)];
      if (upper > LINE_WIDTH || lower > LINE_WIDTH) continue;
      const cost = Math.abs(upper - lower) - (/[,;:.?!]$/.test(this.tokens[at - 1]!.text) ? 8 : 0);
      if (cost < bestCost) [best, bestCost] = [at, cost];
    }
    return best;
  }
}

function wrap(tokens: readonly Token[], language: string): string[] {
  const at = new Ruler(tokens, language).lineBreak(0, tokens.length) ?? tokens.length;
  return [tokens.slice(0, at), tokens.slice(at)]
    .filter((line) => line.length > 0)
    .map((line) =>
      joinWords(
        line.map(({ text }) => text),
        language,
      ),
    );
}

/** Columns that a text takes: East Asian characters two, combining marks none. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}/u.test(character)) continue;
    width +=
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

/**
 * Cues as they are shown: each at least a second where there is room, none longer than six, none before the one
 * before it has gone. Words that share a moment (put in by hand) get a millisecond each.
 */
function timed(cues: readonly Cue[]): Cue[] {
  let cursor = 0;
  return cues.map((cue, index) => {
    const start = Math.max(cue.start, cursor);
    const next = cues[index + 1]?.start ?? Number.POSITIVE_INFINITY;
    const shown = Math.min(Math.max(cue.end, start + MIN_SECONDS * 1000), next, start + MAX_SECONDS * 1000);
    const end = Math.max(shown, start + 1);
    cursor = end;
    return { ...cue, start, end };
  });
}
