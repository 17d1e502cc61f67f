import type { RecognizerManifest } from './pack.ts';

/** A token with the logarithm of its probability among the tokens that were allowed. */
export interface ChosenToken {
  readonly token: number;
  readonly logProbability: number;
}

/** Further below the maximum than this, a term adds less than 1e-6 to a softmax's sum over the whole vocabulary. */
const NEGLIGIBLE = -25;

/** e^0, e^-STEP, e^-2 STEP ... down to {@link NEGLIGIBLE}. */
const STEP = 1 / 64;
const POWERS = Float64Array.from({ length: -NEGLIGIBLE / STEP + 1 }, (_, i) => Math.exp(-i * STEP));

/**
 * e^x for x from {@link NEGLIGIBLE} to 0: the next power above by table, the rest by its series, exact to 3e-9. A token
 * takes tens of thousands of these, and Math.exp several times as long.
 */
function exponential(x: number): number {
  const steps = (-x / STEP) | 0;
  const rest = x + steps * STEP;
  return POWERS[steps]! * (1 + rest * (1 + rest * (0.5 + rest / 6)));
}

/** Chooses the next token from the decoder's logits: Whisper's suppressed tokens, then greedy or sampled. */
export class TokenChoice {
  readonly #suppressed: readonly number[];
  readonly #beginSuppressed: readonly number[];
  /** Text tokens and the end: all that may be decoded without timestamps lie below this. */
  readonly #limit: number;
  readonly #scaled: Float64Array;

  constructor(manifest: RecognizerManifest) {
    this.#limit = manifest.tokens.eot + 1;
    const allowed = (token: number) => token < this.#limit;
    this.#suppressed = manifest.suppressedTokens.filter(allowed);
    this.#beginSuppressed = manifest.beginSuppressedTokens.filter(allowed);
    this.#scaled = new Float64Array(this.#limit);
  }

  /**
   * @param logits [vocabulary] of one row; suppressed tokens are overwritten.
   * @param temperature 0 takes the most probable token, more samples.
   * @param random uniform numbers for sampling.
   */
  choose(logits: Float32Array, first: boolean, temperature: number, random: () => number): ChosenToken {
    for (const token of this.#suppressed) logits[token] = -Infinity;
    if (first) for (const token of this.#beginSuppressed) logits[token] = -Infinity;
    const best = argmax(logits, this.#limit);
    const logSum = logSumExp(logits, this.#limit, logits[best]!);
    const token = temperature === 0 ? best : this.#sample(logits, logits[best]!, temperature, random());
    return { token, logProbability: logits[token]! - logSum };
  }

  #sample(logits: Float32Array, maximum: number, temperature: number, uniform: number): number {
    const scaled = this.#scaled;
    let sum = 0;
    for (let i = 0; i < this.#limit; i++) {
      const x = (logits[i]! - maximum) / temperature;
      scaled[i] = x > NEGLIGIBLE ? Math.exp(x) : 0;
      sum += scaled[i]!;
    }
    let left = uniform * sum;
    let last = 0;
    for (let i = 0; i < this.#limit; i++) {
      if (scaled[i] === 0) continue;
      last = i;
      left -= scaled[i]!;
      if (left < 0) break;
    }
    return last;
  }
}

/** Probability of one token among all of `logits`. */
export function probability(logits: Float32Array, token: number): number {
  const maximum = logits[argmax(logits, logits.length)]!;
  return Math.exp(logits[token]! - logSumExp(logits, logits.length, maximum));
}

function argmax(logits: Float32Array, limit: number): number {
  let best = 0;
  let maximum = -Infinity;
  for (let i = 0; i < limit; i++) {
    const value = logits[i]!;
    if (value > maximum) {
      maximum = value;
      best = i;
    }
  }
  return best;
}

function logSumExp(logits: Float32Array, limit: number, maximum: number): number {
  let sum = 0;
  for (let i = 0; i < limit; i++) {
    const x = logits[i]! - maximum;
    if (x > NEGLIGIBLE) sum += exponential(x);
  }
  return maximum + Math.log(sum);
}
