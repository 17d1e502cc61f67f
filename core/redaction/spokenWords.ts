/** The words that numbers, letters and marks are said with. */

export const units: Readonly<Record<string, number>> = {
  zero: 0,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
};
/** Words that mean nought inside a number and something else outside one. */
export const noughts = new Set(['oh', 'o', 'nought', 'naught', 'aught', 'nil', 'ought']);
/** Homophones a recogniser writes for a digit; read so only between digits. */
export const homophones: Readonly<Record<string, string>> = {
  to: '2',
  too: '2',
  for: '4',
  fore: '4',
  ate: '8',
  won: '1',
  niner: '9',
  fife: '5',
};
export const teens: Readonly<Record<string, number>> = {
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
};
export const tens: Readonly<Record<string, number>> = {
  twenty: 20,
  thirty: 30,
  forty: 40,
  fourty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
export const multiples: Readonly<Record<string, number>> = { double: 2, triple: 3, treble: 3, quadruple: 4 };
export const alphabet: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'alpha alfa bravo charlie delta echo foxtrot golf hotel india juliet juliett kilo lima mike november oscar papa ' +
    'quebec romeo sierra tango uniform victor whiskey whisky xray x-ray yankee zulu'
  )
    .split(' ')
    .map((word) => [word, word[0]!]),
);
/** How letters are written when they are said by name. */
export const letterNames: Readonly<Record<string, string>> = {
  zee: 'z',
  zed: 'z',
  ex: 'x',
  why: 'y',
  'double-u': 'w',
  aitch: 'h',
  haitch: 'h',
};
export const marks: Readonly<Record<string, string>> = {
  dot: '.',
  point: '.',
  period: '.',
  at: '@',
  underscore: '_',
  dash: '-',
  hyphen: '-',
  minus: '-',
  plus: '+',
  slash: '/',
  colon: ':',
  hash: '#',
  hashtag: '#',
  star: '*',
  asterisk: '*',
  ampersand: '&',
  space: ' ',
};
export const fillers = new Set([
  'uh',
  'um',
  'uhm',
  'er',
  'erm',
  'ah',
  'eh',
  'hmm',
  'hm',
  'mm',
  'mhm',
  'uhhuh',
  'uh-huh',
  'mm-hmm',
  'mmhmm',
  'umm',
  'uhh',
  'em',
]);
export const repairs: readonly (readonly string[])[] = [
  ['let', 'me', 'start', 'again'],
  ['let', 'me', 'start', 'over'],
  ['let', 'me', 'say', 'that', 'again'],
  ['that', 'should', 'be'],
  ['no', 'sorry'],
  ['sorry', 'no'],
  ['sorry', 'not'],
  ['i', 'meant'],
  ['hold', 'on'],
  ['hang', 'on'],
  ['my', 'bad'],
  ['no', 'wait'],
  ['no', 'no'],
  ['oh', 'sorry'],
  ['sorry'],
  ['i', 'mean'],
  ['correction'],
  ['scratch', 'that'],
  ['make', 'that'],
  ['wait'],
  ['rather'],
  ['excuse', 'me'],
  ['actually'],
  ['oops'],
  ['not'],
  ['no'],
];
/** What a listener says between two parts of a number. */
export const agreement = new Set(['yeah', 'yes', 'okay', 'ok', 'huh', 'it', 'got', 'right', 'then']);
/** Words of the phonetic alphabet that are names and a month as well: beside a number they seldom spell. */
export const namesToo = new Set(['charlie', 'juliet', 'mike', 'november', 'oscar', 'romeo', 'victor']);
