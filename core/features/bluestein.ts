import FFT from 'fft.js';

/**
 * Discrete Fourier transform of any length by Bluestein's chirp-z algorithm over a power-of-two transform of
 * fft.js (Bluestein 1970; L. R. Rabiner et al., "The chirp z-transform algorithm", 1969). Exact to rounding.
 * An instance owns its buffers and is not reentrant.
 */
export class BluesteinTransform {
  readonly length: number;
  /** Interleaved complex input, `2 * length` values; overwritten by nobody but the caller. */
  readonly input: Float64Array;
  /** Interleaved complex output, `2 * length` values. */
  readonly output: Float64Array;
  readonly #fft: FFT;
  /** exp(-i pi n^2 / length), interleaved. */
  readonly #chirp: Float64Array;
  // What fft.js reads and writes are plain arrays: with typed ones it takes a third longer in Node 20.
  /** Transform of the conjugate chirp, divided by the transform's size, interleaved. */
  readonly #filter: number[];
  readonly #padded: number[];
  readonly #spectrum: number[];

  constructor(length: number) {
    this.length = length;
    this.input = new Float64Array(2 * length);
    this.output = new Float64Array(2 * length);
    const size = Math.max(2, 2 ** Math.ceil(Math.log2(2 * length - 1)));
    this.#fft = new FFT(size);
    this.#chirp = new Float64Array(2 * length);
    const conjugate = new Array<number>(2 * size).fill(0);
    for (let n = 0; n < length; n++) {
      // n^2 modulo 2 * length keeps the angle small, hence exact.
      const angle = (Math.PI * ((n * n) % (2 * length))) / length;
      const cos = Math.cos(angle) / size;
      const sin = Math.sin(angle) / size;
      this.#chirp[2 * n] = Math.cos(angle);
      this.#chirp[2 * n + 1] = -Math.sin(angle);
      conjugate[2 * n] = cos;
      conjugate[2 * n + 1] = sin;
      const mirrored = (size - n) % size;
      conjugate[2 * mirrored] = cos;
      conjugate[2 * mirrored + 1] = sin;
    }
    this.#filter = new Array<number>(2 * size).fill(0);
    this.#fft.transform(this.#filter, conjugate);
    this.#padded = new Array<number>(2 * size).fill(0);
    this.#spectrum = new Array<number>(2 * size).fill(0);
  }

  /** Transforms {@link input} into {@link output}: X[k] = sum x[n] exp(-2 pi i k n / length). */
  transform(): void {
    const { input, output, length } = this;
    const chirp = this.#chirp;
    const filter = this.#filter;
    const padded = this.#padded;
    const spectrum = this.#spectrum;
    for (let i = 0; i < 2 * length; i += 2) {
      const re = input[i]!;
      const im = input[i + 1]!;
      const cos = chirp[i]!;
      const sin = chirp[i + 1]!;
      padded[i] = re * cos - im * sin;
      padded[i + 1] = re * sin + im * cos;
    }
    padded.fill(0, 2 * length);
    this.#fft.transform(spectrum, padded);
    // An inverse transform is a forward one between two conjugations; the 1/size lies in the filter.
    for (let i = 0; i < spectrum.length; i += 2) {
      const re = spectrum[i]!;
      const im = spectrum[i + 1]!;
      const a = filter[i]!;
      const b = filter[i + 1]!;
      spectrum[i] = re * a - im * b;
      spectrum[i + 1] = -(re * b + im * a);
    }
    this.#fft.transform(padded, spectrum);
    for (let i = 0; i < 2 * length; i += 2) {
      const re = padded[i]!;
      const im = -padded[i + 1]!;
      const cos = chirp[i]!;
      const sin = chirp[i + 1]!;
      output[i] = re * cos - im * sin;
      output[i + 1] = re * sin + im * cos;
    }
  }
}
