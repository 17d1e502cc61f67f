import { recordingTime, type SpeechSegment } from '../audio/segment.ts';
import { type EncoderAcoustics, STATES_PER_SECOND } from './encoder.ts';

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
  /** Mean share of noise in each second from there on, 0 to 1; null where the recogniser heard nothing. */
  readonly noise: readonly (number | null)[];
}

/** Lays what the encoder said of a segment's samples on the seconds of the recording. */
export function acousticsInRecording(segment: SpeechSegment, heard: EncoderAcoustics): Acoustics {
  const sums: number[] = [];
  const counts: number[] = [];
  const from = Math.floor(segment.pieces[0]!.start);
  for (const [state, share] of heard.noise.entries()) {
    const second = Math.floor(recordingTime(segment, (state + 0.5) / STATES_PER_SECOND)) - from;
    sums[second] = (sums[second] ?? 0) + share;
    counts[second] = (counts[second] ?? 0) + 1;
  }
  const noise = Array.from(sums, (sum, second) => (counts[second] ? rounded(sum / counts[second]!) : null));
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
