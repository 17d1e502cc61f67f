import fc from 'fast-check';

/** How a person says or a recogniser writes single characters and numbers; independent of the code under test. */
const digitWords = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
const teenWords = [
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
];
const tenWords = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** 42 is "forty two". */
export function sayTwoDigits(value: number): string {
  if (value < 10) return digitWords[value]!;
  if (value < 20) return teenWords[value - 10]!;
  const low = value % 10;
  return low === 0 ? tenWords[value / 10]! : `${tenWords[Math.floor(value / 10)]} ${digitWords[low]}`;
}

/** Digits said one by one, with "oh" for nought, "double" and "triple" where `doubles`, and pairs where `pairs`. */
export function sayDigits(digits: string, style: { oh: boolean; doubles: boolean; pairs: boolean }): string {
  const said: string[] = [];
  let i = 0;
  const word = (digit: string) => (digit === '0' && style.oh ? 'oh' : digitWords[Number(digit)]!);
  while (i < digits.length) {
    const digit = digits[i]!;
    let run = 1;
    while (digits[i + run] === digit && run < 3) run++;
    if (style.doubles && run > 1) {
      said.push(`${run === 2 ? 'double' : 'triple'} ${word(digit)}`);
      i += run;
    } else if (style.pairs && i + 1 < digits.length && digit !== '0') {
      said.push(sayTwoDigits(Number(digits.slice(i, i + 2))));
      i += 2;
    } else {
      said.push(word(digit));
      i++;
    }
  }
  return said.join(' ');
}

/** Letters and digits spelled one by one. */
export function spell(code: string): string {
  return [...code.toLowerCase()].map((char) => (/\d/.test(char) ? digitWords[Number(char)] : char)).join(' ');
}

export const digitsOf = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((digits) => digits.join(''))
    // A run that counts up or down is taken for counting.
    .filter((digits) => new Set(digits).size > 2 && !'01234567890123456789876543210'.includes(digits));

export const sayingStyle = fc.record({ oh: fc.boolean(), doubles: fc.boolean(), pairs: fc.boolean() });
