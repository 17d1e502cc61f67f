import type { ShareableWord } from '../redaction/shareable.ts';
import { TURN_PAUSE } from '../transcript/build.ts';
import { separator } from '../transcript/text.ts';

/** Where captions go: standard output, or what a test gives. */
export interface CaptionStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const DEFAULT_COLUMNS = 80;
const DIM = '\x1b[2m';
const PLAIN = '\x1b[22m';
const ERASE_TO_END = '\x1b[K';

/**
 * Writes words as they become stable. On a terminal lines are wrapped, and the rest of the last line shows in dim what
 * is still tentative; elsewhere there is one line a turn and nothing that changes.
 */
export class LivePrinter {
  readonly #out: CaptionStream;
  #last: ShareableWord | null = null;
  /** Columns of the last line that are filled. */
  #column = 0;
  #showsTentative = false;

  constructor(out: CaptionStream) {
    this.#out = out;
  }

  /** @param language ISO 639-1: says whether blanks part words. */
  words(words: readonly ShareableWord[], language: string): void {
    if (words.length > 0) this.tentative('');
    for (const word of words) {
      const blank = this.#last ? separator(this.#last.text, word.text, language) : '';
      const turn = this.#last !== null && word.start - this.#last.end >= TURN_PAUSE;
      const width = columnsOf(word.text);
      const wraps = this.#out.isTTY === true && this.#column + blank.length + width >= this.#columns;
      if (this.#column > 0 && (turn || wraps)) {
        this.#out.write('\n');
        this.#column = 0;
      }
      const text = this.#column > 0 ? blank + word.text : word.text;
      this.#out.write(text);
      this.#column += columnsOf(text);
      this.#last = word;
    }
  }

  /** Replaces what is shown after the words; only on a terminal, and only as much as fits the line. */
  tentative(text: string): void {
    if (this.#out.isTTY !== true || (text === '' && !this.#showsTentative)) return;
    let shown = '';
    let column = this.#column + 1;
    for (const character of text) {
      column += columnsOf(character);
      if (column >= this.#columns) break;
      shown += character;
    }
    const back = this.#column > 0 ? `\r\x1b[${this.#column}C` : '\r';
    const blank = this.#column > 0 ? ' ' : '';
    this.#out.write(shown === '' ? ERASE_TO_END : `${ERASE_TO_END}${DIM}${blank}${shown}${PLAIN}${back}`);
    this.#showsTentative = shown !== '';
  }

  /** Ends the last line. */
  end(): void {
    this.tentative('');
    if (this.#column > 0) this.#out.write('\n');
    this.#column = 0;
  }

  get #columns(): number {
    return this.#out.columns ?? DEFAULT_COLUMNS;
  }
}

/** Columns that a text takes: two for the wide characters of East Asia. */
function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) columns += character >= '\u1100' ? 2 : 1;
  return columns;
}
