import type { Label } from '../transcript/schema.ts';
import { isDistinctive, isOrdinary } from './distinctive.ts';
import { readRuns } from './runs.ts';
import { bySound, soundsLike, soundsOf } from './soundsLike.ts';
import { type Glyph, readGlyphs } from './spoken.ts';
import { fold, splitWords, type Token, tokenize } from './tokens.ts';

/** A value that nobody may read. */
export interface Secret {
  readonly label: Label;
  /** Folded words. */
  readonly keys: readonly string[];
}

/** A place at which a value can be read. */
export interface Reading {
  /** In the text, in characters. */
  readonly offset: number;
  readonly form: 'exact' | 'digits' | 'spelled' | 'sounds alike';
}

/** Digits from which on a number is searched for by itself; a shorter one (a year, a PIN, an age) is found by its context. */
const shortestNumber = 6;

/** The text of a finished artefact, indexed for all ways in which a value can be read in it. */
export class ReadableText {
  /** The text without aliases, fonts and style sheets, its offsets as they were. */
  readonly text: string;
  private readonly keys: string[] = [];
  private readonly offsets: number[] = [];
  private readonly places = new Map<string, number[]>();
  private readonly compact: string;
  private readonly compactOffsets: number[] = [];
  private readonly digitRuns: { text: string; offset: number }[] = [];
  private readonly spelled: { text: string; offset: number }[] = [];
  private sounds: Map<string, string[]> | null = null;

  constructor(artefact: string) {
    const text = withoutFurniture(artefact);
    this.text = text;
    for (const match of text.matchAll(/[\p{L}\p{N}]+(?:['’][\p{L}]+)*/gu)) {
      const key = fold(match[0]).replace(/'s$/, '');
      const list = this.places.get(key);
      if (list) list.push(this.keys.length);
      else this.places.set(key, [this.keys.length]);
      this.keys.push(key);
      this.offsets.push(match.index);
    }
    let compact = '';
    this.keys.forEach((key, i) => {
      for (let n = 0; n < key.length; n++) this.compactOffsets.push(this.offsets[i]!);
      compact += key;
    });
    this.compact = compact;
    // Figures joined by the separators that numbers are written with; clock times and decimals are none of them.
    for (const match of text.matchAll(/\+?\(?\d[\d ().\-/\u00a0]*\d/g)) {
      if (!/^\d+\.\d{1,3}$/.test(match[0]))
        this.digitRuns.push({ text: match[0].replace(/\D/g, ''), offset: match.index });
    }
    const words = splitWords(text.replace(/[<>{}"=:;,[\]()]/g, ' '));
    const tokens = tokenize(words);
    const glyphs = readGlyphs(tokens);
    for (const run of readRuns(tokens, glyphs, false)) {
      if (run.text.length >= shortestNumber && run.glyphs.some(({ kind }) => kind !== 'written'))
        this.digitRuns.push({ text: run.text, offset: words[run.from]!.start });
    }
    let letters = '';
    let start = 0;
    for (const item of glyphs) {
      if (item.kind === 'letter') {
        if (letters === '') start = words[item.from]!.start;
        letters += item.text;
        continue;
      }
      if (letters.length > 3) this.spelled.push({ text: letters, offset: start });
      letters = '';
    }
    if (letters.length > 3) this.spelled.push({ text: letters, offset: start });
  }

  /**
   * Where a value can be read: as written, in other casing, with other separators, digits said as words, words spelled in
   * letters, names in a near spelling that sounds the same. A value of common words or of a few digits is not searched for.
   * @param isKept whether folded words stay readable by decision.
   */
  *readings({ label, keys }: Secret, isKept: (value: string) => boolean): Generator<Reading> {
    const value = keys.join(' ');
    if (isKept(value)) return;
    if (isDistinctive(keys)) {
      for (const offset of this.find(keys)) yield { offset, form: 'exact' };
      if (value.length >= 8 && (keys.length > 1 || /\d/.test(value)) && !isKept(keys.join('')))
        yield* at(this.findCompact(keys.join('')), 'exact');
    }
    if (label === 'PERSON') {
      for (const key of keys) {
        if (isOrdinary(key) || isKept(key)) continue;
        for (const offset of this.find([key])) yield { offset, form: 'exact' };
        if (key.length > 3) yield* at(this.findSpelled(key), 'spelled');
        for (const { offset, key: heard } of this.findAlike(key))
          if (!isKept(heard)) yield { offset, form: 'sounds alike' };
      }
    }
    const { digits, letters } = spokenValue(keys);
    if (digits.length >= shortestNumber) yield* at(this.findDigits(digits), 'digits');
    if (letters.length > 3 && !isOrdinary(letters) && !isKept(letters)) {
      for (const offset of this.find([letters])) yield { offset, form: 'spelled' };
      yield* at(this.findSpelled(letters), 'spelled');
    }
  }

  /** Offsets at which the words stand one after another. */
  find(keys: readonly string[]): number[] {
    return (this.places.get(keys[0]!) ?? [])
      .filter((at) => keys.every((key, n) => this.keys[at + n] === key))
      .map((at) => this.offsets[at]!);
  }

  /** Offset of the value written with other separators or none, from a word's start to a word's end, or -1. */
  private findCompact(value: string): number {
    for (let at = this.compact.indexOf(value); at >= 0; at = this.compact.indexOf(value, at + 1)) {
      const end = at + value.length;
      const starts = at === 0 || this.compactOffsets[at] !== this.compactOffsets[at - 1];
      const ends = end === this.compact.length || this.compactOffsets[end] !== this.compactOffsets[end - 1];
      if (starts && ends) return this.compactOffsets[at]!;
    }
    return -1;
  }

  /** Words that no list knows in lower case and that are heard like the name. */
  private findAlike(name: string): { offset: number; key: string }[] {
    this.sounds ??= bySound(this.places.keys());
    const near = new Set(soundsOf(name).flatMap((code) => this.sounds!.get(code) ?? []));
    return [...near]
      .filter((key) => soundsLike(key, name))
      .flatMap((key) => this.places.get(key)!.map((at) => ({ offset: this.offsets[at]!, key })));
  }

  private findDigits(digits: string): number {
    return this.digitRuns.find(({ text }) => text.includes(digits))?.offset ?? -1;
  }

  private findSpelled(word: string): number {
    return this.spelled.find(({ text }) => text.includes(word))?.offset ?? -1;
  }
}

function* at(offset: number, form: Reading['form']): Generator<Reading> {
  if (offset >= 0) yield { offset, form };
}

/** Aliases, fonts and style sheets hold no transcript; they are blanked so that offsets stay. */
function withoutFurniture(text: string): string {
  return text.replace(
    /\[[A-Z_]+_\d+\]|<style[\s>][\s\S]*?<\/style>|font-family:[^;}"]*|<w:rFonts[^>]*>|typeface="[^"]*"|<w:lsdException[^>]*>/g,
    (found) => ' '.repeat(found.length),
  );
}

/** What a value reads as once number words are digits and spelled letters a word. */
function spokenValue(keys: readonly string[]): { digits: string; letters: string } {
  const glyphs = readGlyphs(tokensOf(keys));
  const join = (kinds: readonly Glyph['kind'][]) =>
    glyphs
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ text }) => text)
      .join('');
  const letters = glyphs.every(({ kind }) => kind === 'letter' || kind === 'filler') ? join(['letter']) : '';
  return { digits: join(['digit', 'pair', 'magnitude', 'written']), letters };
}

function tokensOf(keys: readonly string[]): Token[] {
  return tokenize(keys.map((text) => ({ text, segment: 0, confidence: null })));
}
