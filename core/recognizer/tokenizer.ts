import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** Checked by hand: for 50,000 entries zod's record makes tens of megabytes of garbage, which the process keeps. */
const vocabularySchema = z.custom<Record<string, number>>(
  (value) => typeof value === 'object' && value !== null && Object.values(value).every(Number.isSafeInteger),
);
const tokenizerSchema = z.looseObject({
  model: z.looseObject({ type: z.literal('BPE'), vocab: vocabularySchema }),
});

/**
 * Byte that each character of a byte-level vocabulary stands for: printable Latin-1 characters stand for
 * themselves, the other bytes for the characters from U+0100 on (GPT-2 `bytes_to_unicode`).
 */
function byteOfCharacter(): Map<string, number> {
  const printable = (byte: number) =>
    (byte >= 0x21 && byte <= 0x7e) || (byte >= 0xa1 && byte <= 0xac) || (byte >= 0xae && byte <= 0xff);
  const bytes = new Map<string, number>();
  let next = 0x100;
  for (let byte = 0; byte < 256; byte++)
    bytes.set(String.fromCharCode(printable(byte) ? byte : next++), byte);
  return bytes;
}

const BYTE_OF_CHARACTER: ReadonlyMap<string, number> = byteOfCharacter();
const CHARACTER_OF_BYTE: ReadonlyMap<number, string> = new Map(
  [...BYTE_OF_CHARACTER].map(([character, byte]) => [byte, character]),
);

/** What merges never cross: words with the blank before them, numbers, marks (GPT-2's pattern). */
const PIECES = /'(?:s|t|re|ve|m|ll|d)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+/gu;

/**
 * Whisper's byte-level BPE, read from a Hugging Face `tokenizer.json`. A token is a run of
 * bytes, not of characters: a character may be split over several tokens.
 */
export class Tokenizer {
  /** As the vocabulary spells them, in characters that stand for bytes. */
  readonly #tokens: readonly (string | undefined)[];
  /** The same by spelling; made when a text is to be encoded. */
  #numbers: Map<string, number> | null = null;

  constructor(vocabulary: Readonly<Record<string, number>>) {
    const tokens: string[] = [];
    for (const text in vocabulary) tokens[vocabulary[text]!] = text;
    this.#tokens = tokens;
  }

  static async load(path: string): Promise<Tokenizer> {
    return new Tokenizer(tokenizerSchema.parse(JSON.parse(await readFile(path, 'utf8'))).model.vocab);
  }

  /**
   * Tokens of a text. Merges go in the order of the vocabulary's numbers, which is the order in which they were learned
   * (tiktoken, `byte_pair_merge`), so no list of merges is needed.
   */
  encode(text: string): number[] {
    this.#numbers ??= new Map(
      this.#tokens.flatMap((token, number) => (token === undefined ? [] : [[token, number]])),
    );
    const numbers = this.#numbers;
    return (text.match(PIECES) ?? []).flatMap((piece) => {
      const parts = Array.from(Buffer.from(piece), (byte) => CHARACTER_OF_BYTE.get(byte)!);
      for (;;) {
        let best = -1;
        let lowest = Number.POSITIVE_INFINITY;
        for (let at = 0; at + 1 < parts.length; at++) {
          const number = numbers.get(parts[at]! + parts[at + 1]!) ?? Number.POSITIVE_INFINITY;
          if (number < lowest) [best, lowest] = [at, number];
        }
        if (best < 0) return parts.flatMap((part) => numbers.get(part) ?? []);
        parts.splice(best, 2, parts[best]! + parts[best + 1]!);
      }
    });
  }

  /** UTF-8 bytes of the tokens in a row; tokens outside the vocabulary count as empty. */
  bytes(tokens: readonly number[]): Uint8Array {
    return Uint8Array.from(tokens.flatMap((token) => this.#bytesOf(token)));
  }

  /** Text of the tokens; bytes that are no UTF-8 become U+FFFD. */
  decode(tokens: readonly number[]): string {
    return Buffer.from(this.bytes(tokens)).toString('utf8');
  }

  #bytesOf(token: number): number[] {
    const values = Array.from(this.#tokens[token] ?? '', (character) => BYTE_OF_CHARACTER.get(character));
    // A special token with other characters is never decoded as text.
    return values.every((value) => value !== undefined) ? values : [];
  }
}
