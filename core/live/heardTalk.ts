import type { RecognizedSegment, RecognizedWord } from '../recognizer/recognized.ts';
import type { LiveUpdate } from './session.ts';

/** Seconds from which on the end of an utterance also ends a segment: a paragraph of the transcript. */
const PARAGRAPH = 20;

/** Everything that became stable, as recognised segments: what a transcript is made of when the talk is over. */
export class HeardTalk {
  readonly #segments: RecognizedSegment[] = [];
  #words: RecognizedWord[] = [];

  /** Time of the last word's end in the recording, in seconds; 0 before the first. */
  get end(): number {
    const last = this.#words[this.#words.length - 1];
    return last?.end ?? this.#segments[this.#segments.length - 1]?.end ?? 0;
  }

  add({ stable, ended }: LiveUpdate): void {
    this.#words.push(...stable);
    if (ended && this.#words.length > 0 && this.end - this.#words[0]!.start >= PARAGRAPH)
      this.#closeSegment();
  }

  /** All segments, in order; nothing may be added afterwards. */
  finish(): readonly RecognizedSegment[] {
    if (this.#words.length > 0) this.#closeSegment();
    return this.#segments;
  }

  #closeSegment(): void {
    const words = this.#words;
    this.#segments.push({ index: this.#segments.length, start: words[0]!.start, end: this.end, words });
    this.#words = [];
  }
}
