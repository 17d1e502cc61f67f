import type { Replacement } from './replace.ts';
import type { Segment, Transcript } from './schema.ts';
import { separator } from './text.ts';

export interface FindOptions {
  readonly matchCase: boolean;
  /** Only where no letter or digit goes on; in scripts without blanks this finds nothing inside a sentence. */
  readonly wholeWords: boolean;
}

/** A place where the text is found, in one segment. */
export interface Match {
  readonly segment: string;
  /** The words it lies in, in order. */
  readonly words: readonly string[];
  /** Characters of the first word before it. */
  readonly before: string;
  /** Characters of the last word after it. */
  readonly after: string;
}

/** A segment's text as it is searched, with the word and the character of it that each character came from. */
interface Searchable {
  readonly exact: string;
  readonly folded: string;
  /** For each character of `exact`: index of its word, -1 for a blank, and its offset there. */
  readonly wordOf: Int32Array;
  readonly offset: Int32Array;
  /** For each character of `folded`, the place in `exact`. */
  readonly place: Int32Array;
}

const searchable = new WeakMap<Segment, Searchable>();

/** Every place that says `query`, in order, not overlapping; case and accents are ignored unless `matchCase`. */
export function findText(transcript: Transcript, query: string, options: FindOptions): Match[] {
  const wanted = query.trim().replace(/\s+/gu, ' ');
  const needle = options.matchCase ? wanted : foldCharacters(wanted).folded;
  if (needle === '') return [];
  return transcript.segments.flatMap((segment) => matchesIn(segment, transcript.language, needle, options));
}

/** What to put in place of the matches so that each says `text`; matches that share a word become one replacement. */
export function replacementsFor(
  transcript: Transcript,
  matches: readonly Match[],
  text: string,
): Replacement[] {
  const texts = new Map(
    transcript.segments.flatMap((segment) => segment.words.map((word) => [word.id, word.text] as const)),
  );
  const groups: Match[][] = [];
  for (const match of matches) {
    const group = groups.at(-1);
    if (group?.at(-1)?.words.at(-1) === match.words[0]) group?.push(match);
    else groups.push([match]);
  }
  return groups.map((group) => {
    let typed = group[0]!.before;
    group.forEach((match, index) => {
      typed += text;
      const next = group[index + 1];
      const shared = texts.get(match.words.at(-1)!) ?? '';
      typed += next ? shared.slice(shared.length - match.after.length, next.before.length) : match.after;
    });
    return { words: [...new Set(group.flatMap(({ words }) => words))], text: typed };
  });
}

function matchesIn(segment: Segment, language: string, needle: string, options: FindOptions): Match[] {
  const text = searchableOf(segment, language);
  const hay = options.matchCase ? text.exact : text.folded;
  const placeOf = (index: number) => (options.matchCase ? index : text.place[index]!);
  const matches: Match[] = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
    const from = placeOf(at);
    const last = placeOf(at + needle.length - 1);
    if (options.wholeWords && (joined(text.exact, from) || joined(text.exact, last + 1))) continue;
    const [first, end] = [text.wordOf[from]!, text.wordOf[last]!];
    const words = segment.words.slice(first, end + 1);
    matches.push({
      segment: segment.id,
      words: words.map(({ id }) => id),
      before: words[0]!.text.slice(0, text.offset[from]),
      after: words[words.length - 1]!.text.slice(text.offset[last]! + 1),
    });
  }
  return matches;
}

/** Whether a letter or digit goes on across the border before `at`. */
function joined(text: string, at: number): boolean {
  const wordlike = /[\p{L}\p{N}\p{M}]/u;
  return at > 0 && at < text.length && wordlike.test(text[at - 1]!) && wordlike.test(text[at]!);
}

function searchableOf(segment: Segment, language: string): Searchable {
  const known = searchable.get(segment);
  if (known) return known;
  let exact = '';
  const wordOf: number[] = [];
  const offset: number[] = [];
  segment.words.forEach(({ text }, index) => {
    if (index > 0 && separator(segment.words[index - 1]!.text, text, language) === ' ') {
      exact += ' ';
      wordOf.push(-1);
      offset.push(0);
    }
    exact += text;
    for (let character = 0; character < text.length; character += 1) {
      wordOf.push(index);
      offset.push(character);
    }
  });
  const { folded, place } = foldCharacters(exact);
  const made = { exact, folded, place, wordOf: Int32Array.from(wordOf), offset: Int32Array.from(offset) };
  searchable.set(segment, made);
  return made;
}

/** Lower case without accents, with the place that each character came from: folding may change lengths. */
function foldCharacters(text: string): { folded: string; place: Int32Array } {
  let folded = '';
  const place: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character
      .normalize('NFKD')
      .replace(/\p{M}+/gu, '')
      .toLowerCase()
      .replace(/[’‘ʼ]/gu, "'");
    folded += plain;
    for (let index = 0; index < plain.length; index += 1) place.push(at);
    at += character.length;
  }
  return { folded, place: Int32Array.from(place) };
}
