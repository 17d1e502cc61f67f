import { describe, expect, it } from 'vitest';
import { attentionMatrix } from '../../core/recognizer/attentionMatrix.ts';
import { firstColumns } from '../../core/recognizer/timeWarping.ts';
import reference from './word_times_reference.json' with { type: 'json' };

const [HEADS, TOKENS, STATES, REAL] = [3, 14, 90, 70];

/** The attention of `word_times_reference.py`, for every token [heads, real states]. */
function attention(): Float32Array[] {
  const tokens = Array.from({ length: TOKENS }, () => new Float32Array(HEADS * REAL));
  let state = 1;
  for (let head = 0; head < HEADS; head++) {
    for (let token = 0; token < TOKENS; token++) {
      const weights = Array.from({ length: STATES }, (_, at) => {
        state = (state * 48_271) % 2_147_483_647;
        return Math.exp((4 * state) / 2_147_483_647 - 0.02 * (at - (token * REAL) / TOKENS) ** 2);
      });
      const sum = weights.reduce((total, weight) => total + weight, 0);
      for (let at = 0; at < REAL; at++) tokens[token]![head * REAL + at] = weights[at]! / sum;
    }
  }
  return tokens;
}

describe('word times', () => {
  it("weigh attention as whisper's timing.py does", () => {
    const matrix = attentionMatrix(attention(), HEADS, REAL);
    expect(matrix.length).toBe(reference.matrix.length);
    const differences = reference.matrix.map((value, i) => Math.abs(value - matrix[i]!));
    expect(Math.max(...differences)).toBeLessThan(1e-4);
  });

  it('follow the cheapest path by the plain definition of dynamic time warping', () => {
    const cost = attentionMatrix(attention(), HEADS, REAL).map((value) => -value);
    expect([...firstColumns(cost, TOKENS, REAL)]).toEqual(reference.firstColumns);
  });
});
