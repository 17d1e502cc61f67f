/** Whisper's languages written without blanks between words (openai/whisper `tokenizer.py`, and Khmer, Tibetan). */
const UNSPACED_LANGUAGES = new Set(['zh', 'ja', 'th', 'lo', 'my', 'yue', 'km', 'bo']);

const unspacedScript =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Myanmar}\p{Script=Khmer}\p{Script=Tibetan}]/u;
/** What wants a blank beside its like even in an unspaced language: letters and digits of other scripts, aliases. */
const spacedCharacter = /[\p{L}\p{N}[\]]/u;

/**
 * The blank between two neighbouring words, or ''. In a language written without blanks only words of other scripts
 * (`Python 3`) and aliases are set apart.
 * @param language ISO 639-1 code, as Whisper names it.
 */
export function separator(before: string, after: string, language: string): '' | ' ' {
  if (!UNSPACED_LANGUAGES.has(language)) return ' ';
  const last = [...before].at(-1) ?? '';
  const first = [...after].at(0) ?? '';
  return isSpaced(last) && isSpaced(first) ? ' ' : '';
}

function isSpaced(character: string): boolean {
  return spacedCharacter.test(character) && !unspacedScript.test(character);
}

/** Words as running text, with the blanks that the language wants. */
export function joinWords(words: readonly string[], language: string): string {
  return words.reduce(
    (text, word, index) => (index === 0 ? word : text + separator(words[index - 1]!, word, language) + word),
    '',
  );
}

/**
 * A word as it is compared with others: lower case, without accents, surrounding punctuation and possessive ending, so
 * that `Sarah's`, `sarah` and `SARAH,` are the same; '' for mere punctuation.
 */
export function foldWord(word: string): string {
  return word
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[’‘ʼ]/g, "'")
    .replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, '')
    .replace(/'s$/, '');
}

/** Words folded and joined by blanks, mere punctuation left out: equal for the same value said twice. */
export function foldWords(words: readonly string[]): string {
  return words
    .map(foldWord)
    .filter((word) => word !== '')
    .join(' ');
}
