import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const tokenizerSchema = z.looseObject({
  model: z.looseObject({ type: z.literal('BPE'), vocab: z.record(z.string(), z.number().int()) }),
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

/**
 * The decoding half of Whisper's byte-level BPE, read from a Hugging Face `tokenizer.json`. A token is a run of
 * bytes, not of characters: a character may be split over several tokens.
 */
export class Tokenizer {
  readonly #bytes: readonly (Uint8Array | undefined)[];

  constructor(vocabulary: Readonly<Record<string, number>>) {
    const byteOf = byteOfCharacter();
    const bytes: (Uint8Array | undefined)[] = [];
    for (const [text, id] of Object.entries(vocabulary)) {
      const values = Array.from(text, (character) => byteOf.get(character));
      // Special tokens such as <|endoftext|> may be listed too; they are ASCII and never decoded as text.
      if (values.every((value) => value !== undefined)) bytes[id] = Uint8Array.from(values as number[]);
    }
    this.#bytes = bytes;
  }

  static async load(path: string): Promise<Tokenizer> {
    return new Tokenizer(tokenizerSchema.parse(JSON.parse(await readFile(path, 'utf8'))).model.vocab);
  }

  /** UTF-8 bytes of the tokens in a row; tokens outside the vocabulary count as empty. */
  bytes(tokens: readonly number[]): Uint8Array {
    return Buffer.concat(tokens.map((token) => this.#bytes[token] ?? new Uint8Array(0)));
  }

  /** Text of the tokens; bytes that are no UTF-8 become U+FFFD. */
  decode(tokens: readonly number[]): string {
    return Buffer.from(this.bytes(tokens)).toString('utf8');
  }
}
