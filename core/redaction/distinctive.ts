import { nameLists } from './names/lists.ts';
import { isNumberWord } from './numerals.ts';
import { fold, possessiveOf } from './tokens.ts';

/** A word at least this often in lower case (bucket of the word list) is an ordinary word, also where a name is spelled like it. */
const ordinary = 2;
const saidInNumbers = /^(?:oh|hundred|thousand|double|triple|and|dot|at|dash|\d{1,5})$/;

/** A text as words for comparison: folded, without punctuation and possessive endings. */
export function comparisonKeys(text: string): string[] {
  return (fold(text).match(/[\p{L}\p{N}]+(?:'[\p{L}]+)*/gu) ?? []).map((key) =>
    key.slice(0, key.length - possessiveOf(key).length),
  );
}

/** Whether a folded word says nothing by itself: short, a number, or common in lower case ("will", "mark"). */
export function isOrdinary(key: string): boolean {
  return key.length < 3 || isNumeric(key) || (nameLists().words.get(key)?.lower ?? -1) >= ordinary;
}

/**
 * Whether a value, wherever it stands, is that value and no chance: then the redactor masks every place that says it
 * and the leak check lets none through. What is not distinctive is only looked for between its own neighbours.
 */
export function isDistinctive(keys: readonly string[]): boolean {
  return keys.some((key) => !isOrdinary(key));
}

/** Whether an ordinary word is a common name as well: "will", "grace"; not "yeah". */
export function isNameToo(key: string): boolean {
  const { forenames, surnames, words } = nameLists();
  const listed = (forenames.get(key) ?? -1) >= 3 || (surnames.get(key) ?? -1) >= 4;
  return key.length > 2 && listed && (words.get(key)?.lower ?? 0) < 8;
}

function isNumeric(key: string): boolean {
  return isNumberWord(key) || saidInNumbers.test(key);
}
