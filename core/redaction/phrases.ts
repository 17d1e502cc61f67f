import type { Token } from './tokens.ts';

/** A phrase found in the tokens `[from, to)`. */
export interface PhraseMatch<T> {
  readonly from: number;
  readonly to: number;
  readonly value: T;
}

interface Entry<T> {
  readonly words: readonly string[];
  readonly value: T;
}

/** Phrases of folded words with a value each, looked up by their first word. */
export class Phrases<T> {
  private readonly entries = new Map<string, Entry<T>[]>();

  /** Adds phrases written with blanks; alternatives are separate phrases. */
  add(phrases: readonly string[], value: T): this {
    for (const phrase of phrases) {
      const words = phrase.split(' ');
      const first = words[0]!;
      const list = this.entries.get(first) ?? [];
      list.push({ words, value });
      list.sort((a, b) => b.words.length - a.words.length);
      this.entries.set(first, list);
    }
    return this;
  }

  /** The longest phrase that begins at token `at`. */
  at(tokens: readonly Token[], at: number): PhraseMatch<T> | undefined {
    const token = tokens[at];
    const list = token && this.entries.get(token.key);
    const found = list?.find(({ words }) => words.every((word, n) => tokens[at + n]?.key === word));
    return found && { from: at, to: at + found.words.length, value: found.value };
  }

  /** The phrase that ends nearest before token `at`, at most `distance` tokens between its end and `at`. */
  before(tokens: readonly Token[], at: number, distance: number): PhraseMatch<T> | undefined {
    let best: PhraseMatch<T> | undefined;
    for (let from = at - 1; from >= Math.max(0, at - distance - 6); from--) {
      const match = this.at(tokens, from);
      if (!match || match.to > at || at - match.to > distance) continue;
      if (!best || match.to > best.to || (match.to === best.to && match.from < best.from)) best = match;
    }
    return best;
  }

  /** The phrase that begins nearest at or after token `at`, at most `distance` tokens on. */
  after(tokens: readonly Token[], at: number, distance: number): PhraseMatch<T> | undefined {
    for (let from = at; from <= Math.min(tokens.length - 1, at + distance); from++) {
      const match = this.at(tokens, from);
      if (match) return match;
    }
    return undefined;
  }
}

/** A set of words written as one string with blanks. */
export function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/).filter(Boolean));
}

/** Phrases written as one string with commas. */
export function phraseList(phrases: string): string[] {
  return phrases
    .split(',')
    .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
    .filter(Boolean);
}
