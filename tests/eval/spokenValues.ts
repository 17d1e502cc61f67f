import { comparisonKeys } from '../../core/redaction/distinctive.ts';
import { ReadableText } from '../../core/redaction/readableText.ts';
import { readGlyphs } from '../../core/redaction/spoken.ts';
import { fold, tokenize } from '../../core/redaction/tokens.ts';
import type { Label } from '../../core/transcript/schema.ts';

/** A personal value in what was really said. */
export interface SpokenValue {
  /** Words `[from, to)` of what was said. */
  readonly from: number;
  readonly to: number;
  /** What it may be; where the source does not say which, several. */
  readonly labels: readonly Label[];
}

/** Share of a value's letters and figures from which on it can be read where it was said. */
const READABLE = 0.5;
/** Letters that must stand one after another to count: of anything written nearby some are the same by chance. */
const SHORTEST_RUN = 3;

/** Stands for everything under one alias. */
const MASK = '\u0000';

/** How a stretch of what was said, word by word, reads in a text. */
interface Letters {
  readonly text: string;
  /** The word that each letter comes from. */
  readonly word: readonly number[];
}

/**
 * Words as bare letters and figures, so that "five five five", "555" and "5-5-5", or "P A T" and "Pat", are alike.
 * Fillers are left out, aliases are one {@link MASK}.
 */
export function lettersOf(words: readonly string[]): Letters {
  const tokens = tokenize(words.map((text) => ({ text, segment: 0, confidence: null })));
  let text = '';
  const word: number[] = [];
  for (const glyph of readGlyphs(tokens)) {
    if (glyph.kind === 'filler') continue;
    const aliased = /\[[A-Z_]+_\d+\]/.test(tokens[glyph.from]!.text);
    const written = glyph.kind === 'word' || glyph.kind === 'repair' ? tokens[glyph.from]!.core : glyph.text;
    const bare = aliased ? MASK : fold(written).replace(/[^\p{L}\p{N}@]/gu, '');
    for (let i = 0; i < bare.length; i++) word.push(glyph.from);
    text += bare;
  }
  return { text, word };
}

/** What it costs to put a letter under an alias: little, so that aliases take what nothing else explains. */
const UNDER_ALIAS = 0.1;

/** What became of each letter that was said. */
interface Alignment {
  /** Where it stands in what was written, or -1. */
  readonly kept: readonly number[];
  /** Whether an alias stands for it. */
  readonly masked: readonly boolean[];
}

/** The cheapest alignment of letters said and written (Levenshtein; an alias takes any number of letters). */
export function align(said: string, written: string): Alignment {
  const width = written.length + 1;
  const costs = new Float64Array((said.length + 1) * width);
  // Down: a letter of `said` is missing or under an alias; across: one of `written` is new; else the two are one.
  const DOWN = 1;
  const ACROSS = 2;
  const moves = new Uint8Array(costs.length);
  for (let i = 0; i <= said.length; i++) {
    for (let j = 0; j <= written.length; j++) {
      const at = i * width + j;
      if (at === 0) continue;
      const alias = written[j - 1] === MASK;
      const together = alias ? UNDER_ALIAS : Number(said[i - 1] !== written[j - 1]);
      let cost = i > 0 && j > 0 ? costs[at - width - 1]! + together : Infinity;
      let move = 0;
      const down = i > 0 ? costs[at - width]! + (alias ? UNDER_ALIAS : 1) : Infinity;
      if (down < cost) [cost, move] = [down, DOWN];
      const across = j > 0 ? costs[at - 1]! + (alias ? 0 : 1) : Infinity;
      if (across < cost) [cost, move] = [across, ACROSS];
      costs[at] = cost;
      moves[at] = move;
    }
  }
  const kept = new Array<number>(said.length).fill(-1);
  const masked = new Array<boolean>(said.length).fill(false);
  let i = said.length;
  let j = written.length;
  while (i > 0 || j > 0) {
    const move = moves[i * width + j]!;
    if (move === ACROSS) {
      j--;
      continue;
    }
    i--;
    masked[i] = written[j - 1] === MASK;
    if (move === DOWN) continue;
    j--;
    if (said[i] === written[j]) kept[i] = j;
  }
  return { kept, masked };
}

/** Share of a value's letters, given where each stands, that stand in runs long enough not to be chance. */
function shareInRuns(kept: readonly number[]): number {
  const shortest = Math.min(SHORTEST_RUN, kept.length);
  let inRuns = 0;
  for (let from = 0; from < kept.length; ) {
    let to = from + 1;
    while (kept[from]! >= 0 && to < kept.length && kept[to] === kept[to - 1]! + 1) to++;
    if (kept[from]! >= 0 && to - from >= shortest) inRuns += to - from;
    from = to;
  }
  return kept.length === 0 ? 0 : inRuns / kept.length;
}

/** How a value can be read in a text. */
export type Survival = 'in place' | 'exact' | 'digits' | 'spelled' | 'sounds alike';

/**
 * Which values of what was said can be read in a text that was made of it, and how: by half of their letters or more where
 * they were said (in runs of three at least), or anywhere in a form in which Sotto's leak check would know them. A text that is no running text of what
 * was said (`artefact`) is searched in the second way only.
 */
export function survivors(
  said: readonly string[],
  values: readonly SpokenValue[],
  text: string,
  artefact = false,
): (Survival | null)[] {
  const readable = new ReadableText(text);
  const source = lettersOf(said);
  const { kept } = artefact
    ? { kept: [] }
    : align(source.text, lettersOf(text.split(/\s+/).filter(Boolean)).text);
  return values.map(({ from, to, labels }) => {
    const keys = said.slice(from, to).flatMap(comparisonKeys);
    for (const label of labels)
      for (const { form } of readable.readings({ label, keys }, () => false)) return form;
    if (artefact) return null;
    const own = source.word.flatMap((word, i) => (word >= from && word < to ? [kept[i]!] : []));
    return shareInRuns(own) >= READABLE ? 'in place' : null;
  });
}

/** Whether no alias stands where the values were said: whatever was written there, who hears the recording hears them. */
export function openPlaces(said: readonly string[], values: readonly SpokenValue[], text: string): boolean[] {
  const source = lettersOf(said);
  const { masked } = align(source.text, lettersOf(text.split(/\s+/).filter(Boolean)).text);
  return values.map(({ from, to }) => !source.word.some((word, i) => word >= from && word < to && masked[i]));
}
