import { doubleMetaphone } from 'double-metaphone';
import { nameLists } from './names/lists.ts';

/** Letters that a spelling may differ by: one in a short name, two from six letters on. */
const allowedEdits = (length: number) => (length < 6 ? 1 : 2);

/**
 * Whether two folded names are heard as one and spelled almost so: "sara" and "sarah", "stephen" and "steven". Both need
 * four letters; names of three sound like too much else.
 */
export function soundsLike(a: string, b: string): boolean {
  if (a === b || Math.min(a.length, b.length) < 4 || !isPlain(a) || !isPlain(b)) return false;
  const limit = allowedEdits(Math.min(a.length, b.length));
  if (Math.abs(a.length - b.length) > limit || edits(a, b) > limit) return false;
  const codes = soundsOf(b);
  return soundsOf(a).some((code) => codes.includes(code));
}

/** The ways a folded name is heard, as double metaphone codes it: names that {@link soundsLike} each other share one. */
export function soundsOf(name: string): string[] {
  return isPlain(name) && name.length > 3
    ? [...new Set(doubleMetaphone(name))].filter((code) => code.length > 1)
    : [];
}

/** Folded words by the ways they are heard; words that are said for other reasons are left out, their sound tells nothing. */
export function bySound(words: Iterable<string>): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const word of words) {
    if (isKnownWord(word)) continue;
    for (const code of soundsOf(word)) {
      const list = found.get(code);
      if (list) list.push(word);
      else found.set(code, [word]);
    }
  }
  return found;
}

function isKnownWord(key: string): boolean {
  return (nameLists().words.get(key)?.lower ?? -1) >= 1;
}

const isPlain = (name: string) => /^[a-z]+$/.test(name);

/** Levenshtein distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
