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
  // The window is kept sorted: one value leaves, one enters.
  const window = new Float32Array(MEDIAN_WIDTH);
  for (let i = 0; i < MEDIAN_WIDTH; i++) window[i] = at(i - REACH);
  window.sort();
  for (let t = 0; ; t++) {
    sum[t]! += weight * window[REACH]!;
    if (t + 1 === length) return;
    const leaving = at(t - REACH);
    const entering = at(t + 1 + REACH);
    let i = 0;
    while (window[i] !== leaving) i++;
    while (i > 0 && window[i - 1]! > entering) {
      window[i] = window[i - 1]!;
      i--;
    }
    while (i < MEDIAN_WIDTH - 1 && window[i + 1]! < entering) {
      window[i] = window[i + 1]!;
      i++;
    }
    window[i] = entering;
  }
}
