import { recordingTime, type SpeechSegment } from '../audio/segment.ts';
import { type EncoderAcoustics, STATES_PER_SECOND } from './encoder.ts';
import type { RecognizedWord } from './recognized.ts';

/** Weights of the tri-head encoder's three groups of heads, means over its layers; they sum to 1. */
export interface HeadWeights {
  readonly spectral: number;
  readonly temporal: number;
  readonly noise: number;
}

/** What a tri-head encoder says of the sound of a stretch of the recording. */
export interface Acoustics {
  readonly weights: HeadWeights;
  /** Whole second of the recording at which `noise` begins. */
  readonly from: number;
  /**
   * Mean share of noise in the sound of the words of each second from there on, 0 to 1; null where no word is. Pauses
   * do not count: in them even a faint noise is all there is.
   */
  readonly noise: readonly (number | null)[];
}

/**
 * Lays what the encoder said of a segment's samples on the seconds of the recording.
 * @param words what was recognised in the segment, in order; seconds of the recording.
 */
export function acousticsInRecording(
  segment: SpeechSegment,
  heard: EncoderAcoustics,
  words: readonly Pick<RecognizedWord, 'start' | 'end'>[],
): Acoustics {
  const from = Math.floor(segment.pieces[0]!.start);
  const shares: number[][] = [[]];
  let next = 0;
  for (const [state, share] of heard.noise.entries()) {
    const time = recordingTime(segment, (state + 0.5) / STATES_PER_SECOND);
    const second = Math.floor(time) - from;
    while (shares.length <= second) shares.push([]);
    while (next < words.length && words[next]!.end <= time) next++;
    if (next < words.length && words[next]!.start <= time) shares[second]!.push(share);
  }
  const noise = shares.map((here) =>
    here.length > 0 ? rounded(here.reduce((sum, share) => sum + share) / here.length) : null,
  );
  const { spectral, temporal, noise: noiseWeight } = heard.weights;
  const weights = {
    spectral: rounded(spectral),
    temporal: rounded(temporal),
    noise: rounded(noiseWeight),
  };
  return { weights, from, noise };
}

/** To a thousandth: finer than the estimate is, and a third of the size in the document. */
function rounded(share: number): number {
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 1000;
}
