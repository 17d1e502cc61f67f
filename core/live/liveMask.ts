import type { RecognizedWord } from '../recognizer/recognized.ts';
import { AliasRegister } from '../redaction/aliases.ts';
import { findEntities } from '../redaction/detect.ts';
import type { DetectedSpan, DetectorWord } from '../redaction/detector.ts';
import type { RedactionHead } from '../redaction/head/head.ts';
import { inPlaceOf } from '../redaction/mask.ts';
import { masks, type Policy } from '../redaction/policy.ts';
import { readWords } from '../redaction/rules/reading.ts';
import type { ShareableWord } from '../redaction/shareable.ts';
import { TURN_PAUSE } from '../transcript/build.ts';
import { singleLine } from '../transcript/typedWords.ts';

/** Words that must follow a word before it is released: a name is often known by what is said after it. */
export const WORDS_AFTER = 12;
/** Seconds of silence after which words are released though few words follow. */
export const QUIET_SECONDS = 5;
/** Released words that the search still sees, so that "my number is" counts for the number that follows. */
const WORDS_BEFORE = 60;
/** Words said inside a dictated number that are no part of it ("okay", "um"). */
const WORDS_BETWEEN = 3;
/** Nothing waits for more words than this, not even a number without end; what is masked of it stays masked. */
const MOST_WAITING = 120;

type Range = Pick<DetectedSpan, 'from' | 'to'>;

/**
 * Masks words as they come. A word is released when enough was said after it to tell what it is, and what is released
 * never changes: words of a masked value leave only as its alias. A value that only later words give away, a minute
 * after it was said, is beyond this; the finished transcript, which is searched as a whole, masks it.
 * One call at a time.
 */
export class LiveMask {
  readonly #policy: Policy;
  readonly #head: RedactionHead | null;
  readonly #register = new AliasRegister();
  /** Names of people masked so far, found again wherever they are said. */
  readonly #people = new Set<string>();
  /** Released words that still count as context, then those that wait. */
  #words: { readonly word: RecognizedWord; readonly turn: number }[] = [];
  #released = 0;
  /** Whether a pause released all that it can, until more is said. */
  #paused = false;

  /** @param head reads the words as text; null where rules and lists do alone. */
  constructor(policy: Policy, head: RedactionHead | null) {
    this.#policy = policy;
    this.#head = head;
  }

  /** Words that wait. */
  get waiting(): number {
    return this.#words.length - this.#released;
  }

  /** Takes stable words in. @returns those that may be shown now, in order. */
  async push(words: readonly RecognizedWord[]): Promise<ShareableWord[]> {
    if (words.length > 0) this.#paused = false;
    for (const word of words) {
      const text = singleLine(word.text);
      if (text === '') continue;
      const last = this.#words[this.#words.length - 1];
      const turn = last ? last.turn + (word.start - last.word.end >= TURN_PAUSE ? 1 : 0) : 0;
      this.#words.push({ word: { ...word, text }, turn });
    }
    return words.length === 0 ? [] : this.#release(this.#words.length - WORDS_AFTER, true);
  }

  /**
   * Nobody has spoken for a while: what waits is released, except for a value at the end, which may go on.
   */
  async pause(): Promise<ShareableWord[]> {
    if (this.#paused) return [];
    this.#paused = true;
    return this.#release(this.#words.length, true);
  }

  /** Nothing more is said: releases the rest. */
  finish(): Promise<ShareableWord[]> {
    return this.#release(this.#words.length, false);
  }

  /** Releases words up to `wanted`, or fewer where that would cut a value that may go on. */
  async #release(wanted: number, mayGoOn: boolean): Promise<ShareableWord[]> {
    if (wanted <= this.#released) return [];
    const seen: DetectorWord[] = this.#words.map(({ word, turn }) => ({
      text: word.text,
      segment: turn,
      confidence: word.confidence,
      time: { start: word.start, end: word.end },
    }));
    const found = await findEntities(seen, this.#policy, [...this.#people], this.#head);
    const spans = found.filter((span) => masks(this.#policy, span.label) || span.detector === 'deny');
    const { digits, codes } = readWords(seen);
    const limit = mayGoOn ? this.#uncut(wanted, [...spans, ...digits, ...codes]) : wanted;
    const released = this.#masked(spans, Math.max(limit, this.#released));
    const forgotten = Math.max(0, this.#released - WORDS_BEFORE);
    this.#words.splice(0, forgotten);
    this.#released -= forgotten;
    return released;
  }

  /** The largest limit up to `wanted` at which no value is cut, and none could go on after the last word. */
  #uncut(wanted: number, values: readonly Range[]): number {
    const { length } = this.#words;
    if (length - this.#released > MOST_WAITING) return wanted;
    let limit = wanted;
    const cut = ({ from, to }: Range) =>
      from < limit && (to > limit || to > length - WORDS_BETWEEN - 1) && to > this.#released;
    for (let value = values.find(cut); value; value = values.find(cut)) limit = value.from;
    return limit;
  }

  /** Releases the words before `limit`, those of each span as one alias. */
  #masked(spans: readonly DetectedSpan[], limit: number): ShareableWord[] {
    const out: ShareableWord[] = [];
    const named = spans.map((span) => ({ ...span, value: this.#value(span) }));
    for (const { label, value } of named) if (label === 'PERSON') this.#register.learn([value]);
    while (this.#released < limit) {
      const at = this.#released;
      const { word } = this.#words[at]!;
      const span = named.find(({ from, to }) => from <= at && at < to);
      if (!span) {
        out.push({ ...word, masked: null });
        this.#released++;
        continue;
      }
      const covered = this.#words.slice(at, Math.min(span.to, limit)).map((each) => each.word);
      const alias = this.#register.alias(span.label, span.value);
      if (span.label === 'PERSON') this.#people.add(span.value);
      out.push({
        text: inPlaceOf(
          covered.map(({ text }) => text),
          alias,
        ),
        start: word.start,
        end: Math.max(...covered.map(({ end }) => end)),
        confidence: null,
        masked: { label: span.label, alias },
      });
      this.#released += covered.length;
    }
    return out;
  }

  #value({ from, to }: Range): string {
    return this.#words
      .slice(from, to)
      .map(({ word }) => word.text)
      .join(' ');
  }
}
