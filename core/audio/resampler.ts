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
  /** Input samples before the one at or before an output sample that the filter reaches; after it, one more. */
  readonly #reach: number;
  /** Taps of one phase. */
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
    this.#taps = 2 * this.#reach + 2;
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
    return this.#filter(new Float32Array(this.#reach + 1), this.#received + this.#reach + 1);
  }

  /** Takes in samples that end at input index `end` and gives all outputs whose taps end before it. */
  #filter(samples: Float32Array, end: number): Float32Array {
    const input = new Float32Array(this.#history.length + samples.length);
    input.set(this.#history);
    input.set(samples, this.#history.length);
    const inputs = Math.min(end - this.#reach - 1, this.#received);
    const target = Math.max(this.#produced, Math.ceil((inputs * this.#up) / this.#down));
    const output = new Float32Array(target - this.#produced);
    for (let n = 0; n < Math.min(this.#up, output.length); n++) this.#filterPhase(n, input, output);
    this.#produced = target;
    const needed = Math.floor((this.#produced * this.#down) / this.#up) - this.#reach;
    const drop = Math.min(Math.max(needed - this.#first, 0), input.length);
    this.#history = input.slice(drop);
    this.#first += drop;
    return output;
  }

  /** Fills outputs n, n + up, n + 2 up... which share their taps. */
  #filterPhase(n: number, input: Float32Array, output: Float32Array): void {
    const up = this.#up;
    const down = this.#down;
    const position = (this.#produced + n) * down; // in input samples times `up`
    const centre = Math.floor(position / up);
    const phase = position - centre * up;
    const taps = this.#phases.subarray(phase * this.#taps, (phase + 1) * this.#taps);
    const { length } = taps;
    let at = centre - this.#reach - this.#first;
    let out = n;
    // Four outputs at a time, so that a tap is loaded once for all and no sum waits for another (1.7 times faster).
    for (; out + 3 * up < output.length; out += 4 * up, at += 4 * down) {
      let a = 0;
      let b = 0;
      let c = 0;
      let d = 0;
      for (let k = 0; k < length; k++) {
        const tap = taps[k]!;
        a += tap * input[at + k]!;
        b += tap * input[at + k + down]!;
        c += tap * input[at + k + 2 * down]!;
        d += tap * input[at + k + 3 * down]!;
      }
      output[out] = a;
      output[out + up] = b;
      output[out + 2 * up] = c;
      output[out + 3 * up] = d;
    }
    for (; out < output.length; out += up, at += down) {
      let sum = 0;
      for (let k = 0; k < length; k++) sum += taps[k]! * input[at + k]!;
      output[out] = sum;
    }
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
