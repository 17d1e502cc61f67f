import { nameLists } from './names/lists.ts';

/** Endings that make another form of a word, and what to put in their place to get the word back. */
const ENDINGS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/'?s$/, ['']],
  [/ies$/, ['y']],
  [/es$/, ['']],
  [/i?ed$/, ['', 'e', 'y']],
  [/ing$/, ['', 'e']],
  [/i?(?:er|est)s?$/, ['', 'e', 'y']],
  [/i?ly$/, ['', 'y']],
  [/(?:ment|ness|less|ful|able|ion|or|ist|ism|man|men)s?$/, ['', 'e']],
];
const BEGINNINGS = /^(?:un|re|in|dis|non|over|under|out|mis|pre|self)-?/;

/** Letters that each half of a compound has at least, and how common it is in lower case: "mari" and "pos" make none. */
const SHORTEST_HALF = 4;
const COMMON_HALF = 1;

/**
 * Whether a folded word is one of English, as far as the word list tells: it stands there, or a form of it does, or it
 * is made of two that do ("barbershop"). What a recogniser writes that is none is mostly a name that it does not know.
 */
export function isKnownWord(key: string): boolean {
  return isForm(key) || (BEGINNINGS.test(key) && isForm(key.replace(BEGINNINGS, ''))) || isCompound(key);
}

function isListed(key: string): boolean {
  return nameLists().words.has(key);
}

function isForm(key: string): boolean {
  if (isListed(key)) return true;
  return ENDINGS.some(([ending, stems]) => {
    if (!ending.test(key)) return false;
    const rest = key.replace(ending, '');
    // "herds" is of "herd", but "us" is not of "u"; "stopped" is of "stop".
    const bare = rest.replace(/([b-df-hj-np-tv-z])\1$/, '$1');
    return rest.length > 2 && [...stems.map((stem) => rest + stem), bare].some(isListed);
  });
}

function isCompound(key: string): boolean {
  const parts = key.split('-');
  if (parts.length > 1) return parts.every((part) => part.length > 0 && isForm(part));
  for (let at = SHORTEST_HALF; at <= key.length - SHORTEST_HALF; at++)
    if (isCommon(key.slice(0, at)) && isCommon(key.slice(at).replace(/s$/, ''))) return true;
  return false;
}

function isCommon(key: string): boolean {
  return (nameLists().words.get(key)?.lower ?? -1) >= COMMON_HALF;
}
