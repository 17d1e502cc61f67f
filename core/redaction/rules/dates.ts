import type { DetectedSpan } from '../detector.ts';
import { isNumberWord, ordinal, smallNumber, year } from '../numerals.ts';
import { Phrases, wordSet } from '../phrases.ts';
import { isFiller } from '../spoken.ts';
import type { Token } from '../tokens.ts';
import { type Reading, ruleSpan } from './reading.ts';

const months = wordSet(`
  january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec
  januar februar marz maerz mai juni juli oktober dezember janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre
  enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
`);
/** Months that are ordinary words or names: a day, a year or a preposition must stand beside them. */
const ambiguousMonths = wordSet('march may mar jan jun sep dec april june august mars mai avril');
const weekdays = wordSet(
  'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun',
);
const datePrepositions = wordSet(
  'in of since by until till last next this early late mid during from before after around through and to between',
);
const yearPrepositions = wordSet(
  'in since from of until till by year around during before after early late mid between through fiscal summer winter spring autumn fall class circa about back',
);

const birth = new Phrases<true>().add(
  [
    'born',
    'birth',
    'birth date',
    'birthdate',
    'birthday',
    'dob',
    'd o b',
    'd.o.b',
    'd.o.b.',
    'geboren',
    'geburtsdatum',
    'birthdays',
  ],
  true,
);

/** 12/03/1984, 3-12-84, 1984-03-12, 12.03.1984, 1984-03-12T10:00, 03/1984 */
const writtenDate =
  /^(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}(?:[t ]\d{1,2}:\d{2}.*)?|\d{1,2}[/-](?:19|20)\d{2}|\d{1,2}[ /.-](?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[ /.-]\d{2,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[/.-]\d{1,2}(?:[/.-]\d{2,4})?)$/;

/** Whether a word names a month, in full or shortened, in English or a neighbouring language. */
export function isMonth(key: string): boolean {
  return months.has(key.replace(/\.$/, ''));
}

/** Whether a word is a date in figures with a day and a month that exist. */
export function isWrittenDate(core: string): boolean {
  const folded = core.toLowerCase();
  return writtenDate.test(folded) && plausible(folded);
}

function plausible(core: string): boolean {
  const parts = core
    .split(/[^0-9]+/)
    .filter(Boolean)
    .map(Number);
  if (parts.length < 3 || /[a-z]/.test(core)) return true;
  const [a, b, c] = parts as [number, number, number];
  if (a > 31) return b >= 1 && b <= 12 && c >= 1 && c <= 31;
  return a >= 1 && b >= 1 && (a <= 12 ? b <= 31 : b <= 12) && a <= 31;
}

/** Day of the month said or written as a number. */
function day(tokens: readonly Token[], at: number): number {
  const rank = ordinal(tokens, at);
  if (rank && rank.value <= 31) return rank.to;
  const number = smallNumber(tokens, at);
  return number && number.value >= 1 && number.value <= 31 ? number.to : 0;
}

/** End of an optional year at `at`: "1984", "nineteen eighty four", "of 1984", "'84", "eighty four". */
function optionalYear(tokens: readonly Token[], at: number, short: boolean): number {
  const of = /^(?:of|in)$/.test(tokens[at]?.key ?? '') ? 1 : 0;
  const full = year(tokens, at + of);
  if (full) return full.to;
  if (/^['’]\d\d$/.test(tokens[at]?.text ?? '')) return at + 1;
  if (!short) return at;
  const two = smallNumber(tokens, at);
  return two && two.value > 31 ? two.to : at;
}

/** End of a date that begins at `at`, or 0. */
function dateAt(tokens: readonly Token[], at: number): number {
  const { key, core, casing } = tokens[at]!;
  if (isMonth(key)) {
    const of = tokens[at + 1]?.key === 'the' ? 1 : 0;
    const number = day(tokens, at + 1 + of);
    // "may one" and "march two by two" need more than a small number after the month.
    const rank = ordinal(tokens, at + 1 + of);
    const afterDay = number > 0 ? optionalYear(tokens, number, true) : 0;
    const clear =
      !ambiguousMonths.has(key) ||
      casing === 'initial' ||
      rank !== undefined ||
      /^\d/.test(tokens[at + 1]?.key ?? '') ||
      afterDay > number;
    const fullYear = year(tokens, at + 1);
    if (fullYear && !(number > 0 && number >= fullYear.to)) return fullYear.to;
    if (number > 0 && clear && !/[.?!]$/.test(tokens[at]!.after.replace(/^\.$/, ''))) return afterDay;
    const plainYear = optionalYear(tokens, at + 1, false);
    if (plainYear > at + 1) return plainYear;
    if (!ambiguousMonths.has(key)) return at + 1;
    const before = tokens[at - 1]?.key ?? '';
    if (
      datePrepositions.has(before) &&
      !(key === 'may' && /^(?:this|and|from|to|of)$/.test(before)) &&
      (casing !== 'lower' || /^(?:in|of|since|by|until|last|next|during|early|late)$/.test(before))
    )
      return at + 1;
    return casing === 'initial' &&
      !tokens[at]!.starts &&
      /^(?:march|april|june|august)$/.test(key) &&
      datePrepositions.has(before)
      ? at + 1
      : 0;
  }
  if (isWrittenDate(core)) return at + 1;
  const start = key === 'the' ? at + 1 : at;
  const afterDay = day(tokens, start);
  if (afterDay > 0) {
    const of = tokens[afterDay]?.key === 'of' ? 1 : 0;
    // The sixth of the fourth nineteen ninety.
    const rank = of === 1 && tokens[afterDay + 1]?.key === 'the' ? ordinal(tokens, afterDay + 2) : undefined;
    if (rank && rank.value <= 12 && year(tokens, rank.to)) return year(tokens, rank.to)!.to;
    const month = tokens[afterDay + of];
    if (
      month &&
      isMonth(month.key) &&
      (of === 1 ||
        ordinal(tokens, start) ||
        !ambiguousMonths.has(month.key) ||
        month.casing === 'initial' ||
        year(tokens, afterDay + 1))
    )
      return optionalYear(tokens, afterDay + of + 1, true);
  }
  return 0;
}

/** "oh three slash fourteen slash nineteen eighty four", "three fourteen eighty four": only where a birth is spoken of or slashes are said. */
function spokenNumericDate(tokens: readonly Token[], at: number, born: boolean): number {
  const skipNought = (i: number) => (/^(?:oh|o|zero)$/.test(tokens[i]?.key ?? '') ? i + 1 : i);
  const mark = (i: number) =>
    /^(?:slash|dash|stroke|dot|of|point|hyphen|[/.-])$/.test(tokens[i]?.key ?? tokens[i]?.text ?? '') ||
    tokens[i]?.text === '/';
  const first = smallNumber(tokens, skipNought(at));
  if (!first || first.value > 31 || first.value < 1) return 0;
  const marked = mark(first.to);
  if (!marked && !born) return 0;
  const second = smallNumber(tokens, skipNought(first.to + (marked ? 1 : 0)));
  if (!second || second.value > 31 || second.value < 1) return 0;
  const at3 = second.to + (mark(second.to) ? 1 : 0);
  if (marked && at3 === second.to) return 0;
  const full = year(tokens, at3);
  if (full) return full.to;
  const short = smallNumber(tokens, skipNought(at3));
  return short ? short.to : 0;
}

/** Whether a date can begin with this word; spares the search for most words. */
function mayBegin(key: string): boolean {
  return /^\d/.test(key) || key === 'the' || key === 'oh' || key === 'o' || isMonth(key) || isNumberWord(key);
}

/** Calendar dates and dates of birth. Weekdays and "yesterday" alone name no date. */
export function recogniseDates(reading: Reading): DetectedSpan[] {
  // "January uh twelfth": as it would be said without pauses.
  const tokens = reading.tokens.filter(({ key }) => !isFiller(key));
  const place = (i: number) => tokens[i]!.index;
  const spans: DetectedSpan[] = [];
  let i = 0;
  while (i < tokens.length) {
    if (!mayBegin(tokens[i]!.key)) {
      i++;
      continue;
    }
    const born = birth.before(tokens, i, 7) !== undefined;
    let to = dateAt(tokens, i);
    let rule = 'calendar date';
    if (to === 0) {
      to = spokenNumericDate(tokens, i, born);
      rule = 'date in numbers';
    }
    let score = 0.9;
    if (to === 0) {
      const named = year(tokens, i);
      const before = tokens[i - 1]?.key ?? '';
      const measured = /^(?:percent|dollars?|people|users|of|times|miles|hours|minutes|feet|bucks)$/.test(
        tokens[named?.to ?? 0]?.key ?? '',
      );
      const figures = /^[^$€£#]*$/.test(tokens[i]!.text);
      if (
        named &&
        figures &&
        !measured &&
        (yearPrepositions.has(before) || born || /^[(]/.test(tokens[i]!.before))
      ) {
        to = named.to;
        rule = 'year';
        score = 0.7;
      }
    }
    if (to === 0) {
      i++;
      continue;
    }
    let from = i;
    if (weekdays.has(tokens[i - 1]?.key ?? '') && rule === 'calendar date') from = i - 1;
    if (tokens[i]!.key === 'the') from = i + 1;
    const after = birth.after(tokens, to, 3);
    const birthday = born || (after !== undefined && /^(?:is|was)$/.test(tokens[to]?.key ?? ''));
    spans.push(
      ruleSpan(
        place(from),
        place(to - 1) + 1,
        birthday ? 'DATE_OF_BIRTH' : 'DATE',
        birthday ? `${rule} of birth` : rule,
        birthday ? 0.95 : score,
      ),
    );
    i = to;
  }
  return spans;
}
