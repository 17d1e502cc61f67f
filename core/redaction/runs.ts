import { wordSet } from './phrases.ts';
import type { Glyph } from './spoken.ts';
import type { Token } from './tokens.ts';

/** What a listener says between two parts of a dictated number. */
const acknowledgements = new Set([
  'yeah',
  'yes',
  'yep',
  'okay',
  'ok',
  'right',
  'sure',
  'gotcha',
  'then',
  'and',
  'like',
]);

/** What the listener says at a turn of their own between two parts, read back and the speaker goes on. */
const listening = wordSet(`
  huh got it go ahead on all alright perfect great good thank thanks you next so what's that's the rest last mhm cool and um yup ready
  continue correct i see please`);

/** A run of glyphs read as one value. */
export interface Run {
  readonly from: number;
  readonly to: number;
  /** The characters, without separators. */
  readonly text: string;
  /** The glyphs that carry characters; fillers, separators and repairs inside the run are left out. */
  readonly glyphs: readonly Glyph[];
  /** How many characters it has at most: "twenty one" is 21 or 20, 1. */
  readonly longest: number;
  /** Whether a correction ("no, sorry, six") stands inside: the text is then longer than the value. */
  readonly repaired: boolean;
}

const numeric = new Set<Glyph['kind']>(['digit', 'pair', 'magnitude', 'written']);
const alphanumeric = new Set<Glyph['kind']>([...numeric, 'letter', 'code']);

/** Whether a glyph can stand between two parts of one dictated value; `turned` when the turn has changed since the first. */
function joins(item: Glyph, tokens: readonly Token[], letters: boolean, turned: boolean): boolean {
  if (item.kind === 'filler' || item.kind === 'repair') return true;
  if (item.kind === 'mark') return '-./ +:'.includes(item.text);
  if (item.kind !== 'word') return false;
  const { text, from } = item;
  if (turned && (listening.has(text) || acknowledgements.has(text))) return true;
  if (/^(?:area|code|extension|ext|x)$/.test(text)) return !letters;
  if (text === '' || text === ',') return true;
  return acknowledgements.has(text) && (!letters || text === 'and') && tokens[from] !== undefined;
}

/**
 * Maximal runs of digits (`letters` false), or of letters and digits (`letters` true), in what was said or written.
 * Fillers, said separators, corrections and a listener's "okay" may stand inside, at most three in a row; where the
 * listener has a turn of their own ("uh huh", "got it, go ahead"), five.
 */
export function readRuns(tokens: readonly Token[], glyphs: readonly Glyph[], letters: boolean): Run[] {
  const kinds = letters ? alphanumeric : numeric;
  const runs: Run[] = [];
  let i = 0;
  while (i < glyphs.length) {
    if (!kinds.has(glyphs[i]!.kind)) {
      i++;
      continue;
    }
    const parts: Glyph[] = [glyphs[i]!];
    let repaired = false;
    let end = i + 1;
    for (;;) {
      let next = end;
      const turn = tokens[parts[parts.length - 1]!.to - 1]!.segment;
      const turned = (item: Glyph) => tokens[item.from]!.segment !== turn;
      while (
        next < glyphs.length &&
        next - end < (turned(glyphs[next]!) ? 5 : 3) &&
        !kinds.has(glyphs[next]!.kind) &&
        joins(glyphs[next]!, tokens, letters, turned(glyphs[next]!))
      )
        next++;
      const part = glyphs[next];
      if (!part || !kinds.has(part.kind) || !continues(parts, part, glyphs.slice(end, next), tokens)) break;
      repaired ||= glyphs.slice(end, next).some((item) => item.kind === 'repair');
      parts.push(part);
      end = next + 1;
    }
    runs.push({
      from: parts[0]!.from,
      to: parts[parts.length - 1]!.to,
      text: parts.map((part) => part.text).join(''),
      glyphs: parts,
      longest: parts.reduce(
        (sum, { kind, from, to, text }) => sum + text.length + (isSplit(kind) && to - from === 2 ? 1 : 0),
        0,
      ),
      repaired,
    });
    i = end;
  }
  return runs;
}

const isSplit = (kind: Glyph['kind']) => kind === 'pair' || kind === 'magnitude';

/** Whether `part` goes on with the value so far: a sentence end, or "and" or "like" between whole numbers, parts them. */
function continues(
  parts: readonly Glyph[],
  part: Glyph,
  between: readonly Glyph[],
  tokens: readonly Token[],
): boolean {
  const previous = parts[parts.length - 1]!;
  const before = tokens[previous.to - 1]!;
  const longer = (item: Glyph) => item.kind === 'written' && item.text.length > 8;
  if (/[.?!]$/.test(before.after) && before.segment === tokens[part.from]!.segment && between.length === 0) {
    // "555. 0123." is how a recogniser writes pauses; two long numbers are two values.
    if (longer(previous) || longer(part)) return false;
  }
  if (longer(previous) && longer(part)) return false;
  // "12, 10115 Berlin": a comma between figures joins only groups of a size that numbers are written in, or goes on with
  // figures that stand one by one ("5 5 5, 0 1, 9 9").
  const odd = (item: Glyph) => item.kind === 'written' && (item.text.length > 4 || item.text.length < 3);
  if (
    /,$/.test(before.after) &&
    previous.kind === 'written' &&
    part.kind === 'written' &&
    (odd(previous) || odd(part)) &&
    !(parts.length > 1 && parts.slice(-2).every(({ text }) => text.length < 3) && part.text.length < 5) &&
    parts.length < 2
  )
    return false;
  // "k w z a g two hundred and sixty six": the number in a code goes on after its hundreds.
  const hundreds = previous.kind === 'magnitude' && parts.some(({ kind }) => kind === 'letter');
  if (
    !hundreds &&
    between.some((item) => /^(?:and|like)$/.test(item.text)) &&
    (part.kind !== 'digit' || previous.kind !== 'digit')
  )
    return false;
  return true;
}
