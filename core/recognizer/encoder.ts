import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { HOP_LENGTH, logMel, MEL_BANDS } from '../features/logMel.ts';
import type { HeadWeights } from './acoustics.ts';
import type { CrossMemory } from './crossMemory.ts';
import type { RecognizerPack } from './pack.ts';
import { type NamedTensors, openSession, runInto } from './session.ts';

/** Mel frames that one encoder state covers (the second convolution has stride 2). */
export const FRAMES_PER_STATE = 2;
/** Encoder states in a second of sound: 50. */
export const STATES_PER_SECOND = 16_000 / (HOP_LENGTH * FRAMES_PER_STATE);

/**
 * States that an unpadded segment is brought to by silence at least, 3 s: encoders for segments of any length are
 * trained on 2 s or more, and make the decoder run in circles on less.
 */
const SHORTEST_CONTEXT = 3 * STATES_PER_SECOND;

/** The encoder's last layer for one segment: `data` is [count, state], without the states of padding. */
export interface EncoderStates {
  readonly data: Float32Array;
  readonly count: number;
}

/** What a tri-head encoder says of the sound it heard, beside its states. */
export interface EncoderAcoustics {
  /** Share of noise in each state (20 ms), 0 to 1. */
  readonly noise: Float32Array;
  readonly weights: HeadWeights;
}

/** What encoding a segment gives beside the decoder's keys and values. */
export interface EncodedSegment {
  /** Null where nobody asked for them. */
  readonly states: EncoderStates | null;
  /** Null where the pack has no tri-head encoder. */
  readonly acoustics: EncoderAcoustics | null;
}

/** Outputs of a tri-head encoder that stock packs lack: noise [B, states] and head_weights [B, layers, 3]. */
const ACOUSTIC_OUTPUTS = ['noise', 'head_weights'];

/** States that a segment of `samples` samples has. */
export function stateCount(samples: number): number {
  return Math.ceil(samples / (HOP_LENGTH * FRAMES_PER_STATE));
}

/** Turns a segment's samples into the decoder's cross-attention keys and values. */
export class Encoder {
  readonly #session: InferenceSession;
  readonly #padded: boolean;
  readonly #maxStates: number;
  /** Values of a state. */
  readonly #width: number;
  /** Where a run's states go: [states, width]. */
  readonly #states: Float32Array;

  private constructor(session: InferenceSession, pack: RecognizerPack) {
    this.#session = session;
    this.#padded = pack.manifest.audioContext === 'padded';
    this.#maxStates = pack.manifest.dimensions.maxFrames / FRAMES_PER_STATE;
    this.#width = pack.manifest.dimensions.state;
    this.#states = new Float32Array(this.#maxStates * this.#width);
  }

  static async load(pack: RecognizerPack, threads: number): Promise<Encoder> {
    return new Encoder(await openSession(pack.path('encoder.onnx'), threads), pack);
  }

  /** States that a segment of `samples` samples is given, padding included. */
  statesFor(samples: number): number {
    if (this.#padded) return this.#maxStates;
    return Math.min(this.#maxStates, Math.max(SHORTEST_CONTEXT, stateCount(samples)));
  }

  /**
   * Encodes one segment into a row of `memory`; samples beyond the encoder's longest input are left out.
   * @returns the encoder's states where `wantStates`, so that nobody has to run the encoder again for them (good until
   *   the next run), and what it says of the noise.
   */
  async encode(
    samples: Float32Array,
    memory: CrossMemory,
    row: number,
    wantStates: boolean,
  ): Promise<EncodedSegment> {
    const real = Math.min(this.#maxStates, Math.max(1, stateCount(samples.length)));
    const count = this.statesFor(samples.length);
    const mel = logMel(samples, count * FRAMES_PER_STATE);
    const feeds = { mel: new Tensor('float32', mel.data, [1, MEL_BANDS, mel.frames]) };
    const wanted = this.#session.outputNames.filter((name) => ACOUSTIC_OUTPUTS.includes(name));
    const given = wantStates && this.#session.outputNames.includes('states');
    const states = given ? this.#states.subarray(0, count * this.#width) : null;
    const fetches: Record<string, Tensor | null> = {
      ...memory.encoderOutputs(row, count),
      ...Object.fromEntries(wanted.map((name) => [name, null])),
      ...(states && { states: new Tensor('float32', states, [1, count, this.#width]) }),
    };
    const outputs = await runInto(this.#session, feeds, fetches);
    memory.settle(row, count);
    return {
      states: states && { data: states.subarray(0, real * this.#width), count: real },
      acoustics: acousticsOf(outputs, real),
    };
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function acousticsOf(outputs: NamedTensors, count: number): EncoderAcoustics | null {
  const { noise, head_weights: weights } = outputs;
  if (!noise || !weights) return null;
  return {
    noise: (noise.data as Float32Array).subarray(0, count),
    weights: meanHeadWeights(weights.data as Float32Array),
  };
}

/** Means over the layers of rows [layers, 3]. */
function meanHeadWeights(rows: Float32Array): HeadWeights {
  const sums = [0, 0, 0];
  for (const [i, weight] of rows.entries()) sums[i % 3]! += weight;
  const [spectral, temporal, noise] = sums.map((sum) => (3 * sum) / rows.length);
  return { spectral: spectral!, temporal: temporal!, noise: noise! };
}
