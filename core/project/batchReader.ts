import type { RecognizedSegment } from '../recognizer/recognized.ts';
import type { Recognizer, TranscribeOptions } from '../recognizer/recognizer.ts';
import type { DetectedSpan, DetectorWord } from '../redaction/detector.ts';
import type { RedactionHead } from '../redaction/head/head.ts';
import { SegmentStates } from '../redaction/head/sound.ts';
import { turnsOf } from '../transcript/build.ts';

/** A word to be read, with the speech segment that it was recognised in. */
interface HeardWord {
  readonly word: DetectorWord;
  readonly heardIn: number;
}

/**
 * Reads what is recognised with the redaction head, batch by batch, while the encoder's states of the batch are there:
 * those of three hours would not fit into memory. What lies at a batch's end is read a second time, as text, when it is
 * known how the talk goes on, and what either reading finds counts. So a batch's spans depend on nothing but the words
 * before it and its own sound, and a job that goes on from its journal finds what an undisturbed one finds.
 */
export class BatchReader {
  readonly #head: RedactionHead;
  readonly #listens: boolean;
  #states = new SegmentStates();
  /** Words before the batch that its first ones are understood by. */
  #before: DetectorWord[] = [];
  /** Words of the recording so far. */
  #count = 0;
  #turns = 0;

  constructor(head: RedactionHead, recognizer: Recognizer) {
    this.#head = head;
    this.#listens = head.hears(recognizer.pack.manifest.dimensions.state);
  }

  /** Takes the states of the batch that is being recognised; undefined where they mean nothing to the head. */
  get onStates(): TranscribeOptions['onStates'] {
    return this.#listens ? this.#states.add : undefined;
  }

  /** Reads the next batch. @returns what it finds, in words of the whole recording counted from 0. */
  async read(recognized: readonly RecognizedSegment[]): Promise<DetectedSpan[]> {
    const fresh = this.#wordsOf(recognized);
    const before = this.#before;
    const words = [...before, ...fresh.map(({ word }) => word)];
    const sound = this.#states.soundOf([...before.map(() => null), ...fresh]);
    this.#states = new SegmentStates();
    const spans = fresh.length === 0 ? [] : await this.#head.detect(words, sound);
    // Words at the very beginning are read without what was said before them; they were read better already.
    const understood = before.length - this.#head.contextOf(before, 1);
    const offset = this.#count - before.length;
    this.#pass(words, fresh.length);
    return spans
      .filter(({ to }) => to > understood)
      .map((span) => ({ ...span, from: span.from + offset, to: span.to + offset }));
  }

  /** Goes past a batch that was read before. */
  skip(recognized: readonly RecognizedSegment[]): void {
    const fresh = this.#wordsOf(recognized).map(({ word }) => word);
    this.#pass([...this.#before, ...fresh], fresh.length);
  }

  #pass(words: readonly DetectorWord[], fresh: number): void {
    this.#count += fresh;
    // Twice the context: to understand what is read again, and to be read again.
    this.#before = words.slice(words.length - this.#head.contextOf(words, 2));
  }

  #wordsOf(recognized: readonly RecognizedSegment[]): HeardWord[] {
    return recognized.flatMap((segment) =>
      turnsOf(segment).flatMap((turn) => {
        this.#turns++;
        return turn.map(({ text, start, end, confidence }) => ({
          word: { text, segment: this.#turns, confidence, time: { start, end } },
          heardIn: segment.index,
        }));
      }),
    );
  }
}
