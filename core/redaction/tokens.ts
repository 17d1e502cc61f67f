import type { DetectorWord } from './detector.ts';

/** A transcript word prepared for matching. */
export interface Token {
  readonly index: number;
  /** As written, with punctuation. */
  readonly text: string;
  /** Without the punctuation around it, as written. */
  readonly core: string;
  /** `core` in lower case, without diacritics and without a possessive ending: `Sarah's` is `sarah`. */
  readonly key: string;
  /** Punctuation before and after `core`. */
  readonly before: string;
  readonly after: string;
  readonly possessive: boolean;
  readonly segment: number;
  readonly casing: 'lower' | 'initial' | 'upper' | 'mixed' | 'none';
  /** First of its sentence, as far as punctuation and segments tell. */
  readonly starts: boolean;
}

/** Characters that belong to a value rather than to the sentence when they stand at a word's edge. */
const leading = /^[^\p{L}\p{N}@+#$€£%]+/u;
const trailing = /[^\p{L}\p{N}%$€£+]+$/u;
const possessiveEnding = /(?:['’]s|s['’])$/iu;

/** Folds case and diacritics, so that `JOSÉ`, `José` and `jose` are one key. */
export function fold(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && !text.includes('`')) return text.toLowerCase();
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[øö]/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/æ/g, 'ae')
    .replace(/[’‘ʼ`´]/g, "'");
}

/** Splits a word into the punctuation before it, its core and the punctuation after it. */
export function splitPunctuation(text: string): { before: string; core: string; after: string } {
  const before = leading.exec(text)?.[0] ?? '';
  const rest = text.slice(before.length);
  const after = trailing.exec(rest)?.[0] ?? '';
  return { before, core: rest.slice(0, rest.length - after.length), after };
}

/** The possessive ending of a word's core, as written, or ''. */
export function possessiveOf(core: string): string {
  const match = /['’]s$/iu.exec(core);
  return match ? match[0] : '';
}

function casingOf(core: string): Token['casing'] {
  const letters = core.replace(/[^\p{L}]/gu, '');
  if (letters === '') return 'none';
  if (letters === letters.toLowerCase()) return 'lower';
  if (letters.length > 1 && letters === letters.toUpperCase()) return 'upper';
  if (/^\p{Lu}/u.test(letters)) return 'initial';
  return 'mixed';
}

/** Prepares words for the recognisers; token i is word i. */
export function tokenize(words: readonly DetectorWord[]): Token[] {
  let previous: Token | undefined;
  return words.map((word, index) => {
    const { before, core, after } = splitPunctuation(word.text);
    const possessive = possessiveEnding.test(`${core}${after.startsWith("'") ? "'" : ''}`);
    const starts =
      previous === undefined || previous.segment !== word.segment || /[.?!…:]["'”’)]*$/u.test(previous.text);
    previous = {
      index,
      text: word.text,
      core,
      key: fold(core).replace(/'s$/, ''),
      before,
      after,
      possessive,
      segment: word.segment,
      casing: casingOf(core),
      starts,
    };
    return previous;
  });
}

/** A word that a text is made of, with its place in the text. */
export interface TextWord extends DetectorWord {
  readonly start: number;
  readonly end: number;
}

/** Where one written word holds two: a capital after a sentence's end or a dash, a value after a label's colon. */
const innerBorder =
  /(?<=\p{L}[,;:)\]]|\p{L}[.!?]|\p{L}(?:--|—|–|…))(?=\p{Lu}\p{Ll})|(?<=\p{L}{2}[:=])(?=[^/\s])|(?<=\p{L}{2}\/)(?=\p{Lu}\p{Ll})|(?<=[\p{L}\d][—…])(?=[\p{L}\d])/u;

/** Splits running text into words at blanks, and where two words are written as one; all of it is one segment. */
export function splitWords(text: string): TextWord[] {
  const words: TextWord[] = [];
  for (const match of text.matchAll(/\S+/gu)) {
    let start = match.index;
    // Addresses of machines hold colons of their own.
    const whole = /^[0-9a-f:.%/]+$/i.test(match[0]) || match[0].includes('://');
    for (const piece of whole ? [match[0]] : match[0].split(innerBorder)) {
      words.push({ text: piece, segment: 0, confidence: null, start, end: start + piece.length });
      start += piece.length;
    }
  }
  return words;
}
