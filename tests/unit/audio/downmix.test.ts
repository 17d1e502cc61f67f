import { describe, expect, it } from 'vitest';
import { Downmix } from '../../../core/audio/downmix.ts';

const RATE = 16_000;

/** Something like speech: noise with a changing envelope, the same for the same seed. */
function noise(seed: number, length = RATE): Float32Array {
  let state = seed;
  return Float32Array.from({ length }, (_, i) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return (state / 2 ** 32 - 0.5) * (0.4 + 0.4 * Math.sin(i / 900));
  });
}

function energy(samples: Float32Array): number {
  return samples.reduce((sum, sample) => sum + sample * sample, 0);
}

describe('mixing down to one channel', () => {
  it('averages independent channels', () => {
    const [left, right] = [noise(1), noise(2)];
    const mixed = new Downmix(2, RATE).mix([left, right]);
    mixed.forEach((sample, i) => {
      expect(sample).toBeCloseTo((left[i]! + right[i]!) / 2, 6);
    });
  });

  it('keeps the level of speech when the other channel is silent', () => {
    const speech = noise(3);
    expect(new Downmix(2, RATE).mix([new Float32Array(RATE), speech])).toEqual(speech);
    expect(
      new Downmix(8, RATE).mix([speech, ...Array.from({ length: 7 }, () => new Float32Array(RATE))]),
    ).toEqual(speech);
  });

  it('counts a channel from the moment it first sounds', () => {
    const downmix = new Downmix(2, RATE);
    const speech = noise(4);
    downmix.mix([speech, new Float32Array(RATE)]);
    downmix.mix([speech, noise(5)]);
    const mixed = downmix.mix([speech, new Float32Array(RATE)]);
    expect(mixed[100]).toBeCloseTo(speech[100]! / 2, 6);
  });

  it('does not let a channel in anti-phase cancel the speech', () => {
    const speech = noise(6);
    const mixed = new Downmix(2, RATE).mix([speech, speech.map((sample) => -0.8 * sample)]);
    expect(energy(mixed)).toBeGreaterThan(0.8 * energy(speech));
  });

  it('leaves wide stereo alone: partly opposed channels are added as they are', () => {
    const common = noise(7);
    const side = noise(8);
    const left = common.map((sample, i) => 0.5 * sample + 0.6 * side[i]!);
    const right = common.map((sample, i) => 0.5 * sample - 0.6 * side[i]!);
    const mixed = new Downmix(2, RATE).mix([left, right]);
    expect(mixed[500]).toBeCloseTo(0.5 * common[500]!, 5);
  });

  it('never leaves [-1, 1], whatever a float recording contains', () => {
    const mixed = new Downmix(1, RATE).mix([Float32Array.of(1e30, -7, 0.25)]);
    expect([...mixed]).toEqual([1, -1, 0.25]);
  });
});
