import { describe, expect, it } from 'vitest';
import { Tokenizer } from '../../../core/recognizer/tokenizer.ts';
import { splitWords } from '../../../core/recognizer/wordTokens.ts';

/** A tokenizer of exactly these pieces, and the tokens of the pieces in a row. */
function tokenized(...pieces: (string | number[])[]): { tokenizer: Tokenizer; tokens: number[] } {
  const vocabulary: Record<string, number> = {};
  pieces.forEach((piece, token) => {
    const bytes = typeof piece === 'string' ? [...Buffer.from(piece, 'utf8')] : piece;
    // Marked by a character that the text lacks, so that equal pieces are different tokens of the same bytes.
    vocabulary[bytes.map(characterOf).join('')] = token;
  });
  const tokenizer = new Tokenizer(vocabulary);
  const tokens = pieces.map((piece) => {
    const bytes = typeof piece === 'string' ? [...Buffer.from(piece, 'utf8')] : piece;
    return vocabulary[bytes.map(characterOf).join('')]!;
  });
  return { tokenizer, tokens };
}

function characterOf(byte: number): string {
  const printable = (b: number) => (b > 32 && b < 127) || (b > 160 && b < 256 && b !== 173);
  if (printable(byte)) return String.fromCharCode(byte);
  const before = Array.from({ length: byte }, (_, b) => b).filter((b) => !printable(b)).length;
  return String.fromCharCode(256 + before);
}

function words(language: string, ...pieces: (string | number[])[]): string[] {
  const { tokenizer, tokens } = tokenized(...pieces);
  return splitWords(tokenizer, tokens, language).map((word) => word.text);
}

describe('splitWords', () => {
  it('begins a word at a blank', () => {
    expect(words('en', ' Good', ' mor', 'ning')).toEqual([' Good', ' morning']);
  });

  it('keeps compounds, times and amounts whole', () => {
    expect(words('en', ' self', '-', 'respect', ' at', ' 10', ':', '30', ' for', ' $', '5')).toEqual([
      ' self-respect',
      ' at',
      ' 10:30',
      ' for',
      ' $5',
    ]);
  });

  it('times a word by what is spoken of it, not by its punctuation', () => {
    const { tokenizer, tokens } = tokenized(' “', 'Hello', ',”', ' she', ' said', '.');
    expect(splitWords(tokenizer, tokens, 'en')).toEqual([
      { text: ' “Hello,”', from: 1, to: 2 },
      { text: ' she', from: 3, to: 4 },
      { text: ' said.', from: 4, to: 5 },
    ]);
  });

  it('leaves out a dash that stands alone and closes a word with dots that do', () => {
    expect(words('en', ' -', ' Well', ' ...', ' yes')).toEqual([' Well...', ' yes']);
  });

  it('cuts Chinese into whole characters, with the punctuation at its word', () => {
    const [first, ...rest] = [...Buffer.from('語', 'utf8')];
    expect(words('zh', '「', '你', '好', '，', [first!], rest, '」', '。')).toEqual([
      '「你',
      '好，',
      '語」。',
    ]);
  });

  it('gives every spoken token to exactly one word', () => {
    const { tokenizer, tokens } = tokenized(' It', "'s", ' twenty', '-', 'one', ' euros', '!');
    const split = splitWords(tokenizer, tokens, 'en');
    expect(split.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [2, 5],
      [5, 6],
    ]);
  });
});
