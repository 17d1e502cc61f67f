import { describe, expect, it } from 'vitest';
import {
  attentionShades,
  headAttention,
  meanDistance,
  pooledAttention,
} from '../../../core/recognizer/headAttention.ts';

/** Vectors of 64 channels, zero but for the first. */
function vectors(...firsts: number[]) {
  const data = new Float32Array(firsts.length * 64);
  for (const [state, first] of firsts.entries()) data[state * 64] = first;
  return { data, heads: 1 };
}

describe('the attention of a head', () => {
  it('does not overflow for scores far beyond what exp can take', () => {
    const { weights } = headAttention(vectors(1000, 1000), vectors(1000, 990), 0);
    expect([...weights]).toEqual([1, 0, 1, 0]);
  });

  it('looks equally at all where all keys are alike, on average a third of the length away', () => {
    const states = 300; // 6 s
    const map = headAttention(vectors(...Array(states).fill(1)), vectors(...Array(states).fill(1)), 0);
    expect(map.weights[17]).toBeCloseTo(1 / states, 6);
    expect(meanDistance(map)).toBeCloseTo(2, 2);
  });
});

describe('an attention map at a lower resolution', () => {
  it('averages rows and adds columns up, with what is left over in the last', () => {
    // Each state looks only at itself.
    const diagonal = Float32Array.from({ length: 25 }, (_, i) => (i % 6 === 0 ? 1 : 0));
    const pooled = pooledAttention({ weights: diagonal, states: 5 }, 3);
    expect(pooled.states).toBe(3);
    expect([...pooled.weights]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);

    // Each state looks at the last one.
    const last = Float32Array.from({ length: 25 }, (_, i) => (i % 5 === 4 ? 1 : 0));
    expect([...pooledAttention({ weights: last, states: 5 }, 4).weights]).toEqual([
      0, 0, 1, 0, 0, 1, 0, 0, 1,
    ]);
  });

  it('is the map itself where that is small enough', () => {
    const weights = Float32Array.from([0.25, 0.75, 0.5, 0.5]);
    expect(pooledAttention({ weights, states: 2 }, 2)).toEqual({ weights, states: 2 });
  });
});

describe('the shades of an attention map', () => {
  it('are square roots, darkest for the strongest half percent', () => {
    const weights = new Float32Array(1000).fill(0.01);
    weights.fill(0.16, 900);
    weights[0] = 1;
    const shades = attentionShades({ weights, states: 0 });
    expect(shades[0]).toBe(255);
    expect(shades[950]).toBe(255);
    expect(shades[500]).toBe(64);
  });
});
