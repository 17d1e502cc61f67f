import { comparisonKeys, isDistinctive } from '../../core/redaction/distinctive.ts';
import { ReadableText } from '../../core/redaction/readableText.ts';
import { soundsOf } from '../../core/redaction/soundsLike.ts';
import { readGlyphs } from '../../core/redaction/spoken.ts';
import { fold, type Token, tokenize } from '../../core/redaction/tokens.ts';
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
  readonly tokens: readonly Token[];
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
  return { text, word, tokens };
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

/** Names, of which other words than those that were said tell nothing; figures and addresses are told by any of them. */
const NAMES: ReadonlySet<Label> = new Set(['PERSON', 'ORG', 'LOCATION', 'NRP']);

/**
 * Which values of what was said can be read in a text that was made of it, and how: by half of their letters or more where
 * they were said (in runs of three at least), or anywhere in a form in which Sotto's leak check would know them. A text that is no running text of what
 * was said (`artefact`) is searched in the second way only.
 *
 * Of a name that has words which tell it apart those alone count: who reads "police department" reads no "Guyana Police
 * Department". And letters do not count that stand in a common word which was not said: nobody reads "Slovak" in "slow
 * back"; unless it is heard like the name ("combo" for Kombo).
 */
export function survivors(
  said: readonly string[],
  values: readonly SpokenValue[],
  text: string,
  artefact = false,
): (Survival | null)[] {
  const readable = new ReadableText(text);
  const source = lettersOf(said);
  const written = lettersOf(artefact ? [] : text.split(/\s+/).filter(Boolean));
  const { kept } = artefact ? { kept: [] } : align(source.text, written.text);
  return values.map(({ from, to, labels }) => {
    const keys = said.slice(from, to).flatMap(comparisonKeys);
    for (const label of labels)
      for (const { form } of readable.readings({ label, keys }, () => false)) return form;
    if (artefact) return null;
    const isName = labels.every((label) => NAMES.has(label));
    // "Máté" is no "mate".
    const telling = (word: number) =>
      isDistinctive(comparisonKeys(said[word]!)) ||
      /[^\p{ASCII}]/u.test(said[word]!.normalize('NFC').replace(/[^\p{L}]/gu, ''));
    const anyTells = isName && said.slice(from, to).some((_, i) => telling(from + i));
    const own = source.word.flatMap((word, i) =>
      word >= from && word < to && (!anyTells || telling(word)) ? [i] : [],
    );
    const places = own.map((i) => kept[i]!);
    const alike = isName && heardAlike(own.map((i) => source.text[i]!).join(''), places, written);
    const counted = places.map((at) =>
      at >= 0 && isName && !alike && isOtherWord(written.tokens[written.word[at]!]!, keys) ? -1 : at,
    );
    return shareInRuns(counted) >= READABLE ? 'in place' : null;
  });
}

/** Whether a written word is a common one, and none of a value's own. A capital inside a sentence makes it a name. */
function isOtherWord({ core, casing, starts }: Token, value: readonly string[]): boolean {
  const keys = comparisonKeys(core);
  const named = casing === 'mixed' || casing === 'upper' || (casing === 'initial' && !starts);
  return !named && !isDistinctive(keys) && !keys.some((key) => value.includes(key));
}

/** Whether the words in which the letters of a name stand are heard as the name. */
function heardAlike(name: string, places: readonly number[], { text, word }: Letters): boolean {
  const found = places.filter((at) => at >= 0).map((at) => word[at]!);
  const [first, last] = [Math.min(...found), Math.max(...found)];
  const stretch = [...text].filter((_, i) => word[i]! >= first && word[i]! <= last).join('');
  const sounds = soundsOf(stretch);
  return soundsOf(name).some((code) => sounds.includes(code));
}

/** Whether no alias stands where the values were said: whatever was written there, who hears the recording hears them. */
export function openPlaces(said: readonly string[], values: readonly SpokenValue[], text: string): boolean[] {
  const source = lettersOf(said);
  const { masked } = align(source.text, lettersOf(text.split(/\s+/).filter(Boolean)).text);
  return values.map(({ from, to }) => !source.word.some((word, i) => word >= from && word < to && masked[i]));
}
