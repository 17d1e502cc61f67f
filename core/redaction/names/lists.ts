import { inflateSync } from 'node:zlib';
import { forenames } from './forenames.ts';
import { places } from './places.ts';
import { surnames } from './surnames.ts';
import { words } from './words.ts';

/** How common a word is: `lower` 0 to 9, a step is a factor of about 3; `capital` is the share of capitalised use, 0 to 9. */
export interface WordUse {
  readonly lower: number;
  readonly capital: number;
}

/** What the shipped lists know of a folded word; see models/training/names/build.py for how they were made. */
export interface NameLists {
  /** Frequency bucket of a forename, 0 to 9, a step is a factor of about 3. */
  readonly forenames: ReadonlyMap<string, number>;
  readonly surnames: ReadonlyMap<string, number>;
  /** `c` city, `s` state or region, `n` nation; keys of several words are written with blanks. */
  readonly places: ReadonlyMap<string, string>;
  readonly words: ReadonlyMap<string, WordUse>;
  /** How many words the longest place that begins with this word has. */
  readonly placeLengths: ReadonlyMap<string, number>;
}

/** Undoes the front coding of a list: one line is the shared prefix's length in base 36, the rest and `tail` value characters. */
function unpack<T>(base64: string, tail: number, value: (text: string) => T): Map<string, T> {
  const entries = new Map<string, T>();
  let previous = '';
  for (const line of inflateSync(Buffer.from(base64, 'base64')).toString('utf8').split('\n')) {
    const key = previous.slice(0, Number.parseInt(line[0]!, 36)) + line.slice(1, line.length - tail);
    entries.set(key, value(line.slice(line.length - tail)));
    previous = key;
  }
  return entries;
}

let loaded: NameLists | undefined;

/** The shipped lists, unpacked at the first call (about 0.1 s) and kept. */
export function nameLists(): NameLists {
  if (loaded) return loaded;
  const placeKinds = unpack(places, 1, (kind) => kind);
  const placeLengths = new Map<string, number>();
  for (const place of placeKinds.keys()) {
    const parts = place.split(' ');
    placeLengths.set(parts[0]!, Math.max(parts.length, placeLengths.get(parts[0]!) ?? 0));
  }
  loaded = {
    forenames: unpack(forenames, 1, Number),
    surnames: unpack(surnames, 1, Number),
    places: placeKinds,
    words: unpack(words, 2, (text) => ({ lower: Number(text[0]), capital: Number(text[1]) })),
    placeLengths,
  };
  return loaded;
}
