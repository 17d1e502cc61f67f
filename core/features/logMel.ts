import { SAMPLE_RATE } from '../audio/source.ts';
import { BluesteinTransform } from './bluestein.ts';
import { slaneyMelFilters } from './melFilters.ts';

/** Samples in one frame's window (25 ms). */
const FFT_LENGTH = 400;
/** Samples from one frame to the next (10 ms). */
export const HOP_LENGTH = 160;
export const MEL_BANDS = 80;

const HALF = FFT_LENGTH / 2;
const BINS = HALF + 1; // 201
/** Power below which the logarithm is not taken. */
const POWER_FLOOR = 1e-10;

/** Periodic Hann window. */
const WINDOW = Float64Array.from(
  { length: FFT_LENGTH },
  (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / FFT_LENGTH),
);
const FILTERS = slaneyMelFilters(MEL_BANDS, FFT_LENGTH, SAMPLE_RATE);
const dft = new BluesteinTransform(FFT_LENGTH);
const power = new Float64Array(BINS);

/** Log-mel spectrogram: `data` is [MEL_BANDS, frames], row by row. */
export interface LogMel {
  readonly data: Float32Array;
  readonly frames: number;
}

/**
 * Whisper's log-mel features (`log_mel_spectrogram` in openai/whisper `audio.py`): window 400, hop 160, periodic
 * Hann, reflect padding, 80 Slaney mels, log10, floor at the maximum - 8, then (x + 4) / 4.
 *
 * @param samples mono, 16 kHz, [-1, 1].
 * @param frames frames to return; the samples count as followed by silence up to `frames * 160` samples, or as cut
 *   there. Without it the samples' own length, rounded down.
 */
export function logMel(samples: Float32Array, frames = Math.floor(samples.length / HOP_LENGTH)): LogMel {
  const length = frames * HOP_LENGTH;
  const used = Math.min(samples.length, length);
  const data = new Float32Array(MEL_BANDS * frames);
  // Frames whose whole window lies behind the samples are silent; the last window may reflect into the samples.
  const audible = used < length - HALF ? Math.min(frames, Math.ceil((used + HALF) / HOP_LENGTH)) : frames;
  const sampleAt = (index: number): number => {
    let inside = Math.abs(index);
    if (inside >= length) inside = 2 * (length - 1) - inside;
    return inside >= 0 && inside < used ? samples[inside]! : 0;
  };
  const input = dft.input;
  let maximum = Math.log10(POWER_FLOOR);
  // Two real frames share one complex transform: the first is its real part, the second its imaginary part.
  for (let frame = 0; frame < audible; frame += 2) {
    for (let part = 0; part < 2; part++) {
      const first = (frame + part) * HOP_LENGTH - HALF;
      if (frame + part >= audible) {
        for (let n = 0; n < FFT_LENGTH; n++) input[2 * n + part] = 0;
      } else if (first >= 0 && first + FFT_LENGTH <= used) {
        for (let n = 0; n < FFT_LENGTH; n++) input[2 * n + part] = samples[first + n]! * WINDOW[n]!;
      } else {
        for (let n = 0; n < FFT_LENGTH; n++) input[2 * n + part] = sampleAt(first + n) * WINDOW[n]!;
      }
    }
    dft.transform();
    for (let part = 0; part < 2 && frame + part < audible; part++) {
      framePower(part === 0);
      for (let band = 0; band < MEL_BANDS; band++) {
        const { firstBin, weights } = FILTERS[band]!;
        let sum = 0;
        for (let i = 0; i < weights.length; i++) sum += weights[i]! * power[firstBin + i]!;
        const value = Math.log10(Math.max(sum, POWER_FLOOR));
        if (value > maximum) maximum = value;
        data[band * frames + frame + part] = value;
      }
    }
  }
  const floor = maximum - 8;
  for (let band = 0; band < MEL_BANDS; band++) {
    const row = band * frames;
    for (let i = row; i < row + audible; i++) data[i] = (Math.max(data[i]!, floor) + 4) / 4;
    data.fill((Math.max(Math.log10(POWER_FLOOR), floor) + 4) / 4, row + audible, row + frames);
  }
  return { data, frames };
}

/** Power spectrum of one of the two real signals in the last transform, by the symmetry of real spectra. */
function framePower(realPart: boolean): void {
  const out = dft.output;
  for (let k = 0; k < BINS; k++) {
    const mirror = k === 0 ? 0 : FFT_LENGTH - k;
    const re = out[2 * k]!;
    const im = out[2 * k + 1]!;
    const mirrorRe = out[2 * mirror]!;
    const mirrorIm = out[2 * mirror + 1]!;
    const x = realPart ? re + mirrorRe : im + mirrorIm;
    const y = realPart ? im - mirrorIm : mirrorRe - re;
    power[k] = (x * x + y * y) / 4;
  }
}
