import { describe, expect, it } from 'vitest';
import type { RecognizerManifest } from '../../../core/recognizer/pack.ts';
import { seededRandom } from '../../../core/recognizer/random.ts';
import { probability, TokenChoice } from '../../../core/recognizer/tokenChoice.ts';

/** Ten text tokens, the end (10) and two special tokens. */
const manifest = {
  tokens: { eot: 10 },
  suppressedTokens: [3, 11],
  beginSuppressedTokens: [0, 10],
} as unknown as RecognizerManifest;

const LOGITS = [5, 1, 2, 9, 0, 0, 0, 0, 0, 0, 4, 20, 20];
const never = () => {
  throw new Error('greedy choice must not draw');
};

describe('TokenChoice', () => {
  it('takes the most probable token that is allowed, never a special one', () => {
    const choice = new TokenChoice(manifest);
    expect(choice.choose(Float32Array.from(LOGITS), false, 0, never).token).toBe(0);
  });

  it('does not begin with the blank or the end', () => {
    const choice = new TokenChoice(manifest);
    expect(choice.choose(Float32Array.from(LOGITS), true, 0, never).token).toBe(2);
  });

  it('says the probability of its token among the allowed ones', () => {
    const allowed = LOGITS.filter((_, token) => token !== 3 && token <= 10);
    const sum = allowed.reduce((total, logit) => total + Math.exp(logit), 0);
    const { logProbability } = new TokenChoice(manifest).choose(Float32Array.from(LOGITS), false, 0, never);
    expect(Math.exp(logProbability)).toBeCloseTo(Math.exp(5) / sum, 6);
  });

  it('samples by the tempered distribution, the same for the same seed', () => {
    const draw = (seed: number) => {
      const random = seededRandom(seed);
      const choice = new TokenChoice(manifest);
      return Array.from(
        { length: 20_000 },
        () => choice.choose(Float32Array.from(LOGITS), false, 2, random).token,
      );
    };
    const drawn = draw(1);
    expect(draw(1)).toEqual(drawn);
    const weight = (token: number) => Math.exp(LOGITS[token]! / 2);
    const allowed = [0, 1, 2, 4, 5, 6, 7, 8, 9, 10];
    const sum = allowed.reduce((total, token) => total + weight(token), 0);
    for (const token of allowed) {
      const share = drawn.filter((other) => other === token).length / drawn.length;
      expect(share).toBeCloseTo(weight(token) / sum, 1.5);
    }
  });
});

describe('probability', () => {
  it('counts all tokens, special ones too', () => {
    const sum = LOGITS.reduce((total, logit) => total + Math.exp(logit), 0);
    expect(probability(Float32Array.from(LOGITS), 10)).toBeCloseTo(Math.exp(4) / sum, 12);
  });
});
