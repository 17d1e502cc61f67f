import type { DetectedSpan } from '../detector.ts';
import { isNumberWord, ordinal, wholeNumber, year } from '../numerals.ts';
import { Phrases, wordSet } from '../phrases.ts';
import { isMultiple, isNought } from '../spoken.ts';
import type { Token } from '../tokens.ts';
import { isMonth, isWrittenDate } from './dates.ts';
import { type Reading, ruleSpan } from './reading.ts';

/** Words that say that a birth date follows, or that ask for one. */
const birth = new Phrases<'date' | 'day'>()
  .add(
    [
      'born',
      'date of birth',
      'birth date',
      'birthdate',
      'dob',
      'd o b',
      'd.o.b',
      'd.o.b.',
      'geboren',
      'geburtsdatum',
      'year of birth',
    ].concat(['birth year', 'date of births', 'born in', 'born on']),
    'date',
  )
  .add(['birthday', 'birthdays'], 'day');
/** What may stand between the words above and the date: grammar, and what is said before an answer. */
const between = wordSet(`
  is was are on in at the of it it's its that that's this yes yeah yep sure please okay ok right so well and my his her your our their me i i'm
  you for can could would may have confirm again there back full also be s'il uh um er erm let see hold one second sec moment just number
  it'll there's here here's would date day year month no sorry again patient's
`);
/** What may stand between two parts of a date. */
const joints = wordSet(
  'the of slash dash stroke hyphen point dot in and a year month day uh um er erm ah hmm no sorry wait i mean make that correction not',
);
const measures = wordSet(`
  years year weeks week months month days day hours hour minutes minute pounds pound ounces kilos grams times percent people children kids
  babies o'clock am pm a.m p.m miles of`);

/**
 * Dates of birth where one was spoken of or asked for, also garbled, corrected or in numbers alone: "twenty third of the
 * fifth eighty eight", "march twelve no sorry march thirteen", "oh four oh seven eighty two".
 */
export function recogniseBirths({ tokens }: Reading): DetectedSpan[] {
  const spans: DetectedSpan[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const cue = birth.at(tokens, i);
    if (!cue) continue;
    const span = dateAfter(tokens, cue.to, cue.value === 'day', tokens[cue.to - 1]!.key);
    if (span) spans.push(span);
    i = cue.to - 1;
  }
  return spans;
}

function dateAfter(
  tokens: readonly Token[],
  cue: number,
  day: boolean,
  word: string,
): DetectedSpan | undefined {
  let from = cue;
  while (from < tokens.length && from - cue < 10 && !isPart(tokens, from)) {
    if (!between.has(tokens[from]!.key)) return undefined;
    from++;
  }
  let to = from;
  let numbers = 0;
  let clear = false;
  let at = from;
  while (at < tokens.length && at - from < 20) {
    if (at > from && /[.?!]$/.test(tokens[at - 1]!.after) && !isPart(tokens, at)) break;
    const end = partEnd(tokens, at);
    if (end > at) {
      clear ||=
        isMonth(tokens[at]!.key) || ordinal(tokens, at) !== undefined || isWrittenDate(tokens[at]!.core);
      clear ||= year(tokens, at) !== undefined;
      numbers++;
      at = end;
      to = at;
    } else if (joints.has(tokens[at]!.key) || nearMonth(tokens, at)) at++;
    else break;
  }
  const next = tokens[to]?.key ?? '';
  // "Born in seventy three" names a year, "born two weeks early" none.
  const decade =
    numbers === 1 &&
    /^(?:in|on)$/.test(word) &&
    /^(?:[2-9]\d|\D+)$/.test(tokens[from]?.key ?? '') &&
    to - from > 1;
  if (to === from || (measures.has(next) && !clear) || !(clear || decade || (numbers > 1 && !day)))
    return undefined;
  if (tokens[from - 1]?.key === 'the') from--;
  return ruleSpan(from, to, 'DATE_OF_BIRTH', 'date after a birth word', 0.95);
}

const isPart = (tokens: readonly Token[], at: number) => partEnd(tokens, at) > at;

/** End of a month, rank, number or date in figures at `at`, or `at`. */
function partEnd(tokens: readonly Token[], at: number): number {
  const token = tokens[at];
  if (!token) return at;
  const { key, core } = token;
  if (isMonth(key) || isWrittenDate(core) || /^['’]?\d{1,4}(?:st|nd|rd|th)?$|^\d{6}$|^\d{8}$/.test(key))
    return at + 1;
  if (isNought(key) || isMultiple(key)) return at + 1;
  const rank = ordinal(tokens, at);
  if (rank) return rank.to;
  const named = year(tokens, at);
  if (named) return named.to;
  return isNumberWord(key) ? (wholeNumber(tokens, at)?.to ?? at + 1) : at;
}

/** A month as it was misheard, between a rank and a number: "nineteenth of febuary nineteen sixty". */
function nearMonth(tokens: readonly Token[], at: number): boolean {
  return (
    /^(?:jan|feb|mar|apr|jun|jul|aug|sep|oct|nov|dec)[a-z]{2,8}$/.test(tokens[at]!.key) &&
    isPart(tokens, at + 1)
  );
}
