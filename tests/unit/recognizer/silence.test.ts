import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../core/audio/source.ts';
import { Silence } from '../../../core/recognizer/silence.ts';

/** Two seconds: soft noise, with a loud tone from 0.5 to 1.2 s and a short gap in it from 0.8 to 0.86 s. */
function samples(): Float32Array {
  return Float32Array.from({ length: 2 * SAMPLE_RATE }, (_, i) => {
    const time = i / SAMPLE_RATE;
    const loud = time >= 0.5 && time < 1.2 && !(time >= 0.8 && time < 0.86);
    return (loud ? 0.5 : 0.001) * Math.sin(2 * Math.PI * 300 * time);
  });
}

describe('the silence in a segment', () => {
  const silence = new Silence(samples());

  it('is cut off both ends of a word that a pause was taken for a part of', () => {
    const { start, end } = silence.trim({ start: 0.1, end: 1.9 });
    expect(start).toBeCloseTo(0.48, 2);
    expect(end).toBeCloseTo(1.22, 2);
  });

  it('stays in a word where it is short, as in a stop', () => {
    expect(silence.trim({ start: 0.44, end: 1.24 })).toEqual({ start: 0.44, end: 1.24 });
    expect(silence.trim({ start: 0.82, end: 1.1 })).toEqual({ start: 0.82, end: 1.1 });
  });

  it('leaves a word alone that is nothing else', () => {
    expect(silence.trim({ start: 1.4, end: 1.8 })).toEqual({ start: 1.4, end: 1.8 });
  });
});
