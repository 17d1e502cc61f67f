import { describe, expect, it } from 'vitest';
import { logMel, MEL_BANDS } from '../../core/features/logMel.ts';
import reference from './log_mel_reference.json' with { type: 'json' };
import { signal } from './signal.ts';

function expected(name: keyof typeof reference): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(reference[name].float32, 'base64'));
  return new Float32Array(bytes.buffer);
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

describe('logMel', () => {
  it('agrees with a plain DFT and librosa filters within 1e-4', () => {
    const mel = logMel(signal());
    expect(mel.frames).toBe(77);
    expect(mel.data.length).toBe(MEL_BANDS * 77);
    expect(largestDifference(mel.data, expected('unpadded'))).toBeLessThan(1e-4);
  });

  it('agrees with them on a signal padded with silence', () => {
    const mel = logMel(signal(), 100);
    expect(mel.frames).toBe(100);
    expect(largestDifference(mel.data, expected('padded'))).toBeLessThan(1e-4);
  });
});
