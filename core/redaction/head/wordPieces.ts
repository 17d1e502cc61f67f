import { readFile } from 'node:fs/promises';

/** Letters of a part of a word from which on it is unknown, as BERT has it. */
const LONGEST_PART = 100;
const CONTINUED = '##';

/** Ids that every BERT vocabulary has at these places. */
const UNKNOWN_PIECE = 100;
export const FIRST_PIECE = 101;
export const SEPARATOR_PIECE = 102;

/** Characters that are taken out: controls, formats, private ones, and what stands for an unreadable byte. */
const unreadable = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\uFFFD]/gu;
/** ASCII marks, of which Unicode calls some symbols, and Unicode's marks; each is a part by itself. */
const mark = /[!-/:-@[-`{-~\p{P}]/u;
/** The ranges that BERT cuts one by one. Kana and Hangul are not among them. */
const cjk =
  /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{2A6DF}\u{2A700}-\u{2B73F}\u{2B740}-\u{2B81F}\u{2B920}-\u{2CEAF}\u{2F800}-\u{2FA1F}]/u;

/**
 * Cuts words into the pieces of BERT's uncased vocabulary, word by word, as the redaction head was trained on
 * (models/training/redactor/README.md, "Words to pieces"; Hugging Face's tokenizers are the reference).
 */
export class WordPieces {
  readonly #ids: ReadonlyMap<string, number>;
  readonly #most: number;
  readonly #known = new Map<string, readonly number[]>();

  /**
   * @param vocabulary pieces in the order of their ids, from 0.
   * @param most pieces of a word; what comes after is left out.
   */
  constructor(vocabulary: readonly string[], most: number) {
    this.#ids = new Map(vocabulary.map((piece, id) => [piece, id]));
    this.#most = most;
  }

  /** @param path of a vocab.txt: a piece a line. */
  static async load(path: string, most: number): Promise<WordPieces> {
    const lines = (await readFile(path, 'utf8')).split('\n');
    return new WordPieces(lines[lines.length - 1] === '' ? lines.slice(0, -1) : lines, most);
  }

  /** Ids of a word's pieces, at least one. */
  of(word: string): readonly number[] {
    let ids = this.#known.get(word);
    if (!ids) {
      const all = partsOf(word).flatMap((part) => this.#piecesOf(part));
      ids = all.length === 0 ? [UNKNOWN_PIECE] : all.slice(0, this.#most);
      this.#known.set(word, ids);
    }
    return ids;
  }

  /** Greedily the longest piece, again and again. */
  #piecesOf(part: string): number[] {
    const letters = [...part];
    if (letters.length > LONGEST_PART) return [UNKNOWN_PIECE];
    const ids: number[] = [];
    for (let from = 0; from < letters.length; ) {
      let id: number | undefined;
      let to = letters.length;
      for (; to > from; to--) {
        const piece = letters.slice(from, to).join('');
        id = this.#ids.get(from === 0 ? piece : CONTINUED + piece);
        if (id !== undefined) break;
      }
      if (id === undefined) return [UNKNOWN_PIECE];
      ids.push(id);
      from = to;
    }
    return ids;
  }
}

/** A word in lower case without accents, cut around marks and CJK letters. */
function partsOf(word: string): string[] {
  const bare = word
    .replace(unreadable, '')
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '');
  const parts: string[] = [];
  let open = '';
  // Letter by letter: a whole word's lower case would make a final sigma of its last one.
  for (const letter of bare) {
    const lower = letter.toLowerCase();
    if (/\s/u.test(letter) || mark.test(letter) || cjk.test(letter)) {
      if (open !== '') parts.push(open);
      if (lower.trim() !== '') parts.push(lower);
      open = '';
    } else open += lower;
  }
  if (open !== '') parts.push(open);
  return parts;
}
