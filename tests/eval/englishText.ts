import britishSpellings from './britishSpellings.json' with { type: 'json' };
import { normalizeNumbers } from './englishNumbers.ts';

/**
 * Whisper's English text normaliser: a port of `EnglishTextNormalizer` in openai/whisper `normalizers/english.py`
 * (MIT), with its table of British spellings, so that word error rates compare with published ones.
 */

const SPELLINGS = new Map(Object.entries(britishSpellings));

/** Letters that NFKD does not take apart. */
const ADDITIONAL_DIACRITICS = new Map(
  Object.entries({
    œ: 'oe',
    Œ: 'OE',
    ø: 'o',
    Ø: 'O',
    æ: 'ae',
    Æ: 'AE',
    ß: 'ss',
    ẞ: 'SS',
    đ: 'd',
    Đ: 'D',
    ð: 'd',
    Ð: 'D',
    þ: 'th',
    Þ: 'th',
    ł: 'l',
    Ł: 'L',
  }),
);

/** Python's `\b`, which unlike JavaScript's knows letters beyond ASCII. */
const NOT_BEFORE = '(?<![\\p{L}\\p{N}_])';
const NOT_AFTER = '(?![\\p{L}\\p{N}_])';

const word = (pattern: string) => new RegExp(`${NOT_BEFORE}${pattern}${NOT_AFTER}`, 'gu');
const ending = (pattern: string) => new RegExp(`${pattern}${NOT_AFTER}`, 'gu');

const FILLERS = word('(?:hmm|mm|mhm|mmm|uh|um)');

/** In Whisper's order: contractions, titles, perfect tenses, general contractions. */
const REPLACEMENTS: readonly (readonly [RegExp, string])[] = [
  [word("won't"), 'will not'],
  [word("can't"), 'can not'],
  [word("let's"), 'let us'],
  [word("ain't"), 'aint'],
  [word("y'all"), 'you all'],
  [word('wanna'), 'want to'],
  [word('kinda'), 'kind of'],
  [word('sorta'), 'sort of'],
  [word('dunno'), 'do not know'],
  [word('gotta'), 'got to'],
  [word('gonna'), 'going to'],
  [word("i'ma"), 'i am going to'],
  [word('imma'), 'i am going to'],
  [word('woulda'), 'would have'],
  [word('coulda'), 'could have'],
  [word('shoulda'), 'should have'],
  [word('cause'), 'because'],
  [word("ma'am"), 'madam'],
  [word('mr'), 'mister '],
  [word('mrs'), 'missus '],
  [word('st'), 'saint '],
  [word('dr'), 'doctor '],
  [word('prof'), 'professor '],
  [word('capt'), 'captain '],
  [word('gov'), 'governor '],
  [word('ald'), 'alderman '],
  [word('gen'), 'general '],
  [word('sen'), 'senator '],
  [word('rep'), 'representative '],
  [word('pres'), 'president '],
  [word('rev'), 'reverend '],
  [word('hon'), 'honorable '],
  [word('asst'), 'assistant '],
  [word('assoc'), 'associate '],
  [word('lt'), 'lieutenant '],
  [word('col'), 'colonel '],
  [word('jr'), 'junior '],
  [word('sr'), 'senior '],
  [word('esq'), 'esquire '],
  [ending("'d been"), ' had been'],
  [ending("'s been"), ' has been'],
  [ending("'d gone"), ' had gone'],
  [ending("'s gone"), ' has gone'],
  [ending("'d done"), ' had done'],
  [ending("'s got"), ' has got'],
  [ending("n't"), ' not'],
  [ending("'re"), ' are'],
  [ending("'s"), ' is'],
  [ending("'d"), ' would'],
  [ending("'ll"), ' will'],
  [ending("'t"), ' not'],
  [ending("'ve"), ' have'],
  [ending("'m"), ' am'],
];

/** Text for comparison by words: lower case, without punctuation, numbers in digits, American spelling. */
export function normalizeEnglish(text: string): string {
  let s = text
    .toLowerCase()
    .replace(/[<[][^>\]]*[>\]]/g, '')
    .replace(/\(([^)]+?)\)/g, '')
    .replace(FILLERS, '')
    .replace(/\s+'/g, "'");
  for (const [pattern, replacement] of REPLACEMENTS) s = s.replace(pattern, replacement);
  s = s.replace(/(\p{Nd}),(\p{Nd})/gu, '$1$2').replace(/\.([^0-9]|$)/g, ' $1');
  s = normalizeNumbers(removeSymbols(s))
    .split(/\s+/)
    .map((part) => SPELLINGS.get(part) ?? part)
    .join(' ');
  return s
    .replace(/[.$¢€£]([^0-9])/g, ' $1')
    .replace(/([^0-9])%/g, '$1 ')
    .replace(/\s+/g, ' ');
}

/** Symbols and punctuation become blanks, diacritics go; what numbers need stays. */
function removeSymbols(text: string): string {
  return Array.from(text.normalize('NFKD'), (character) => {
    if ('.%$¢€£'.includes(character)) return character;
    const plain = ADDITIONAL_DIACRITICS.get(character);
    if (plain !== undefined) return plain;
    if (/\p{Mn}/u.test(character)) return '';
    return /[\p{M}\p{S}\p{P}]/u.test(character) ? ' ' : character;
  }).join('');
}
