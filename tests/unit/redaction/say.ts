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

/** What people put between two parts of a number: nothing, a pause, a filler, a correction, the listener's turn. */
const joints = fc.oneof(
  { weight: 30, arbitrary: fc.constant(' ') },
  {
    weight: 3,
    arbitrary: fc.constantFrom(', ', ' uh ', ' um ', ' - ', '. ', ' dash ', ' then '),
  },
  { weight: 2, arbitrary: fc.constantFrom('\nyeah\n', '\nokay\n', '\nuh huh\n', '\ngot it\n', '\n') },
  { weight: 1, arbitrary: fc.constantFrom(' no sorry ', ' no wait ', ' i mean ', ' sorry ') },
);

/**
 * Digits in a random spoken form: one by one, in pairs ("twenty two"), doubled ("double three"), in hundreds ("nine
 * hundred"), as figures ("22"), with pauses, fillers, corrections and the listener's "okay" between.
 */
export function saidAnyhow(digits: string): fc.Arbitrary<string> {
  const choice = fc.record({
    way: fc.constantFrom('one', 'one', 'one', 'pair', 'pair', 'repeat', 'hundred', 'figures'),
    oh: fc.boolean(),
    joint: joints,
  });
  return fc.array(choice, { minLength: digits.length, maxLength: digits.length }).map((choices) => {
    let said = '';
    let at = 0;
    for (const { way, oh, joint } of choices) {
      if (at >= digits.length) break;
      const rest = digits.slice(at);
      const digit = (char: string) => (char === '0' && oh ? 'oh' : digitWords[Number(char)]!);
      const [run] = /^(\d)\1{0,2}/.exec(rest)!;
      let part = digit(rest[0]!);
      let length = 1;
      if (way === 'pair' && /^[1-9]\d/.test(rest))
        [part, length] = [sayTwoDigits(Number(rest.slice(0, 2))), 2];
      else if (way === 'repeat' && run.length > 1)
        [part, length] = [`${run.length === 2 ? 'double' : 'triple'} ${digit(rest[0]!)}`, run.length];
      else if (way === 'hundred' && /^[1-9]00/.test(rest)) [part, length] = [`${digit(rest[0]!)} hundred`, 3];
      else if (way === 'figures' && rest.length > 1)
        [part, length] = [rest.slice(0, 3), Math.min(3, rest.length)];
      said += said === '' ? part : `${joint}${part}`;
      at += length;
    }
    return said;
  });
}

/** A code of letters and digits, spelled in a random form: plain, with "as in", in the phonetic alphabet, digits as words. */
export function spelledAnyhow(code: string): fc.Arbitrary<string> {
  const phonetic =
    'alpha bravo charlie delta echo foxtrot golf hotel india juliet kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey x-ray yankee zulu'.split(
      ' ',
    );
  const inWord =
    'apple boy cat dog egg fox george house igloo jack king lemon mother nora orange peter queen robert sugar tommy uncle violet water xray yellow zebra'.split(
      ' ',
    );
  return fc
    .record({
      alphabet: fc.constantFrom('plain', 'plain', 'phonetic', 'as in'),
      oh: fc.boolean(),
      joints: fc.array(fc.constantFrom(' ', ' ', ' ', ' ', ' ', ' uh ', ', '), {
        minLength: code.length,
        maxLength: code.length,
      }),
    })
    .map(({ alphabet, oh, joints: between }) =>
      [...code.toLowerCase()]
        .map((char, i) => {
          const index = char.charCodeAt(0) - 97;
          const letter =
            alphabet === 'phonetic'
              ? phonetic[index]
              : alphabet === 'as in' && i % 3 === 0
                ? `${char} as in ${inWord[index]}`
                : char;
          const said = /\d/.test(char)
            ? char === '0' && oh && i > 0
              ? 'oh'
              : digitWords[Number(char)]!
            : letter;
          return `${i === 0 ? '' : between[i]}${said}`;
        })
        .join(''),
    );
}
