import { UserError } from '../errors.ts';
import { clockTime } from '../transcript/clockTime.ts';
import type { Label, Transcript, Word } from '../transcript/schema.ts';
import { isAnonymousSpeaker } from './aliases.ts';
import { comparisonKeys, isDistinctive, isOrdinary } from './distinctive.ts';
import { mask } from './mask.ts';
import { maskedEntities, masks, type Policy } from './policy.ts';
import { readRuns } from './runs.ts';
import { bySound, soundsLike, soundsOf } from './soundsLike.ts';
import { type Glyph, readGlyphs } from './spoken.ts';
import { fold, splitWords, type Token, tokenize } from './tokens.ts';

/** A masked value that can still be read in a finished artefact. It never holds the value. */
export interface Leak {
  readonly label: Label;
  /** Offset in the text that was checked, in characters. */
  readonly offset: number;
  /** How it can be read. */
  readonly form: 'exact' | 'digits' | 'spelled' | 'in context' | 'sounds alike';
  /** Where in the recording the readable words are said, or null where they are in no turn (a file name, a speaker's). */
  readonly seconds: number | null;
}

interface Secret {
  readonly label: Label;
  /** Folded words. */
  readonly keys: readonly string[];
}

/** Digits from which on a number is searched for by itself; a shorter one (a year, a PIN, an age) is found by its context. */
const shortestNumber = 6;
/**
 * Searches the text read back from a finished artefact for values that the policy masks: as written, in other casing,
 * with other separators, digits said as words, words spelled in letters, names in a near spelling that sounds the same.
 *
 * A masked name that is also an ordinary word ("Will") or a short number ("34") may stand elsewhere with good reason.
 * Such a value counts as a leak only where it stands between the words that stood around it in the transcript. What a
 * person has rejected, what the policy keeps under another label and what the allow list names is no leak.
 */
export function leakCheck(text: string, transcript: Transcript, policy: Policy): Leak[] {
  const readable = withoutFurniture(text);
  const place = new Artefact(readable);
  const wordings = keptWordings(transcript, policy);
  const isKept = (value: string) => wordings.some((wording) => wording.includes(` ${value} `));
  const leaks: Leak[] = [];
  const seen = new Set<string>();
  const report = (label: Label, offset: number, form: Leak['form']) => {
    if (offset < 0 || seen.has(`${label} ${offset}`)) return;
    seen.add(`${label} ${offset}`);
    leaks.push({ label, offset, form, seconds: null });
  };
  for (const { label, keys } of secrets(transcript, policy)) {
    const value = keys.join(' ');
    if (isKept(value)) continue;
    if (isDistinctive(keys)) {
      for (const offset of place.find(keys)) report(label, offset, 'exact');
      if (value.length >= 8 && (keys.length > 1 || /\d/.test(value)) && !isKept(keys.join('')))
        report(label, place.findCompact(keys.join('')), 'exact');
    }
    if (label === 'PERSON') {
      for (const key of keys) {
        if (isOrdinary(key) || isKept(key)) continue;
        for (const offset of place.find([key])) report(label, offset, 'exact');
        if (key.length > 3) report(label, place.findSpelled(key), 'spelled');
        for (const { offset, key: heard } of place.findAlike(key))
          if (!isKept(heard)) report(label, offset, 'sounds alike');
      }
    }
    const { digits, letters } = spokenValue(keys);
    if (digits.length >= shortestNumber) report(label, place.findDigits(digits), 'digits');
    if (letters.length > 3 && !isOrdinary(letters) && !isKept(letters)) {
      for (const offset of place.find([letters])) report(label, offset, 'spelled');
      report(label, place.findSpelled(letters), 'spelled');
    }
  }
  for (const { label, keys } of contexts(transcript, policy)) {
    for (const offset of place.find(keys)) report(label, offset, 'in context');
  }
  return leaks.length === 0 ? leaks : placed(leaks, readable, transcript, policy);
}

/** The leaks in order, each with the time at which its first word is said unmasked: as often said before in the text. */
function placed(leaks: readonly Leak[], text: string, transcript: Transcript, policy: Policy): Leak[] {
  const masked = new Set(maskedEntities(transcript, policy).flatMap(({ words }) => words));
  const times = new Map<string, number[]>();
  for (const { id, text: said, start } of textOf(transcript).values()) {
    if (masked.has(id)) continue;
    for (const key of comparisonKeys(said)) times.set(key, [...(times.get(key) ?? []), start]);
  }
  return [...leaks]
    .sort((a, b) => a.offset - b.offset)
    .map((leak) => {
      const [key] = comparisonKeys(text.slice(leak.offset, leak.offset + 60));
      const said = (key !== undefined && times.get(key)) || [];
      const before =
        said.length > 1
          ? comparisonKeys(text.slice(0, leak.offset)).filter((word) => word === key).length
          : 0;
      return { ...leak, seconds: said[Math.min(before, said.length - 1)] ?? null };
    });
}

/**
 * Refuses an artefact in which a masked value is still readable.
 * @throws UserError `leak`; it names the file and the kinds of data, never a value.
 */
export function assertNoLeak(text: string, transcript: Transcript, policy: Policy, file: string): void {
  const leaks = leakCheck(text, transcript, policy);
  if (leaks.length === 0) return;
  const kinds = [...new Set(leaks.map((leak) => leak.label))].join(', ');
  const values = leaks.length === 1 ? 'a masked value' : `${leaks.length} masked values`;
  const alike = leaks.every(({ form }) => form === 'sounds alike') ? 'something that sounds like ' : '';
  const times = [...new Set(leaks.flatMap(({ seconds }) => (seconds === null ? [] : [clockTime(seconds)])))];
  const where =
    times.length === 0
      ? 'rename the recording and the speakers, or mask the remaining places,'
      : `mask or reject what is said at ${times.slice(0, 5).join(', ')}${times.length > 5 ? ' and later' : ''}`;
  throw new UserError(
    'leak',
    `"${file}" was not written: it still holds ${alike}${values} (${kinds}); ${where} and export again.`,
  );
}

/** Aliases, fonts and style sheets hold no transcript; they are blanked so that offsets stay. */
function withoutFurniture(text: string): string {
  return text.replace(
    /\[[A-Z_]+_\d+\]|<style[\s>][\s\S]*?<\/style>|font-family:[^;}"]*|<w:rFonts[^>]*>|typeface="[^"]*"|<w:lsdException[^>]*>/g,
    (found) => ' '.repeat(found.length),
  );
}

function textOf(transcript: Transcript): Map<string, Word> {
  return new Map(transcript.segments.flatMap((segment) => segment.words.map((word) => [word.id, word])));
}

function secrets(transcript: Transcript, policy: Policy): Secret[] {
  const words = textOf(transcript);
  const found = maskedEntities(transcript, policy).map(({ label, words: ids }) => ({
    label,
    keys: ids.flatMap((id) => comparisonKeys(words.get(id)?.text ?? '')),
  }));
  if (masks(policy, 'PERSON')) {
    const allowed = new Set(policy.allow.map((phrase) => comparisonKeys(phrase).join(' ')));
    for (const { name } of transcript.speakers) {
      const keys = comparisonKeys(name);
      if (!isAnonymousSpeaker(name) && !allowed.has(keys.join(' '))) found.push({ label: 'PERSON', keys });
    }
  }
  const unique = new Map(
    found
      .filter(({ keys }) => keys.length > 0)
      .map((secret) => [`${secret.label} ${secret.keys.join(' ')}`, secret]),
  );
  return [...unique.values()];
}

/** Wordings that stay readable by decision: rejected, kept by the policy, or allowed; each between blanks. */
function keptWordings(transcript: Transcript, policy: Policy): string[] {
  const words = textOf(transcript);
  const masked = new Set(maskedEntities(transcript, policy).map(({ id }) => id));
  const kept = transcript.entities
    .filter(({ id }) => !masked.has(id))
    .map((entity) => entity.words.flatMap((id) => comparisonKeys(words.get(id)?.text ?? '')));
  const wordings = [...kept, ...policy.allow.map(comparisonKeys)].map((keys) => ` ${keys.join(' ')} `);
  return [...new Set(wordings)];
}

/** Each masked span between its neighbours, where that wording is not also in the masked transcript. */
function contexts(transcript: Transcript, policy: Policy): Secret[] {
  const shared = mask(transcript, policy).segments.flatMap((segment) =>
    segment.words.flatMap((word) => (word.masked ? ['\u0000'] : comparisonKeys(word.text))),
  );
  const visible = ` ${shared.join(' ')} `;
  const all = transcript.segments.flatMap((segment) => segment.words);
  const place = new Map(all.map((word, index) => [word.id, index]));
  const masked = new Map(
    maskedEntities(transcript, policy).flatMap((entity) => entity.words.map((id) => [id, entity.id])),
  );
  const found: Secret[] = [];
  for (const { label, words: ids } of maskedEntities(transcript, policy)) {
    const first = place.get(ids[0]!);
    const last = place.get(ids[ids.length - 1]!);
    if (first === undefined || last === undefined) continue;
    const near = (index: number) => {
      const word = all[index];
      return word && !masked.has(word.id) ? comparisonKeys(word.text) : [];
    };
    const before = near(first - 1);
    const after = near(last + 1);
    const value = all.slice(first, last + 1).flatMap((word) => comparisonKeys(word.text));
    // A span of mere punctuation says nothing that could be read again.
    if (before.length === 0 || after.length === 0 || value.length === 0) continue;
    const keys = [...before, ...value, ...after];
    if (!visible.includes(` ${keys.join(' ')} `)) found.push({ label, keys });
  }
  return found;
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

/** The text of an artefact, indexed for the searches of the leak check. */
class Artefact {
  private readonly keys: string[] = [];
  private readonly offsets: number[] = [];
  private readonly places = new Map<string, number[]>();
  private readonly compact: string;
  private readonly compactOffsets: number[] = [];
  private readonly digitRuns: { text: string; offset: number }[] = [];
  private readonly spelled: { text: string; offset: number }[] = [];
  private sounds: Map<string, string[]> | null = null;

  constructor(text: string) {
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

  /** Offsets at which the words stand one after another. */
  find(keys: readonly string[]): number[] {
    return (this.places.get(keys[0]!) ?? [])
      .filter((at) => keys.every((key, n) => this.keys[at + n] === key))
      .map((at) => this.offsets[at]!);
  }

  /** Offset of the value written with other separators or none, from a word's start to a word's end, or -1. */
  findCompact(value: string): number {
    for (let at = this.compact.indexOf(value); at >= 0; at = this.compact.indexOf(value, at + 1)) {
      const end = at + value.length;
      const starts = at === 0 || this.compactOffsets[at] !== this.compactOffsets[at - 1];
      const ends = end === this.compact.length || this.compactOffsets[end] !== this.compactOffsets[end - 1];
      if (starts && ends) return this.compactOffsets[at]!;
    }
    return -1;
  }

  /** Words that no list knows in lower case and that are heard like the name. */
  findAlike(name: string): { offset: number; key: string }[] {
    this.sounds ??= bySound(this.places.keys());
    const near = new Set(soundsOf(name).flatMap((code) => this.sounds!.get(code) ?? []));
    return [...near]
      .filter((key) => soundsLike(key, name))
      .flatMap((key) => this.places.get(key)!.map((at) => ({ offset: this.offsets[at]!, key })));
  }

  findDigits(digits: string): number {
    return this.digitRuns.find(({ text }) => text.includes(digits))?.offset ?? -1;
  }

  findSpelled(word: string): number {
    return this.spelled.find(({ text }) => text.includes(word))?.offset ?? -1;
  }
}
