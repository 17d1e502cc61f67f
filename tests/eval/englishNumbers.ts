/**
 * Spelled-out numbers to Arabic ones: a port of `EnglishNumberNormalizer` in openai/whisper
 * `normalizers/english.py` (MIT), decision for decision, so that word error rates compare with published ones.
 */

const ONES = new Map(
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
    .split(' ')
    .map((name, i) => [name, BigInt(i + 1)]),
);
const TENS = new Map(
  'twenty thirty forty fifty sixty seventy eighty ninety'
    .split(' ')
    .map((name, i) => [name, BigInt(10 * (i + 2))]),
);
const MULTIPLIERS = new Map<string, bigint>([
  ['hundred', 100n],
  ...'thousand million billion trillion quadrillion quintillion sextillion septillion octillion nonillion decillion'
    .split(' ')
    .map((name, i): [string, bigint] => [name, 1000n ** BigInt(i + 1)]),
]);
const ZEROS = new Set(['o', 'oh', 'zero']);

/** Value and suffix of a word such as `twenties` or `third`. */
type Suffixed = readonly [bigint, string];

const ONES_SUFFIXED = new Map<string, Suffixed>([
  ...[...ONES].map(([name, value]) => [name === 'six' ? 'sixes' : `${name}s`, [value, 's']] as const),
  ['zeroth', [0n, 'th']],
  ['first', [1n, 'st']],
  ['second', [2n, 'nd']],
  ['third', [3n, 'rd']],
  ['fifth', [5n, 'th']],
  ['twelfth', [12n, 'th']],
  ...[...ONES]
    .filter(([, value]) => value > 3n && value !== 5n && value !== 12n)
    .map(([name, value]) => [name + (name.endsWith('t') ? 'h' : 'th'), [value, 'th']] as const),
]);
const TENS_SUFFIXED = new Map<string, Suffixed>([
  ...[...TENS].map(([name, value]) => [name.replace('y', 'ies'), [value, 's']] as const),
  ...[...TENS].map(([name, value]) => [name.replace('y', 'ieth'), [value, 'th']] as const),
]);
const MULTIPLIERS_SUFFIXED = new Map<string, Suffixed>([
  ...[...MULTIPLIERS].map(([name, value]) => [`${name}s`, [value, 's']] as const),
  ...[...MULTIPLIERS].map(([name, value]) => [`${name}th`, [value, 'th']] as const),
]);

const PRECEDING_PREFIXES = new Map([
  ['minus', '-'],
  ['negative', '-'],
  ['plus', '+'],
  ['positive', '+'],
]);
const FOLLOWING_PREFIXES = new Map([
  ['pound', '£'],
  ['pounds', '£'],
  ['euro', '€'],
  ['euros', '€'],
  ['dollar', '$'],
  ['dollars', '$'],
  ['cent', '¢'],
  ['cents', '¢'],
]);
const PREFIXES = '-+£€$¢';
const SPECIALS = new Set(['and', 'double', 'triple', 'point']);

const WORDS = new Set([
  ...ZEROS,
  ...ONES.keys(),
  ...ONES_SUFFIXED.keys(),
  ...TENS.keys(),
  ...TENS_SUFFIXED.keys(),
  ...MULTIPLIERS.keys(),
  ...MULTIPLIERS_SUFFIXED.keys(),
  ...PRECEDING_PREFIXES.keys(),
  ...FOLLOWING_PREFIXES.keys(),
  'per',
  'percent',
  ...SPECIALS,
]);

const NUMERIC = /^\p{Nd}+(\.\p{Nd}+)?$/u;

/** Lower-case text with its numbers in digits: `twenty one dollars` becomes `$21`. */
export function normalizeNumbers(text: string): string {
  const words = preprocess(text)
    .split(/\s+/)
    .filter((word) => word !== '');
  return postprocess(new NumberReader().read(words).join(' '));
}

/** Whole part of `value` times `multiplier` where that is a whole number, else null. */
function wholeProduct(value: string | bigint, multiplier: bigint): bigint | null {
  const match = /^(\d*)(?:\.(\d*))?$/.exec(String(value));
  if (!match || `${match[1]}${match[2] ?? ''}` === '') return null;
  const decimals = match[2] ?? '';
  const scaled = BigInt(`${match[1]}${decimals}`) * multiplier;
  const scale = 10n ** BigInt(decimals.length);
  return scaled % scale === 0n ? scaled / scale : null;
}

/** Reads words from left to right and keeps the number that is being said. */
class NumberReader {
  #prefix: string | null = null;
  /** A number while it can still be added to; a string once digits are strung together. */
  #value: string | bigint | null = null;
  readonly #output: string[] = [];

  read(words: readonly string[]): string[] {
    for (let i = 0; i < words.length; i++)
      if (this.#word(words[i - 1] ?? null, words[i]!, words[i + 1] ?? null)) i++;
    this.#flush();
    return this.#output;
  }

  #emit(text: string | bigint): void {
    this.#output.push((this.#prefix ?? '') + text);
    this.#value = null;
    this.#prefix = null;
  }

  #flush(): void {
    if (this.#value !== null) this.#emit(this.#value);
  }

  /** @returns whether the next word is used up as well. */
  #word(previous: string | null, current: string, next: string | null): boolean {
    const numericNext = next !== null && NUMERIC.test(next);
    const numberNext = numericNext || (next !== null && WORDS.has(next));
    const hasPrefix = PREFIXES.includes(current[0]!);
    if (NUMERIC.test(hasPrefix ? current.slice(1) : current)) this.#digits(current, hasPrefix);
    else if (!WORDS.has(current)) {
      this.#flush();
      this.#emit(current);
    } else if (ZEROS.has(current)) this.#value = `${this.#value || ''}0`;
    else if (ONES.has(current)) this.#value = this.#withOnes(ONES.get(current)!, previous);
    else if (ONES_SUFFIXED.has(current)) {
      const [ones, suffix] = ONES_SUFFIXED.get(current)!;
      this.#emit(this.#withOnes(ones, previous) + suffix);
    } else if (TENS.has(current)) this.#value = this.#withTens(TENS.get(current)!);
    else if (TENS_SUFFIXED.has(current)) {
      const [tens, suffix] = TENS_SUFFIXED.get(current)!;
      this.#emit(this.#withTens(tens) + suffix);
    } else if (MULTIPLIERS.has(current)) this.#multiply(MULTIPLIERS.get(current)!);
    else if (MULTIPLIERS_SUFFIXED.has(current)) this.#multiplySuffixed(current);
    else if (PRECEDING_PREFIXES.has(current)) {
      this.#flush();
      if (numberNext) this.#prefix = PRECEDING_PREFIXES.get(current)!;
      else this.#emit(current);
    } else if (FOLLOWING_PREFIXES.has(current)) {
      if (this.#value !== null) {
        this.#prefix = FOLLOWING_PREFIXES.get(current)!;
        this.#emit(this.#value);
      } else this.#emit(current);
    } else if (current === 'percent' || current === 'per') return this.#percent(current, next);
    else return this.#special(previous, current, next, numberNext, numericNext);
    return false;
  }

  #digits(current: string, hasPrefix: boolean): void {
    if (typeof this.#value === 'string' && this.#value.endsWith('.')) {
      this.#value += current;
      return;
    }
    this.#flush();
    if (hasPrefix) this.#prefix = current[0]!;
    const bare = hasPrefix ? current.slice(1) : current;
    this.#value = wholeProduct(bare, 1n) ?? bare;
  }

  #withOnes(ones: bigint, previous: string | null): string | bigint {
    const value = this.#value;
    if (value === null) return ones;
    if (typeof value === 'string' || ONES.has(previous!)) {
      const text = String(value);
      // "oh twenty one": the digit takes the place of the last zero.
      return TENS.has(previous!) && ones < 10n ? text.slice(0, -1) + ones : text + ones;
    }
    return value % (ones < 10n ? 10n : 100n) === 0n ? value + ones : `${value}${ones}`;
  }

  #withTens(tens: bigint): string | bigint {
    const value = this.#value;
    if (value === null) return tens;
    return typeof value !== 'string' && value % 100n === 0n ? value + tens : `${value}${tens}`;
  }

  #multiply(multiplier: bigint): void {
    const value = this.#value;
    if (value === null) this.#value = multiplier;
    else if (typeof value === 'string' || value === 0n) {
      const product = wholeProduct(value, multiplier);
      if (product === null) this.#emit(value);
      this.#value = product ?? multiplier;
    } else this.#value = value - (value % 1000n) + (value % 1000n) * multiplier;
  }

  #multiplySuffixed(current: string): void {
    const [multiplier, suffix] = MULTIPLIERS_SUFFIXED.get(current)!;
    const value = this.#value;
    if (value === null) this.#emit(multiplier + suffix);
    else if (typeof value === 'string') {
      const product = wholeProduct(value, multiplier);
      if (product === null) this.#emit(value);
      this.#emit((product ?? multiplier) + suffix);
    } else this.#emit(value - (value % 1000n) + (value % 1000n) * multiplier + suffix);
  }

  #percent(current: string, next: string | null): boolean {
    const value = this.#value;
    if (value === null) this.#emit(current);
    else if (current === 'percent') this.#emit(`${value}%`);
    else if (next === 'cent') {
      this.#emit(`${value}%`);
      return true;
    } else {
      this.#emit(value);
      this.#emit(current);
    }
    return false;
  }

  #special(
    previous: string | null,
    current: string,
    next: string | null,
    numberNext: boolean,
    numericNext: boolean,
  ): boolean {
    const plain = () => {
      this.#flush();
      this.#emit(current);
    };
    if (!numberNext) plain();
    else if (current === 'and') {
      // "one hundred and five" is one number.
      if (!MULTIPLIERS.has(previous!)) plain();
    } else if (current === 'point') {
      if (numericNext || ONES.has(next!) || TENS.has(next!) || ZEROS.has(next!))
        this.#value = `${this.#value || ''}.`;
    } else if (ONES.has(next!) || ZEROS.has(next!)) {
      const digit = String(ONES.get(next!) ?? 0n);
      this.#value = `${this.#value || ''}${digit.repeat(current === 'double' ? 2 : 3)}`;
      return true;
    } else plain();
    return false;
  }
}

/** "Two and a half" becomes "two point five"; a blank goes between digits and letters that are no suffix. */
function preprocess(text: string): string {
  const segments = text.split(/\band\s+a\s+half\b/);
  const results: string[] = [];
  segments.forEach((segment, i) => {
    if (segment.trim() === '') return;
    results.push(segment);
    if (i === segments.length - 1) return;
    const last = segment.trim().split(/\s+/).pop()!;
    const isNumber = [ONES, TENS, ZEROS, MULTIPLIERS].some((names) => names.has(last));
    results.push(isNumber ? 'point five' : 'and a half');
  });
  return results
    .join(' ')
    .replace(/([a-z])([0-9])/g, '$1 $2')
    .replace(/([0-9])([a-z])/g, '$1 $2')
    .replace(/([0-9])\s+(st|nd|rd|th|s)(?![\p{L}\p{N}_])/gu, '$1$2');
}

/** "$2 and ¢7" becomes "$2.07"; 1 becomes "one", for readability. */
function postprocess(text: string): string {
  return text
    .replace(
      /([€£$])([0-9]+) (?:and )?¢([0-9]{1,2})(?![\p{L}\p{N}_])/gu,
      (_, currency: string, whole: string, cents: string) => `${currency}${whole}.${cents.padStart(2, '0')}`,
    )
    .replace(/[€£$]0.([0-9]{1,2})(?![\p{L}\p{N}_])/gu, (_, cents: string) => `¢${Number(cents)}`)
    .replace(/(?<![\p{L}\p{N}_])1(s?)(?![\p{L}\p{N}_])/gu, 'one$1');
}
