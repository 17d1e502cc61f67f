/** A triangular filter over consecutive bins of the power spectrum. */
export interface MelFilter {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

/** Slaney's mel scale (Auditory Toolbox 1998): linear below 1 kHz, logarithmic above. */
const LINEAR_HZ_PER_MEL = 200 / 3;
const BREAK_HZ = 1000;
const BREAK_MEL = BREAK_HZ / LINEAR_HZ_PER_MEL;
const LOG_STEP = Math.log(6.4) / 27;

function melFromHz(hz: number): number {
  return hz < BREAK_HZ ? hz / LINEAR_HZ_PER_MEL : BREAK_MEL + Math.log(hz / BREAK_HZ) / LOG_STEP;
}

function hzFromMel(mel: number): number {
  return mel < BREAK_MEL ? mel * LINEAR_HZ_PER_MEL : BREAK_HZ * Math.exp((mel - BREAK_MEL) * LOG_STEP);
}

/**
 * `count` triangular filters evenly spaced on the mel scale from 0 Hz to half the sample rate, each of unit area
 * per Hz, as `librosa.filters.mel(norm='slaney')` makes them.
 */
export function slaneyMelFilters(count: number, fftLength: number, sampleRate: number): MelFilter[] {
  const topMel = melFromHz(sampleRate / 2);
  const edges = Array.from({ length: count + 2 }, (_, i) => hzFromMel((topMel * i) / (count + 1)));
  const bins = fftLength / 2 + 1;
  return Array.from({ length: count }, (_, m) => {
    const [low, centre, high] = [edges[m]!, edges[m + 1]!, edges[m + 2]!];
    const weight = (bin: number) => {
      const hz = (bin * sampleRate) / fftLength;
      const slope = Math.min((hz - low) / (centre - low), (high - hz) / (high - centre));
      return (Math.max(0, slope) * 2) / (high - low);
    };
    const inside = Array.from({ length: bins }, (_, bin) => bin).filter((bin) => weight(bin) > 0);
    return { firstBin: inside[0] ?? 0, weights: Float64Array.from(inside, weight) };
  });
}
