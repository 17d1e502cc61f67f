/** Below this correlation with the first sounding channel a channel counts as that channel with its poles swapped. */
const INVERTED = -0.9;
/** Above it, it no longer does. */
const UPRIGHT = -0.5;
/** Seconds over which correlation is averaged. */
const MEMORY = 1;

/**
 * Mixes channels down to one by averaging them, with two exceptions that a plain average gets wrong:
 *
 * - A channel that has been digitally silent since the beginning (a stereo file from one microphone) is not counted,
 *   or it would halve the level of the speech. Once it sounds it counts to the end, so the level steps at most once.
 * - A channel in anti-phase (a microphone wired with its poles swapped) is turned over before it is added; a plain
 *   average would cancel the speech. Ordinary stereo never correlates at -0.9.
 */
export class Downmix {
  readonly #sounding: boolean[];
  readonly #inverted: boolean[];
  readonly #cross: Float64Array;
  readonly #energy: Float64Array;
  readonly #decayPerFrame: number;

  constructor(channels: number, sampleRate: number) {
    this.#sounding = Array.from({ length: channels }, () => false);
    this.#inverted = Array.from({ length: channels }, () => false);
    this.#cross = new Float64Array(channels);
    this.#energy = new Float64Array(channels);
    this.#decayPerFrame = Math.exp(-1 / (MEMORY * sampleRate));
  }

  /** Samples of all channels, of equal length, to one channel clamped to [-1, 1]. The input is left as it is. */
  mix(channels: readonly Float32Array[]): Float32Array {
    channels.forEach((samples, channel) => {
      this.#sounding[channel] ||= samples.some((sample) => sample !== 0);
    });
    const active = channels.flatMap((_, channel) => (this.#sounding[channel] ? [channel] : []));
    const mixed = new Float32Array(channels[0]?.length ?? 0);
    const reference = active[0];
    if (reference === undefined) return mixed;
    if (active.length > 1) this.#correlate(channels, active, reference);
    for (const channel of active) {
      const samples = channels[channel]!;
      const gain = (this.#inverted[channel] ? -1 : 1) / active.length;
      for (let i = 0; i < mixed.length; i++) mixed[i]! += samples[i]! * gain;
    }
    for (let i = 0; i < mixed.length; i++) mixed[i] = Math.max(-1, Math.min(1, mixed[i]!));
    return mixed;
  }

  #correlate(channels: readonly Float32Array[], active: readonly number[], reference: number): void {
    const first = channels[reference]!;
    const decay = this.#decayPerFrame ** first.length;
    for (const channel of active) {
      const samples = channels[channel]!;
      let cross = 0;
      let energy = 0;
      for (let i = 0; i < samples.length; i++) {
        cross += first[i]! * samples[i]!;
        energy += samples[i]! * samples[i]!;
      }
      this.#cross[channel] = this.#cross[channel]! * decay + cross;
      this.#energy[channel] = this.#energy[channel]! * decay + energy;
    }
    for (const channel of active) {
      const scale = Math.sqrt(this.#energy[reference]! * this.#energy[channel]!);
      const correlation = scale > 0 ? this.#cross[channel]! / scale : 0;
      this.#inverted[channel] = correlation < (this.#inverted[channel] ? UPRIGHT : INVERTED);
    }
  }
}
