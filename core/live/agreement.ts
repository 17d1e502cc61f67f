import type { SpelledWord } from '../recognizer/recognized.ts';

/**
 * Which words of an utterance are stable. A word becomes stable when two recognitions in a row, the second of more
 * sound, hear it and all words before it alike: LocalAgreement-2 (Liu et al. 2020, "Low-Latency Sequence-to-Sequence
 * Speech Recognition and Translation by Partial Hypothesis Selection"; used with Whisper by Macháček et al. 2023,
 * "Turning Whisper into Real-Time Transcription System"). Stable words never change, since every later recognition
 * goes on from their tokens.
 */
export class Agreement {
  #known: SpelledWord[] = [];
  #tentative: readonly SpelledWord[] = [];

  /** Stable words whose sound is still at hand: what the next recognition goes on from. */
  get known(): readonly SpelledWord[] {
    return this.#known;
  }

  /** Words after the known ones, heard once. */
  get tentative(): readonly SpelledWord[] {
    return this.#tentative;
  }

  /**
   * Takes in what a recognition heard after the known words.
   * @returns the words that became stable by it.
   */
  hear(words: readonly SpelledWord[]): readonly SpelledWord[] {
    let count = 0;
    while (count < words.length && words[count]!.word.text === this.#tentative[count]?.word.text) count++;
    return this.#accept(words, count);
  }

  /**
   * Makes words stable that were heard only once, because nothing more will be heard of them or their sound must go.
   * @param count how many of `words`, which follow the known ones.
   * @returns them.
   */
  settle(words: readonly SpelledWord[], count = words.length): readonly SpelledWord[] {
    return this.#accept(words, count);
  }

  /** Forgets the first `count` known words, whose sound is no longer at hand. */
  forget(count: number): void {
    this.#known.splice(0, count);
  }

  /** Forgets everything: the next words begin a new utterance. */
  reset(): void {
    this.#known = [];
    this.#tentative = [];
  }

  #accept(words: readonly SpelledWord[], count: number): readonly SpelledWord[] {
    const stable = words.slice(0, count);
    this.#known.push(...stable);
    this.#tentative = words.slice(count);
    return stable;
  }
}
