/** Seconds by which a packet's time may differ from the samples so far before the samples are moved. */
const TOLERANCE = 0.1;

/** Longest block of silence given at once, in seconds. */
const BLOCK = 1;

/**
 * Lays decoded packets on the recording's timeline. Packets follow one another without gaps as long as their times
 * agree to {@link TOLERANCE}, for containers round times (Matroska to 1 ms) and live recorders write uneven ones. A
 * longer gap (a paused recording, lost packets, a track that begins later) is filled with silence and a longer
 * overlap dropped, so that times keep referring to the recording after it.
 */
export class Timeline {
  readonly #channels: number;
  readonly #sampleRate: number;
  #end = 0;

  constructor(channels: number, sampleRate: number) {
    this.#channels = channels;
    this.#sampleRate = sampleRate;
  }

  /** Samples laid so far, of each channel. */
  get end(): number {
    return this.#end;
  }

  /** @param time - of the first sample, in seconds; what lies before 0 is left out. */
  *place(time: number, samples: readonly Float32Array[]): Generator<Float32Array[]> {
    const start = Math.round(time * this.#sampleRate);
    const tolerance = TOLERANCE * this.#sampleRate;
    for (let gap = start - this.#end > tolerance ? start - this.#end : 0; gap > 0; ) {
      const length = Math.min(gap, BLOCK * this.#sampleRate);
      yield this.#advance(Array.from({ length: this.#channels }, () => new Float32Array(length)));
      gap -= length;
    }
    const isEarly = this.#end - start > tolerance || start < 0;
    const drop = isEarly ? Math.min(this.#end - start, samples[0]?.length ?? 0) : 0;
    const rest = samples.map((channel) => channel.subarray(drop));
    if ((rest[0]?.length ?? 0) > 0) yield this.#advance(rest);
  }

  #advance(samples: Float32Array[]): Float32Array[] {
    this.#end += samples[0]!.length;
    return samples;
  }
}
