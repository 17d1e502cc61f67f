/** Width of the median filter over states, as in openai/whisper `timing.py`. */
const MEDIAN_WIDTH = 7;
const REACH = (MEDIAN_WIDTH - 1) / 2;

/**
 * One matrix that says where in time each token was heard (openai/whisper `timing.py`): every head's attention is
 * restricted to the segment's real states, normalised over the tokens, smoothed by a median filter over the states,
 * and the heads are averaged.
 * @param attention for every token [heads, states].
 * @returns [tokens, states], row by row.
 */
export function attentionMatrix(
  attention: readonly Float32Array[],
  heads: number,
  states: number,
): Float32Array {
  const tokens = attention.length;
  const matrix = new Float32Array(tokens * states);
  const mean = new Float64Array(states);
  const square = new Float64Array(states);
  const line = new Float32Array(states);
  for (let head = 0; head < heads; head++) {
    // Attention summed to 1 over all states, padding included; whisper takes the softmax over the real ones.
    const scale = attention.map((token) => {
      let sum = 0;
      for (let t = head * states; t < (head + 1) * states; t++) sum += token[t]!;
      return sum > 0 ? 1 / sum : 0;
    });
    mean.fill(0);
    square.fill(0);
    for (const [i, token] of attention.entries()) {
      for (let t = 0; t < states; t++) {
        const value = token[head * states + t]! * scale[i]!;
        mean[t]! += value;
        square[t]! += value * value;
      }
    }
    for (let t = 0; t < states; t++) {
      mean[t]! /= tokens;
      // Deviation; a state that all tokens see alike says nothing and stays 0.
      const variance = square[t]! / tokens - mean[t]! ** 2;
      square[t] = variance > 1e-20 ? 1 / Math.sqrt(variance) : 0;
    }
    for (const [i, token] of attention.entries()) {
      for (let t = 0; t < states; t++)
        line[t] = (token[head * states + t]! * scale[i]! - mean[t]!) * square[t]!;
      addMedians(line, matrix.subarray(i * states, (i + 1) * states), 1 / heads);
    }
  }
  return matrix;
}

/** Adds `weight` times the running median of `line`, reflected at its ends, to `sum`. */
function addMedians(line: Float32Array, sum: Float32Array, weight: number): void {
  const length = line.length;
  if (length <= REACH) {
    for (let t = 0; t < length; t++) sum[t]! += weight * line[t]!;
    return;
  }
  const at = (index: number) =>
    line[index < 0 ? -index : index >= length ? 2 * (length - 1) - index : index]!;
  let a = at(-3);
  let b = at(-2);
  let c = at(-1);
  let d = at(0);
  let e = at(1);
  let f = at(2);
  for (let t = 0; t < length; t++) {
    const g = t + REACH < length ? line[t + REACH]! : at(t + REACH);
    sum[t]! += weight * medianOfSeven(a, b, c, d, e, f, g);
    a = b;
    b = c;
    c = d;
    d = e;
    e = f;
    f = g;
  }
}

/**
 * Median by a sorting network cut down to its middle (J. Smith, "Implementing median filters in XC4000E FPGAs",
 * 1996): without branches, since this runs a million times a segment.
 */
function medianOfSeven(a: number, b: number, c: number, d: number, e: number, f: number, g: number): number {
  const { min, max } = Math;
  const a1 = min(a, f);
  const f1 = max(a, f);
  const a2 = min(a1, d);
  const d1 = max(a1, d);
  const b1 = min(b, g);
  const g1 = max(b, g);
  const c1 = min(c, e);
  const e1 = max(c, e);
  const b2 = max(a2, b1);
  const d2 = min(d1, f1);
  const f2 = max(d1, f1);
  const c2 = min(c1, g1);
  const g2 = max(c1, g1);
  const d3 = max(c2, d2);
  const d4 = min(d3, g2);
  const e2 = min(e1, f2);
  const b3 = min(b2, e2);
  const e3 = max(b2, e2);
  const d5 = max(b3, d4);
  return min(d5, e3);
}
