/** Stopband attenuation the filters are designed for, in dB; the tested figure is 80. */
const ATTENUATION = 85;
/** Part of the lower Nyquist frequency that passes unchanged: 7.2 kHz of 8 kHz. */
const PASSBAND = 0.9;
/** Rates are halved by a short filter first while the half stays above this, which saves half the arithmetic. */
const HALVE_ABOVE = 22_000;

/**
 * Band-limited sample rate conversion by polyphase filters with a Kaiser-windowed sinc (Kaiser 1974; the design
 * formulas are those of Oppenheim & Schafer, Discrete-Time Signal Processing, 7.5.3). Streams: the output does not
 * depend on how the input is cut into blocks. Output sample n lies at input time n / to exactly, the filters' delay
 * being taken out.
 */
export class Resampler {
  readonly #stages: PolyphaseFilter[] = [];

  /** @param from - and `to`: whole rates in Hz. */
  constructor(from: number, to: number) {
    const nyquist = Math.min(from, to) / 2;
    let rate = from;
    while (rate % 2 === 0 && rate / 2 >= Math.max(HALVE_ABOVE, to)) {
      // What folds back must only miss the band that the last stage keeps.
      this.#stages.push(new PolyphaseFilter(rate, rate / 2, nyquist, rate / 2 - nyquist));
      rate /= 2;
    }
    if (rate !== to) this.#stages.push(new PolyphaseFilter(rate, to, PASSBAND * nyquist, nyquist));
  }

  /** As many output samples as the input so far determines. */
  process(samples: Float32Array): Float32Array {
    return this.#stages.reduce((signal, stage) => stage.process(signal), samples);
  }

  /** The rest, as if silence followed; ceil(n * to / from) samples have come out of n. */
  flush(): Float32Array {
    let rest: Float32Array = new Float32Array(0);
    for (const stage of this.#stages) {
      const processed = stage.process(rest);
      const tail = stage.flush();
      rest = new Float32Array(processed.length + tail.length);
      rest.set(processed);
      rest.set(tail, processed.length);
    }
    return rest;
  }
}

/** One rational conversion by up / down, computing only the samples that stay. */
class PolyphaseFilter {
  readonly #up: number;
  readonly #down: number;
  /** Input samples on either side of an output sample that the filter reaches. */
  readonly #reach: number;
  /** Taps of one phase, a multiple of 4; taps beyond the window are 0. */
  readonly #taps: number;
  /** Phase after phase; phase p has the taps for an output p / up of a sample after an input sample. */
  readonly #phases: Float32Array;
  /** The input still needed, from input index `#first` on. */
  #history: Float32Array;
  #first: number;
  #received = 0;
  #produced = 0;

  /** @param pass - and `stop`: edges of the transition band in Hz. */
  constructor(from: number, to: number, pass: number, stop: number) {
    const divisor = greatestCommonDivisor(from, to);
    this.#up = to / divisor;
    this.#down = from / divisor;
    const beta = 0.1102 * (ATTENUATION - 8.7);
    const order = (ATTENUATION - 7.95) / (14.36 * ((stop - pass) / from));
    this.#reach = Math.ceil(order / 2);
    this.#taps = 4 * Math.ceil((2 * this.#reach + 1) / 4);
    this.#phases = new Float32Array(this.#up * this.#taps);
    const cutoff = (pass + stop) / from; // cycles a sample, twice
    for (let phase = 0; phase < this.#up; phase++) {
      const taps = this.#phases.subarray(phase * this.#taps, (phase + 1) * this.#taps);
      let sum = 0;
      for (let k = 0; k < this.#taps; k++) {
        const distance = k - this.#reach - phase / this.#up;
        taps[k] = cutoff * sinc(cutoff * distance) * kaiser(distance / (this.#reach + 1), beta);
        sum += taps[k]!;
      }
      // Each phase passes a constant unchanged; otherwise a constant would come out with a faint tone.
      for (let k = 0; k < this.#taps; k++) taps[k]! /= sum;
    }
    this.#history = new Float32Array(this.#reach);
    this.#first = -this.#reach;
  }

  process(samples: Float32Array): Float32Array {
    this.#received += samples.length;
    return this.#filter(samples, this.#received);
  }

  flush(): Float32Array {
    return this.#filter(new Float32Array(this.#reach), this.#received + this.#reach);
  }

  /** Takes in samples that end at input index `end` and gives all outputs whose taps end before it. */
  #filter(samples: Float32Array, end: number): Float32Array {
    // Three zeros more than there is input, for taps that are 0 themselves.
    const input = new Float32Array(this.#history.length + samples.length + 3);
    input.set(this.#history);
    input.set(samples, this.#history.length);
    const inputs = Math.min(end - this.#reach, this.#received);
    const target = Math.max(this.#produced, Math.ceil((inputs * this.#up) / this.#down));
    const output = new Float32Array(target - this.#produced);
    const { length } = output;
    const phases = this.#phases;
    const taps = this.#taps;
    let position = this.#produced * this.#down; // in input samples times `up`
    for (let n = 0; n < length; n++, position += this.#down) {
      const centre = Math.floor(position / this.#up);
      let tap = (position - centre * this.#up) * taps;
      let at = centre - this.#reach - this.#first;
      // Four sums: a single one would wait for each addition to finish before the next (2.5 times slower).
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (const last = tap + taps; tap < last; tap += 4, at += 4) {
        a += phases[tap]! * input[at]!;
        b += phases[tap + 1]! * input[at + 1]!;
        c += phases[tap + 2]! * input[at + 2]!;
        d += phases[tap + 3]! * input[at + 3]!;
      }
      output[n] = a + b + c + d;
    }
    this.#produced = target;
    const needed = Math.floor((this.#produced * this.#down) / this.#up) - this.#reach;
    const filled = this.#history.length + samples.length;
    const drop = Math.min(Math.max(needed - this.#first, 0), filled);
    this.#history = input.slice(drop, filled);
    this.#first += drop;
    return output;
  }
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/** Kaiser's window at x in [-1, 1]. */
function kaiser(x: number, beta: number): number {
  return Math.abs(x) >= 1 ? 0 : besselI0(beta * Math.sqrt(1 - x * x)) / besselI0(beta);
}

/** Modified Bessel function of the first kind, order 0, by its power series. */
function besselI0(x: number): number {
  let sum = 1;
  let term = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
