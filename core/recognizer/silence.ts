import { SAMPLE_RATE } from '../audio/source.ts';

/** 20 ms: the step of the encoder's states, and so of word times. */
const FRAME = SAMPLE_RATE / 50;
const FRAMES_PER_SECOND = SAMPLE_RATE / FRAME;
/** Speech is at most this far below the loudest frame of its segment; softer sounds count as silence. */
const RANGE_DB = 30;
/** Silence shorter than this inside a word is a stop or a soft consonant. */
const SHORTEST_SILENCE = 0.1;
/** Kept before and after the first and the last loud frame, for soft onsets. */
const MARGIN = 0.02;

/**
 * Where it is silent in a segment. Whisper's word times take a pause for part of the word beside it; measured on
 * LibriSpeech dev, the first word of a segment began 0.21 to 0.45 s early, with the margin of audio before it.
 * Whisper's own remedy bounds a word's length by twice the median word's; a phone number, which is one word, would then
 * end before it is said, and its last digits would be left in the bleeped audio.
 */
export class Silence {
  readonly #loud: readonly boolean[];

  /** @param samples 16 kHz mono. */
  constructor(samples: Float32Array) {
    const energies: number[] = [];
    for (let at = 0; at < samples.length; at += FRAME) {
      let energy = 0;
      for (const sample of samples.subarray(at, at + FRAME)) energy += sample * sample;
      energies.push(energy);
    }
    const threshold = energies.reduce((most, energy) => Math.max(most, energy), 0) / 10 ** (RANGE_DB / 10);
    this.#loud = energies.map((energy) => energy > threshold);
  }

  /** The span without the silence at its ends, in seconds of the segment; a span that is all silent stays as it is. */
  trim({ start, end }: { start: number; end: number }): { start: number; end: number } {
    const from = Math.round(start * FRAMES_PER_SECOND);
    const to = Math.round(end * FRAMES_PER_SECOND);
    const inside = this.#loud.slice(from, to);
    const first = inside.indexOf(true);
    if (first < 0) return { start, end };
    const loudStart = (from + first) / FRAMES_PER_SECOND - MARGIN;
    const loudEnd = (from + inside.lastIndexOf(true) + 1) / FRAMES_PER_SECOND + MARGIN;
    return {
      start: loudStart - start >= SHORTEST_SILENCE ? loudStart : start,
      end: end - loudEnd >= SHORTEST_SILENCE ? loudEnd : end,
    };
  }
}
