import type { Label } from '../../transcript/schema.ts';
import type { DetectedSpan, DetectorWord } from '../detector.ts';
import { type Run, readRuns } from '../runs.ts';
import { type Glyph, readGlyphs } from '../spoken.ts';
import { type Token, tokenize } from '../tokens.ts';

/** The words as tokens, as glyphs, and as runs of digits and of letters and digits; read once for all recognisers. */
export interface Reading {
  readonly tokens: readonly Token[];
  readonly glyphs: readonly Glyph[];
  /** glyphOf[i] is the index of the glyph that token i belongs to. */
  readonly glyphOf: readonly number[];
  readonly digits: readonly Run[];
  readonly codes: readonly Run[];
}

const readings = new WeakMap<readonly DetectorWord[], Reading>();

/** Reads the words; all detectors that are given the same array share one reading. */
export function readWords(words: readonly DetectorWord[]): Reading {
  const known = readings.get(words);
  if (known) return known;
  const tokens = tokenize(words);
  const glyphs = readGlyphs(tokens);
  const glyphOf = tokens.map(() => 0);
  glyphs.forEach((item, index) => {
    for (let i = item.from; i < item.to; i++) glyphOf[i] = index;
  });
  const reading: Reading = {
    tokens,
    glyphs,
    glyphOf,
    digits: readRuns(tokens, glyphs, false),
    codes: readRuns(tokens, glyphs, true),
  };
  readings.set(words, reading);
  return reading;
}

/** A family of recognisers of structured data. */
export type Recogniser = (reading: Reading) => DetectedSpan[];

/** A span found by a rule; the score is the rule's precision where it was measured (see README.md). */
export function ruleSpan(from: number, to: number, label: Label, rule: string, score: number): DetectedSpan {
  return { from, to, label, detector: 'rules', rule, score };
}
