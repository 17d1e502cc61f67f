import type { Acoustics } from '../recognizer/acoustics.ts';

/** What may have acoustics; only from packs with a tri-head encoder. */
interface Heard {
  readonly acoustics?: Acoustics | undefined;
}

/** The field for the part of a segment from `start` to `end` (seconds of the recording); no field where it has none. */
export function sliceAcoustics({ acoustics }: Heard, start: number, end: number): { acoustics?: Acoustics } {
  if (acoustics === undefined) return {};
  const from = Math.floor(start);
  const seconds = Array.from({ length: Math.max(1, Math.ceil(end) - from) }, (_, index) => from + index);
  const noise = seconds.map((at) => shareAt(acoustics, at));
  return { acoustics: { weights: acoustics.weights, from, noise } };
}

/**
 * The field for a segment and the one after it joined: the weights are means by the seconds heard of each, a second that
 * both have is the first one's, and what lies between them was not heard.
 */
export function joinAcoustics({ acoustics: first }: Heard, { acoustics: second }: Heard): Heard {
  if (first === undefined || second === undefined) {
    const known = first ?? second;
    return known === undefined ? {} : { acoustics: known };
  }
  const from = Math.min(first.from, second.from);
  const end = Math.max(first.from + first.noise.length, second.from + second.noise.length);
  const seconds = Array.from({ length: end - from }, (_, index) => from + index);
  const noise = seconds.map((at) => shareAt(first, at) ?? shareAt(second, at));
  const part = secondsHeard(first) / Math.max(1, secondsHeard(first) + secondsHeard(second));
  const mean = (group: keyof Acoustics['weights']) =>
    part * first.weights[group] + (1 - part) * second.weights[group];
  const weights = { spectral: mean('spectral'), temporal: mean('temporal'), noise: mean('noise') };
  return { acoustics: { weights, from, noise } };
}

/** Share of noise in a whole second of the recording, null where it is not known. */
function shareAt({ from, noise }: Acoustics, second: number): number | null {
  return noise[second - from] ?? null;
}

function secondsHeard({ noise }: Acoustics): number {
  return noise.filter((share) => share !== null).length;
}
