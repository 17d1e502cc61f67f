import { describe, expect, it } from 'vitest';
import { BluesteinTransform } from '../../../core/features/bluestein.ts';
import { seededRandom } from '../../../core/recognizer/random.ts';

/** The definition of the discrete Fourier transform, interleaved complex. */
function definition(input: Float64Array): number[] {
  const length = input.length / 2;
  const output: number[] = [];
  for (let k = 0; k < length; k++) {
    let [re, im] = [0, 0];
    for (let n = 0; n < length; n++) {
      const angle = (-2 * Math.PI * k * n) / length;
      re += input[2 * n]! * Math.cos(angle) - input[2 * n + 1]! * Math.sin(angle);
      im += input[2 * n]! * Math.sin(angle) + input[2 * n + 1]! * Math.cos(angle);
    }
    output.push(re, im);
  }
  return output;
}

describe('BluesteinTransform', () => {
  it.each([1, 3, 20, 97, 400])('of %i points equals the definition of the transform', (length) => {
    const random = seededRandom(length);
    const dft = new BluesteinTransform(length);
    // Twice, so that nothing may be left over from the transform before.
    for (let round = 0; round < 2; round++) {
      dft.input.set(dft.input.map(() => random() - 0.5));
      dft.transform();
      for (const [i, value] of definition(dft.input).entries()) expect(dft.output[i]).toBeCloseTo(value, 10);
    }
  });
});
