import { Downmix } from './downmix.ts';
import { Resampler } from './resampler.ts';
import { SAMPLE_RATE } from './source.ts';

/** Seconds collected before they are resampled: packets of 13 ms (Vorbis) one by one take three times as long. */
const CHUNK = 0.5;

/** Blocks of channels at `sampleRate` as mono blocks at {@link SAMPLE_RATE}, clamped to [-1, 1]. */
export async function* toMono(
  blocks: AsyncIterable<readonly Float32Array[]>,
  sampleRate: number,
  channels: number,
): AsyncGenerator<Float32Array> {
  const downmix = new Downmix(channels, sampleRate);
  const resampler = new Resampler(sampleRate, SAMPLE_RATE);
  let waiting: Float32Array[] = [];
  let length = 0;
  for await (const block of blocks) {
    const mixed = downmix.mix(block);
    waiting.push(mixed);
    length += mixed.length;
    if (length < CHUNK * sampleRate) continue;
    const samples = clamp(resampler.process(joined(waiting, length)));
    waiting = [];
    length = 0;
    if (samples.length > 0) yield samples;
  }
  for (const rest of [resampler.process(joined(waiting, length)), resampler.flush()])
    if (rest.length > 0) yield clamp(rest);
}

function joined(parts: readonly Float32Array[], length: number): Float32Array {
  if (parts.length === 1) return parts[0]!;
  const whole = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
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
