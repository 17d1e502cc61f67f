import { describe, expect, it } from 'vitest';
import { Resampler } from '../../../core/audio/resampler.ts';

const RATES = [8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 176400, 192000];
const OUT = 16000;
const AMPLITUDE = 0.9;

function tone(frequency: number, rate: number, seconds: number, phase = 0): Float32Array {
  return Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => AMPLITUDE * Math.sin(2 * Math.PI * frequency * (i / rate) + phase),
  );
}

function resample(samples: Float32Array, from: number, block = samples.length): Float32Array {
  const resampler = new Resampler(from, OUT);
  const out: number[] = [];
  for (let i = 0; i < samples.length; i += block)
    out.push(...resampler.process(samples.subarray(i, i + block)));
  out.push(...resampler.flush());
  return Float32Array.from(out);
}

/** Decibels of the part of `samples` in [from, to) relative to a full AMPLITUDE tone. */
function level(samples: ArrayLike<number>, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += samples[i]! ** 2;
  return 10 * Math.log10(sum / (to - from) / (AMPLITUDE ** 2 / 2));
}

describe('resampling to 16 kHz', () => {
  it.each(RATES)('keeps tones up to 0.9 of the lower Nyquist frequency as they are, from %i Hz', (rate) => {
    const edge = 0.9 * (Math.min(rate, OUT) / 2);
    for (let frequency = 40; frequency <= edge; frequency += edge / 11.3) {
      const out = resample(tone(frequency, rate, 0.3), rate);
      // The middle, away from the tone's abrupt beginning and end.
      const middle = out.subarray(1200, 3600);
      expect(Math.abs(level(middle, 0, middle.length))).toBeLessThan(0.1);
      // The same tone sampled at 16 kHz: equal to -60 dB means gain and time are both right (1 µs at 1.6 kHz).
      const difference = middle.map(
        (sample, i) => sample - AMPLITUDE * Math.sin((2 * Math.PI * frequency * (1200 + i)) / OUT),
      );
      expect(level(difference, 0, difference.length)).toBeLessThan(-60);
    }
  });

  it.each(RATES.filter((rate) => rate > OUT))('lets no tone above 8 kHz fold back, from %i Hz', (rate) => {
    for (let frequency = 8000; frequency < rate / 2; frequency += rate / 40) {
      const out = resample(tone(frequency, rate, 0.3, 1), rate);
      expect(level(out, 1200, 3600)).toBeLessThan(-80);
    }
  });

  it('makes no image of a tone when the rate goes up', () => {
    const out = resample(tone(3000, 8000, 0.5), 8000);
    const difference = out.map((sample, i) => sample - AMPLITUDE * Math.sin((2 * Math.PI * 3000 * i) / OUT));
    expect(level(difference, 2000, 6000)).toBeLessThan(-80);
  });

  it.each(RATES)('gives the same samples however the input is cut into blocks, from %i Hz', (rate) => {
    const samples = tone(1234, rate, 0.2);
    const whole = resample(samples, rate);
    expect(resample(samples, rate, 7)).toEqual(whole);
    expect(resample(samples, rate, 1000)).toEqual(whole);
  });

  it.each([8000, 44100, 48000])('does not drift in two minutes, from %i Hz', (rate) => {
    const resampler = new Resampler(rate, OUT);
    const silence = new Float32Array(rate * 10);
    let produced = 0;
    for (let i = 0; i < 12; i++) produced += resampler.process(silence).length;
    const impulse = new Float32Array(rate);
    impulse[rate / 5] = 1; // 120.2 s from the beginning
    const tail = Float32Array.from([...resampler.process(impulse), ...resampler.flush()]);
    const peak = produced + tail.indexOf(Math.max(...tail));
    expect(Math.abs(peak / OUT - 120.2)).toBeLessThanOrEqual(1 / OUT);
    expect(produced + tail.length).toBe(121 * OUT);
  });

  it('passes a constant unchanged, also between rates without a small common ratio', () => {
    for (const rate of [44100, 37_111]) {
      const out = resample(new Float32Array(rate).fill(0.5), rate);
      for (let i = 2000; i < 14_000; i++) expect(Math.abs(out[i]! - 0.5)).toBeLessThan(1e-4);
    }
  });
});
