import { beforeAll, describe, expect, it } from 'vitest';
import { Tokenizer } from '../../../core/recognizer/tokenizer.ts';

/** GPT-2's characters for bytes, written down from its definition: printable bytes are themselves. */
function characterOf(byte: number): string {
  const printable = [...range(0x21, 0x7e), ...range(0xa1, 0xac), ...range(0xae, 0xff)];
  if (printable.includes(byte)) return String.fromCharCode(byte);
  const others = [...range(0, 255)].filter((other) => !printable.includes(other));
  return String.fromCharCode(256 + others.indexOf(byte));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

let tokenizer: Tokenizer;
beforeAll(() => {
  const vocabulary = Object.fromEntries(range(0, 255).map((byte) => [characterOf(byte), byte]));
  tokenizer = new Tokenizer({ ...vocabulary, Ġhello: 300, '<|endoftext|>': 400 });
});

describe('Tokenizer', () => {
  it('decodes every byte', () => {
    expect([...tokenizer.bytes(range(0, 255))]).toEqual(range(0, 255));
  });

  it('puts a character together that lies in several tokens', () => {
    for (const text of ['ü', '€', '語', '👋🏽'])
      expect(tokenizer.decode([...Buffer.from(text, 'utf8')])).toBe(text);
  });

  it('reads the marked blank of a word', () => {
    expect(tokenizer.decode([300, 0x21])).toBe(' hello!');
  });

  it('shows half a character as the replacement character', () => {
    expect(tokenizer.decode([0xc3])).toBe('\ufffd');
  });

  it('takes tokens outside its vocabulary for nothing', () => {
    expect(tokenizer.decode([300, 51_000])).toBe(' hello');
  });
});
