import { Downmix } from './downmix.ts';
import { Resampler } from './resampler.ts';
import { SAMPLE_RATE } from './source.ts';

/** Blocks of channels at `sampleRate` as mono blocks at {@link SAMPLE_RATE}, clamped to [-1, 1]. */
export async function* toMono(
  blocks: AsyncIterable<readonly Float32Array[]>,
  sampleRate: number,
  channels: number,
): AsyncGenerator<Float32Array> {
  const downmix = new Downmix(channels, sampleRate);
  const resampler = new Resampler(sampleRate, SAMPLE_RATE);
  for await (const block of blocks) {
    const samples = clamp(resampler.process(downmix.mix(block)));
    if (samples.length > 0) yield samples;
  }
  const rest = clamp(resampler.flush());
  if (rest.length > 0) yield rest;
}

/** A band-limited signal may pass between full-scale samples above full scale. */
function clamp(samples: Float32Array): Float32Array {
  for (let i = 0; i < samples.length; i++) {
    const sample = samples[i]!;
    if (sample > 1) samples[i] = 1;
    else if (sample < -1) samples[i] = -1;
  }
  return samples;
}
