import type { DetectorWord } from '../detector.ts';
import { FIRST_PIECE, SEPARATOR_PIECE, type WordPieces } from './wordPieces.ts';

/** What the head is told of a word beside its pieces. */
export const FEATURES = 7;

/** The text side of what the head reads at once; N pieces, W words. */
export interface Row {
  /** Ids [N]: [CLS], the words' pieces, [SEP] between turns and at the end. */
  readonly pieces: readonly number[];
  /** The word of each piece [N]; -1 for [CLS] and [SEP]. */
  readonly word: readonly number[];
  /** [W, 7] */
  readonly features: Float32Array;
}

/** Pieces that each word costs in a row: its own, and a separator before it where a turn begins. */
export function pieceCosts(words: readonly DetectorWord[], pieces: WordPieces): number[] {
  return words.map((word, i) => pieces.of(word.text).length + Number(beginsTurn(words, i)));
}

/**
 * Lays words out as the head reads them (data.py, `lay_out` and `features`).
 * @param longestPause seconds; what the first word is given, and longer pauses are alike.
 */
export function rowOf(words: readonly DetectorWord[], pieces: WordPieces, longestPause: number): Row {
  const ids = [FIRST_PIECE];
  const owner = [-1];
  for (const [i, { text }] of words.entries()) {
    if (beginsTurn(words, i)) {
      ids.push(SEPARATOR_PIECE);
      owner.push(-1);
    }
    for (const id of pieces.of(text)) {
      ids.push(id);
      owner.push(i);
    }
  }
  ids.push(SEPARATOR_PIECE);
  owner.push(-1);
  return { pieces: ids, word: owner, features: featuresOf(words, longestPause) };
}

function beginsTurn(words: readonly DetectorWord[], i: number): boolean {
  return i > 0 && words[i]!.segment !== words[i - 1]!.segment;
}

/** Casing, figures, confidence and the pause before each word. */
function featuresOf(words: readonly DetectorWord[], longestPause: number): Float32Array {
  const table = new Float32Array(words.length * FEATURES);
  for (const [i, { text, confidence, time }] of words.entries()) {
    const letters = text.match(/\p{L}/gu) ?? [];
    const capitals = letters.map((letter) => /\p{Uppercase}/u.test(letter));
    const features = [
      Number(capitals[0] === true),
      Number(letters.length > 1 && capitals.every(Boolean)),
      Number(/[\p{Nd}²³¹⁰⁴-⁹₀-₉]/u.test(text)),
    ];
    if (confidence === null) features.push(0, 0);
    else features.push(1, confidence);
    if (time) {
      const before = words[i - 1]?.time;
      const pause = before ? time.start - before.end : longestPause;
      features.push(1, Math.min(longestPause, Math.max(0, pause)));
    }
    table.set(features, i * FEATURES);
  }
  return table;
}
