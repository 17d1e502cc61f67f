import type { Tokenizer } from './tokenizer.ts';

/** A word, or a part of one, and the tokens it is made of. */
export interface WordTokens {
  /** As decoded, with its punctuation: a leading blank is kept. */
  readonly text: string;
  /** Its tokens are `[from, to)` of the text's tokens, punctuation around it left out, which is not spoken. */
  readonly from: number;
  readonly to: number;
}

/** Languages written without blanks between words (`split_to_word_tokens` in openai/whisper `tokenizer.py`). */
const UNSPACED_LANGUAGES = new Set(['zh', 'ja', 'th', 'lo', 'my', 'yue']);

const REPLACEMENT = '\ufffd';
/** Whisper's punctuation that belongs to the word that follows, and to the word before. */
const OPENING_PUNCTUATION = '"\'“‘¿¡([{-「『（《';
const CLOSING_PUNCTUATION = '"\'.。,，!！?？:：;；…”’)]}、」』）》';

/**
 * Splits decoded text tokens into words, punctuation merged into its word. In languages without blanks a word is
 * the smallest run of tokens that decodes to whole characters.
 */
export function splitWords(tokenizer: Tokenizer, tokens: readonly number[], language: string): WordTokens[] {
  const pieces = splitOnUnicode(tokenizer, tokens);
  return UNSPACED_LANGUAGES.has(language) ? mergePunctuation(pieces) : splitOnBlanks(pieces);
}

/** The smallest runs of tokens that decode to whole characters. */
function splitOnUnicode(tokenizer: Tokenizer, tokens: readonly number[]): WordTokens[] {
  const whole = tokenizer.decode(tokens);
  const pieces: WordTokens[] = [];
  let from = 0;
  let offset = 0;
  for (let to = 1; to <= tokens.length; to++) {
    const text = tokenizer.decode(tokens.slice(from, to));
    const broken = text.indexOf(REPLACEMENT);
    // A replacement character that stands in the whole text as well was really decoded.
    if (to < tokens.length && broken >= 0 && whole[offset + broken] !== REPLACEMENT) continue;
    pieces.push({ text, from, to });
    from = to;
    offset += text.length;
  }
  return pieces;
}

/**
 * A word begins at a blank. Unlike openai/whisper, which also cuts at punctuation and joins the text without
 * blanks again, "self-respect" and "10:30" stay whole. Punctuation that stands alone closes the word before, or is
 * left out where it cannot, such as a dash that opens a line.
 */
function splitOnBlanks(pieces: readonly WordTokens[]): WordTokens[] {
  const words: WordTokens[] = [];
  for (let i = 0; i < pieces.length; ) {
    let end = i + 1;
    while (end < pieces.length && !pieces[end]!.text.startsWith(' ')) end++;
    const group = pieces.slice(i, end);
    i = end;
    const text = group.map((piece) => piece.text).join('');
    const spoken = group.filter((piece) => !isPunctuation(piece.text));
    if (spoken.length > 0) words.push({ text, from: spoken[0]!.from, to: spoken[spoken.length - 1]!.to });
    else if (Array.from(text.trim()).every((character) => CLOSING_PUNCTUATION.includes(character)))
      appendToLast(words, text);
  }
  return words;
}

/** In languages without blanks: closing punctuation joins the piece before, opening punctuation the one after. */
function mergePunctuation(pieces: readonly WordTokens[]): WordTokens[] {
  const words: WordTokens[] = [];
  let opening = '';
  for (const piece of pieces) {
    const text = piece.text.trim();
    if (!isPunctuation(text)) {
      words.push({ ...piece, text: opening + piece.text });
      opening = '';
    } else if (OPENING_PUNCTUATION.includes(text)) opening += text;
    else appendToLast(words, text);
  }
  return words;
}

function appendToLast(words: WordTokens[], punctuation: string): void {
  const last = words.pop();
  if (last) words.push({ ...last, text: last.text + punctuation.trim() });
}

/** Nothing that is spoken: punctuation, blanks, symbols without a name. */
function isPunctuation(text: string): boolean {
  return !/[\p{L}\p{N}\p{M}\p{Sc}%&+=°@#*/]/u.test(text);
}
