import { teens, tens, units } from './spokenWords.ts';
import type { Token } from './tokens.ts';

/** A number said or written in the tokens `[from, to)`. */
export interface Numeral {
  readonly to: number;
  readonly value: number;
  /** Whether it was written in figures. */
  readonly figures: boolean;
}

const ordinals: Readonly<Record<string, number>> = {
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  seventh: 7,
  eighth: 8,
  ninth: 9,
  tenth: 10,
  eleventh: 11,
  twelfth: 12,
  thirteenth: 13,
  fourteenth: 14,
  fifteenth: 15,
  sixteenth: 16,
  seventeenth: 17,
  eighteenth: 18,
  nineteenth: 19,
  twentieth: 20,
  thirtieth: 30,
};

/** Whether a number or a rank can begin with this word: `forty`, `forty-two`, `third`. */
export function isNumberWord(key: string): boolean {
  const first = key.includes('-') ? key.slice(0, key.indexOf('-')) : key;
  return (
    Object.hasOwn(units, first) ||
    Object.hasOwn(teens, first) ||
    Object.hasOwn(tens, first) ||
    Object.hasOwn(ordinals, first)
  );
}

/** One to ninety-nine: "forty two", "forty-two", "42", "oh five" is left to the caller. */
export function smallNumber(tokens: readonly Token[], at: number): Numeral | undefined {
  const key = tokens[at]?.key;
  if (key === undefined) return undefined;
  if (/^\d{1,2}$/.test(key)) return { to: at + 1, value: Number(key), figures: true };
  const direct = units[key] ?? teens[key];
  if (direct !== undefined) return { to: at + 1, value: direct, figures: false };
  const joined = /^([a-z]+)-([a-z]+)$/.exec(key);
  if (joined) {
    const high = tens[joined[1]!];
    const low = units[joined[2]!];
    return high !== undefined && low !== undefined
      ? { to: at + 1, value: high + low, figures: false }
      : undefined;
  }
  const ten = tens[key];
  if (ten === undefined) return undefined;
  const low = units[tokens[at + 1]?.key ?? ''];
  // "august twenty, two thousand three" is the twentieth, whether the comma was heard or not.
  const millennium = low === 2 && tokens[at + 2]?.key === 'thousand' && ten === 20;
  if (low !== undefined && low > 0 && !millennium && !/[,;.]/.test(tokens[at]!.after))
    return { to: at + 2, value: ten + low, figures: false };
  return { to: at + 1, value: ten, figures: false };
}

/** A whole number up to 999 999: "one hundred and twenty three", "two thousand and one", "1234". */
export function wholeNumber(tokens: readonly Token[], at: number): Numeral | undefined {
  const key = tokens[at]?.key ?? '';
  if (/^\d{1,6}$/.test(key)) return { to: at + 1, value: Number(key), figures: true };
  const start =
    smallNumber(tokens, at) ??
    (key === 'a' && /^(?:hundred|thousand)$/.test(tokens[at + 1]?.key ?? '')
      ? { to: at + 1, value: 1, figures: false }
      : undefined);
  if (!start) return undefined;
  let { to, value } = start;
  let total = 0;
  for (;;) {
    const scale = tokens[to]?.key;
    if (scale === 'hundred') value *= 100;
    else if (scale === 'thousand') {
      total += value * 1000;
      value = 0;
    } else break;
    to++;
    const skip = tokens[to]?.key === 'and' ? 1 : 0;
    const low = smallNumber(tokens, to + skip);
    if (!low || (scale === 'thousand' && tokens[low.to]?.key === 'thousand')) continue;
    value += low.value;
    to = low.to;
  }
  return { to, value: total + value, figures: start.figures };
}

/** A day of the month or another rank: "third", "twenty-first", "21st". */
export function ordinal(tokens: readonly Token[], at: number): Numeral | undefined {
  const key = tokens[at]?.key;
  if (key === undefined) return undefined;
  const written = /^(\d{1,2})(?:st|nd|rd|th)$/.exec(key);
  if (written) return { to: at + 1, value: Number(written[1]), figures: true };
  const direct = ordinals[key];
  if (direct !== undefined) return { to: at + 1, value: direct, figures: false };
  const joined = /^(twenty|thirty)-([a-z]+)$/.exec(key);
  const high = joined ? tens[joined[1]!] : tens[key];
  const low = joined ? ordinals[joined[2]!] : ordinals[tokens[at + 1]?.key ?? ''];
  if (high !== undefined && high <= 30 && low !== undefined && low < 10)
    return { to: at + (joined ? 1 : 2), value: high + low, figures: false };
  return undefined;
}

/** A year from 1900 to 2099, or 1800 on in figures: "1984", "nineteen eighty four", "two thousand and one", "twenty twenty four", "nineteen oh five". */
export function year(tokens: readonly Token[], at: number): Numeral | undefined {
  const key = tokens[at]?.key ?? '';
  if (/^(?:1[89]|20)\d\d$/.test(key)) return { to: at + 1, value: Number(key), figures: true };
  if (key === 'two' && tokens[at + 1]?.key === 'thousand') {
    const number = wholeNumber(tokens, at);
    return number && number.value >= 2000 && number.value < 2100 ? number : undefined;
  }
  const century = key === 'nineteen' ? 1900 : key === 'twenty' ? 2000 : key === 'eighteen' ? 1800 : undefined;
  if (century === undefined) return undefined;
  if (tokens[at + 1]?.key === 'hundred') return { to: at + 2, value: century, figures: false };
  if (/^(?:oh|o|zero|nought)$/.test(tokens[at + 1]?.key ?? '')) {
    const low = units[tokens[at + 2]?.key ?? ''];
    return low === undefined ? undefined : { to: at + 3, value: century + low, figures: false };
  }
  const rest = smallNumber(tokens, at + 1);
  return rest && rest.value >= 10 ? { to: rest.to, value: century + rest.value, figures: false } : undefined;
}
