import {
  agreement,
  alphabet,
  fillers,
  homophones,
  letterNames,
  marks,
  multiples,
  namesToo,
  noughts,
  repairs,
  teens,
  tens,
  units,
} from './spokenWords.ts';
import type { Token } from './tokens.ts';

/**
 * A piece of text as it would be written: digits, letters or a mark, with the words it was said or written with.
 * `double five` is one glyph `55` over two words; `m as in mike` is `m` over four; `555-0123` is `5550123` over one.
 */
export interface Glyph {
  readonly from: number;
  readonly to: number;
  /** What it stands for, lower case, without separators. */
  readonly text: string;
  /**
   * - `digit`: one to nine, oh, double three; `pair`: ten to ninety-nine said as a number; `magnitude`: with hundred or more
   * - `written`: figures; `letter`: a spelled letter; `code`: a word of letters and figures
   * - `mark`: dot, at, dash ...; `filler`: uh, um; `repair`: no sorry, I mean; `word`: anything else
   */
  readonly kind:
    | 'digit'
    | 'pair'
    | 'magnitude'
    | 'written'
    | 'letter'
    | 'code'
    | 'mark'
    | 'filler'
    | 'repair'
    | 'word';
  /** The number that was said, for digit, pair, magnitude and plain written figures; otherwise NaN. */
  readonly value: number;
}

/** Whether a word can say nought inside a number: oh, nought, nil. */
export function isNought(key: string): boolean {
  return noughts.has(key);
}

/** Whether a word repeats the digit after it: double, triple. */
export function isMultiple(key: string): boolean {
  return Object.hasOwn(multiples, key);
}

/** Whether a word only fills a pause: uh, um. */
export function isFiller(key: string): boolean {
  return fillers.has(key);
}

const figures = /^\+?[#(]*\d[\d\s().,/\-–]*$/u;

function glyph(from: number, to: number, text: string, kind: Glyph['kind'], value = Number.NaN): Glyph {
  return { from, to, text, kind, value };
}

/** The letter a token spells, or ''. `a` and `i` count; the caller decides whether they are words. */
function letterOf(token: Token): string {
  if (/^[a-z]$/.test(token.key)) return token.key;
  return letterNames[token.key] ?? '';
}

/**
 * Reads tokens as what they stand for. Every token belongs to exactly one glyph, in order.
 * Numbers follow speech: `twenty two` is one pair, `five hundred` one magnitude, `double oh` is `00`.
 */
export function readGlyphs(tokens: readonly Token[]): Glyph[] {
  const glyphs: Glyph[] = [];
  const key = (i: number) => tokens[i]?.key ?? '';
  const isDigitWord = (i: number) => Object.hasOwn(units, key(i)) || /^\d$/.test(key(i));
  const isNumeric = (i: number) =>
    isDigitWord(i) || Object.hasOwn(teens, key(i)) || Object.hasOwn(tens, key(i)) || /^\d/.test(key(i));
  const last = () => glyphs[glyphs.length - 1];
  const lastSaid = () => {
    let at = glyphs.length - 1;
    while (at >= 0 && glyphs[at]!.kind === 'filler') at--;
    return glyphs[at];
  };
  const inNumber = () => {
    const kind = last()?.kind;
    return kind === 'digit' || kind === 'pair' || kind === 'written' || kind === 'magnitude';
  };
  /** Whether a digit was said before a filler, a correction, a mark or the listener's "yeah". */
  const afterPause = () => {
    let at = glyphs.length - 1;
    while (
      at >= 0 &&
      glyphs.length - at < 4 &&
      (glyphs[at]!.kind !== 'word' || agreement.has(glyphs[at]!.text))
    ) {
      if (/^(?:digit|pair|written)$/.test(glyphs[at]!.kind)) return at < glyphs.length - 1;
      if (glyphs[at]!.kind === 'letter') return false;
      at--;
    }
    return false;
  };
  /** Whether a number goes on after a filler, a correction or the listener's "yeah": "oh uh two three". */
  const beforePause = (at: number) => {
    let next = at + 1;
    const paused = (n: number) =>
      isFiller(key(n)) ||
      /^(?:no|sorry|wait|mean|dash|then|-)$/.test(key(n) || (tokens[n]?.text ?? '')) ||
      (key(n) === 'i' && key(n + 1) === 'mean') ||
      (agreement.has(key(n)) && tokens[n]!.segment !== tokens[at]!.segment);
    while (next < tokens.length && next - at < 4 && paused(next)) next++;
    return (
      next > at + 1 && (isNumeric(next) || noughts.has(key(next)) || Object.hasOwn(multiples, key(next)))
    );
  };
  let i = 0;
  while (i < tokens.length) {
    const token = tokens[i]!;
    const next = key(i + 1);
    const found =
      multiple(i) ??
      spelled(i) ??
      number(i) ??
      compound(i) ??
      written(token) ??
      repair(i) ??
      symbol(i) ??
      plain(token, next);
    glyphs.push(found);
    i = found.to;
  }
  return glyphs;

  /** double five, triple oh, double l */
  function multiple(at: number): Glyph | undefined {
    const times = multiples[key(at)];
    if (times === undefined) return undefined;
    const next = tokens[at + 1];
    if (!next) return undefined;
    const digit = Object.hasOwn(units, next.key)
      ? String(units[next.key])
      : noughts.has(next.key)
        ? '0'
        : /^\d$/.test(next.key)
          ? next.key
          : '';
    if (digit !== '') return glyph(at, at + 2, digit.repeat(times), 'digit');
    if (next.key === 'u' && times === 2) return glyph(at, at + 2, 'w', 'letter');
    const letter = /^[a-z]$/.test(next.key) ? next.key : '';
    return letter === '' ? undefined : glyph(at, at + 2, letter.repeat(times), 'letter');
  }

  /** m as in mike, s for sugar, capital j */
  function spelled(at: number): Glyph | undefined {
    const letter = letterOf(tokens[at]!);
    if (letter === '') {
      if (/^(?:capital|uppercase|lowercase)$/.test(key(at)) && /^[a-z]$/.test(key(at + 1)))
        return glyph(at, at + 2, key(at + 1), 'letter');
      return undefined;
    }
    const starts = (n: number) => key(n).startsWith(letter) && key(n).length > 2;
    if (key(at + 1) === 'as' && key(at + 2) === 'in' && starts(at + 3))
      return glyph(at, at + 4, letter, 'letter');
    if (
      (key(at + 1) === 'for' || key(at + 1) === 'like') &&
      starts(at + 2) &&
      letter !== 'i' &&
      letter !== 'a'
    )
      return glyph(at, at + 3, letter, 'letter');
    return undefined;
  }

  function number(at: number): Glyph | undefined {
    const word = key(at);
    const unit = units[word];
    const nextIsScale = (n: number) => /^(?:hundred|thousand)$/.test(key(n));
    if (unit !== undefined) {
      if (nextIsScale(at + 1) && unit > 0) {
        const scale = key(at + 1) === 'hundred' ? 100 : 1000;
        return glyph(at, at + 2, String(unit * scale), 'magnitude', unit * scale);
      }
      return glyph(at, at + 1, String(unit), 'digit', unit);
    }
    const teen = teens[word];
    if (teen !== undefined) {
      if (nextIsScale(at + 1)) {
        const scale = key(at + 1) === 'hundred' ? 100 : 1000;
        return glyph(at, at + 2, String(teen * scale), 'magnitude', teen * scale);
      }
      return glyph(at, at + 1, String(teen), 'pair', teen);
    }
    const ten = tens[word];
    if (ten !== undefined) {
      const low = units[key(at + 1)];
      // "twenty two" is one pair, "twenty, two" and "twenty two two" (with a comma) are not.
      if (low !== undefined && low > 0 && !/[,;]/.test(tokens[at]!.after))
        return nextIsScale(at + 2) && key(at + 2) === 'hundred'
          ? glyph(at, at + 3, String((ten + low) * 100), 'magnitude', (ten + low) * 100)
          : glyph(at, at + 2, String(ten + low), 'pair', ten + low);
      return glyph(at, at + 1, String(ten), 'pair', ten);
    }
    const joined = /^([a-z]+)-([a-z]+)$/.exec(word);
    if (joined) {
      const high = tens[joined[1]!];
      const low = units[joined[2]!];
      if (high !== undefined && low !== undefined)
        return glyph(at, at + 1, String(high + low), 'pair', high + low);
    }
    // "k one a oh b one": inside a code, between letters or at its end.
    const following = tokens[isFiller(key(at + 1)) ? at + 2 : at + 1];
    const inCode =
      word === 'oh' &&
      lastSaid()?.kind === 'letter' &&
      (/^[b-hj-z]$/.test(following?.key ?? '') ||
        Object.hasOwn(alphabet, following?.key ?? '') ||
        (glyphs.slice(-4).some(({ kind }) => kind === 'digit') &&
          (following === undefined ||
            following.segment !== tokens[at]!.segment ||
            letterOf(following) !== '')));
    if (
      noughts.has(word) &&
      (inCode ||
        inNumber() ||
        afterPause() ||
        beforePause(at) ||
        isNumeric(at + 1) ||
        noughts.has(key(at + 1)) ||
        Object.hasOwn(multiples, key(at + 1)))
    )
      return glyph(at, at + 1, '0', 'digit', 0);
    const homophone = homophones[word];
    if (
      homophone !== undefined &&
      last()?.kind === 'digit' &&
      glyphs[glyphs.length - 2]?.kind === 'digit' &&
      isDigitWord(at + 1) &&
      isDigitWord(at + 2)
    )
      return glyph(at, at + 1, homophone, 'digit', Number(homophone));
    return undefined;
  }

  /** Hyphenated spelling: s-m-i-t-h, five-five-five-oh-one. */
  function compound(at: number): Glyph | undefined {
    const parts = key(at).split(/[-.]/).filter(Boolean);
    if (parts.length < 2) return undefined;
    // "BR-E-N-T-W-O-O-D": recognisers write two letters as one now and then, but in capitals.
    const joined =
      tokens[at]!.casing === 'upper' ? parts.filter((part) => /^[a-z]{2,3}$/.test(part)).length : 0;
    if (
      parts.length > 2 &&
      parts.filter((part) => /^[a-z]$/.test(part)).length + joined === parts.length &&
      2 * joined <= parts.length
    )
      return glyph(at, at + 1, parts.join(''), 'letter');
    const digits = parts.map((part) =>
      Object.hasOwn(units, part) ? String(units[part]) : noughts.has(part) ? '0' : '',
    );
    return digits.every((digit) => digit !== '') ? glyph(at, at + 1, digits.join(''), 'digit') : undefined;
  }

  function written(token: Token): Glyph | undefined {
    const { core } = token;
    if (!/\d/.test(core)) return undefined;
    // 555-123-4567x89: an extension joined to its number.
    if (figures.test(core) || /^\+?[\d().\-/]{7,}(?:x|ext\.?)\d+$/i.test(core)) {
      const digits = core.replace(/\D/g, '');
      return glyph(
        token.index,
        token.index + 1,
        digits,
        'written',
        /^\d+$/.test(core) ? Number(core) : Number.NaN,
      );
    }
    // 3rd, 90s, 10am, 5k and 34-year-old are words.
    if (
      /^\d+(?:st|nd|rd|th|s|am|pm|k|m|x|d|px|ms|kg|km|mb|gb)$/.test(token.key) ||
      /\d-[a-z]{3,}|[a-z]{5,}-\d/.test(token.key)
    )
      return undefined;
    const compact = token.key.replace(/[-–./#:]/g, '');
    return /^[a-z0-9]+$/.test(compact) ? glyph(token.index, token.index + 1, compact, 'code') : undefined;
  }

  function repair(at: number): Glyph | undefined {
    for (const phrase of repairs) {
      if (phrase.every((word, n) => key(at + n) === word))
        return glyph(at, at + phrase.length, phrase.join(' '), 'repair');
    }
    return undefined;
  }

  function symbol(at: number): Glyph | undefined {
    const word = key(at);
    if (word === 'at' && /^(?:sign|symbol)$/.test(key(at + 1))) return glyph(at, at + 2, '@', 'mark');
    if ((word === 'forward' || word === 'back') && key(at + 1) === 'slash')
      return glyph(at, at + 2, '/', 'mark');
    if (word === 'full' && key(at + 1) === 'stop') return glyph(at, at + 2, '.', 'mark');
    if (word === 'hyphen' || Object.hasOwn(marks, word)) {
      const sign = word === 'dot' || word === 'dash' ? 0 : /^(?:sign|symbol)$/.test(key(at + 1)) ? 1 : 0;
      return glyph(at, at + 1 + sign, marks[word]!, 'mark');
    }
    const bare = tokens[at]!.text;
    if (/^[@._\-–/+:#]$/.test(bare)) return glyph(at, at + 1, bare === '–' ? '-' : bare, 'mark');
    return undefined;
  }

  function plain(token: Token, next: string): Glyph {
    const { index } = token;
    const letter = letterOf(token);
    if (letter !== '') return glyph(index, index + 1, letter, 'letter');
    const phonetic = alphabet[token.key];
    if (phonetic !== undefined && isSpelling(token, next)) return glyph(index, index + 1, phonetic, 'letter');
    if (isFiller(token.key)) return glyph(index, index + 1, token.key, 'filler');
    return glyph(index, index + 1, token.key, 'word');
  }

  /** Whether a word of the phonetic alphabet stands for its letter: beside letters, or beside digits if it is no name. */
  function isSpelling({ index, key: word }: Token, next: string): boolean {
    const before = lastSaid();
    let at = index + 1;
    while (isFiller(key(at))) at++;
    const goesOn = at > index + 1 ? key(at) : next;
    if (before?.kind === 'letter' || Object.hasOwn(alphabet, goesOn) || /^[a-z]$/.test(goesOn)) return true;
    const afterDigits = /^(?:digit|pair|written)$/.test(before?.kind ?? '');
    let afterNought = at + 1;
    while (isFiller(key(afterNought))) afterNought++;
    if (namesToo.has(word))
      return afterDigits && (isDigitWord(at) || glyphs.slice(-12).some(({ kind }) => kind === 'letter'));
    return (
      afterDigits ||
      isDigitWord(at) ||
      (noughts.has(key(at)) &&
        (isNumeric(afterNought) ||
          noughts.has(key(afterNought)) ||
          Object.hasOwn(alphabet, key(afterNought)) ||
          Object.hasOwn(multiples, key(afterNought))))
    );
  }
}
