import { LEAST_EVIDENCE, OFF, ON, SHORTEST_PAUSE, windows } from '../audio/segmentation.ts';

/**
 * A pause this long ends an utterance: what was heard of it is final. Shorter ones are breaths and hesitations, over
 * which the recogniser needs what was said before.
 */
export const END_PAUSE = windows(0.6);

/**
 * What a window is: `silence`; `opening`, sound that may turn out to be speech; `speech`, also its short pauses; `end`,
 * the window at which an utterance is over, {@link END_PAUSE} windows after its last speech.
 */
export type WindowKind = 'silence' | 'opening' | 'speech' | 'end';

/**
 * Tells window by window where utterances begin and end, by the thresholds of `audio/segmentation.ts`, so that what is
 * no speech for a finished recording is none here either.
 */
export class SpeechGate {
  /** Probabilities of the opening added up; null in silence. */
  #evidence: number | null = null;
  #open = false;
  #quiet = 0;

  /** @param probability that somebody speaks in the next window. */
  hear(probability: number): WindowKind {
    if (this.#evidence === null) {
      if (probability < ON) return 'silence';
      this.#evidence = 0;
      this.#quiet = 0;
    }
    this.#evidence += probability;
    this.#quiet = probability < OFF ? this.#quiet + 1 : 0;
    if (this.#evidence >= LEAST_EVIDENCE) this.#open = true;
    if (this.#quiet < (this.#open ? END_PAUSE : SHORTEST_PAUSE)) return this.#open ? 'speech' : 'opening';
    const ended = this.#open;
    this.#evidence = null;
    this.#open = false;
    return ended ? 'end' : 'silence';
  }

  /** Whether an utterance has begun and not ended. */
  get open(): boolean {
    return this.#open;
  }
}
