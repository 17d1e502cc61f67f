import type { SpeechSegment } from '../audio/segment.ts';
import { SAMPLE_RATE } from '../audio/source.ts';

/** The sound of the utterance that is being said: a stretch of the recording that grows at its end and is cut at its front. */
export class SpeechBuffer {
  #samples = new Float32Array(8 * SAMPLE_RATE);
  #length = 0;
  /** The recording's sample that the buffer begins with. */
  #first = 0;

  /** Seconds in the recording at which the buffer begins and ends. */
  get start(): number {
    return this.#first / SAMPLE_RATE;
  }

  get end(): number {
    return (this.#first + this.#length) / SAMPLE_RATE;
  }

  get seconds(): number {
    return this.#length / SAMPLE_RATE;
  }

  append(samples: Float32Array): void {
    const length = this.#length + samples.length;
    if (length > this.#samples.length) {
      const larger = new Float32Array(Math.max(length, 2 * this.#samples.length));
      larger.set(this.#samples.subarray(0, this.#length));
      this.#samples = larger;
    }
    this.#samples.set(samples, this.#length);
    this.#length = length;
  }

  /** Forgets what lies before `time` seconds in the recording. */
  dropBefore(time: number): void {
    const dropped = Math.min(Math.max(Math.round(time * SAMPLE_RATE) - this.#first, 0), this.#length);
    this.#samples.copyWithin(0, dropped, this.#length);
    this.#first += dropped;
    this.#length -= dropped;
  }

  /** Forgets all but the last `samples` samples. */
  keepLast(samples: number): void {
    this.dropBefore((this.#first + this.#length - samples) / SAMPLE_RATE);
  }

  /** The buffer without its last `without` samples as the recogniser takes it; valid until the buffer changes. */
  segment(without = 0): SpeechSegment {
    const length = Math.max(0, this.#length - without);
    const duration = length / SAMPLE_RATE;
    return {
      index: 0,
      samples: this.#samples.subarray(0, length),
      pieces: [{ start: this.start, offset: 0, duration }],
    };
  }
}
