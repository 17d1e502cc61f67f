import { type AudioSource, SAMPLE_RATE } from './source.ts';

/** Peaks for each second of a recording: at the closest zoom of the app's waveform one stands every two pixels. */
const PEAKS_PER_SECOND = 50;
/** Peaks at most, about 720 kB: four hours at {@link PEAKS_PER_SECOND}; a longer recording has fewer a second. */
const MOST_PEAKS = 4 * 3600 * PEAKS_PER_SECOND;
const LOUDEST = 255;

/** How loud a recording is over time, for drawing it. */
export interface Peaks {
  /** Peaks for each second. */
  readonly rate: number;
  /** For each slice the largest magnitude of its samples; 255 is full scale. */
  readonly values: Uint8Array;
}

/** Takes a recording's samples in order and keeps the peaks of equal slices; memory is bounded, however long it is. */
export class PeakBuilder {
  #values = new Uint8Array(60 * PEAKS_PER_SECOND);
  #count = 0;
  /** Samples of a slice. */
  #slice = SAMPLE_RATE / PEAKS_PER_SECOND;
  #filled = 0;
  #peak = 0;

  /** @param samples mono at {@link SAMPLE_RATE}, in [-1, 1]. */
  add(samples: Float32Array): void {
    for (let i = 0; i < samples.length; i++) {
      const magnitude = Math.abs(samples[i]!);
      if (magnitude > this.#peak) this.#peak = magnitude;
      if (++this.#filled === this.#slice) this.#close();
    }
  }

  /** The peaks of what was added; may be called at any time. */
  get peaks(): Peaks {
    return { rate: SAMPLE_RATE / this.#slice, values: this.#values.slice(0, this.#count) };
  }

  #close(): void {
    if (this.#count === MOST_PEAKS) {
      this.#halve();
      return;
    }
    if (this.#count === this.#values.length) {
      const larger = new Uint8Array(Math.min(2 * this.#values.length, MOST_PEAKS));
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#count++] = Math.round(Math.min(1, this.#peak) * LOUDEST);
    this.#filled = 0;
    this.#peak = 0;
  }

  /** Joins every two slices to one; the one that is full becomes the first half of the next. */
  #halve(): void {
    this.#count /= 2;
    for (let i = 0; i < this.#count; i++)
      this.#values[i] = Math.max(this.#values[2 * i]!, this.#values[2 * i + 1]!);
    this.#slice *= 2;
  }
}

/** The same source, whose peaks are taken while somebody reads it; complete after its last block. */
export function withPeaks<S extends AudioSource>(source: S): { source: S; peaks: () => Peaks } {
  let builder = new PeakBuilder();
  async function* blocks(signal?: AbortSignal): AsyncGenerator<Float32Array> {
    builder = new PeakBuilder();
    for await (const block of source.blocks(signal)) {
      builder.add(block);
      yield block;
    }
  }
  return { source: { ...source, blocks }, peaks: () => builder.peaks };
}

/** The peaks of a whole recording. @throws what reading it throws. */
export async function peaksOf(source: AudioSource, signal?: AbortSignal): Promise<Peaks> {
  const builder = new PeakBuilder();
  for await (const block of source.blocks(signal)) builder.add(block);
  return builder.peaks;
}
