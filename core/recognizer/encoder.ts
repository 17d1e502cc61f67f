import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { HOP_LENGTH, logMel, MEL_BANDS } from '../features/logMel.ts';
import type { CrossMemory } from './crossMemory.ts';
import type { RecognizerPack } from './pack.ts';
import { type NamedTensors, openSession } from './session.ts';

/** Mel frames that one encoder state covers (the second convolution has stride 2). */
const FRAMES_PER_STATE = 2;
/** Encoder states in a second of sound: 50. */
export const STATES_PER_SECOND = 16_000 / (HOP_LENGTH * FRAMES_PER_STATE);

/** The encoder's last layer for one segment: `data` is [count, state], without the states of padding. */
export interface EncoderStates {
  readonly data: Float32Array;
  readonly count: number;
}

/** States that a segment of `samples` samples has. */
export function stateCount(samples: number): number {
  return Math.ceil(samples / (HOP_LENGTH * FRAMES_PER_STATE));
}

/** Turns a segment's samples into the decoder's cross-attention keys and values. */
export class Encoder {
  readonly #session: InferenceSession;
  readonly #padded: boolean;
  readonly #maxStates: number;

  private constructor(session: InferenceSession, pack: RecognizerPack) {
    this.#session = session;
    this.#padded = pack.manifest.audioContext === 'padded';
    this.#maxStates = pack.manifest.dimensions.maxFrames / FRAMES_PER_STATE;
  }

  static async load(pack: RecognizerPack, threads: number): Promise<Encoder> {
    return new Encoder(await openSession(pack.path('encoder.onnx'), threads), pack);
  }

  /** States that a row must hold for segments of these lengths in samples. */
  statesFor(lengths: readonly number[]): number {
    if (this.#padded) return this.#maxStates;
    return Math.min(this.#maxStates, Math.max(1, ...lengths.map(stateCount)));
  }

  /**
   * Encodes one segment into a row of `memory`; samples beyond the encoder's longest input are left out.
   * @returns the encoder's states where `wantStates`, so that nobody has to run the encoder again for them.
   */
  async encode(
    samples: Float32Array,
    memory: CrossMemory,
    row: number,
    wantStates: boolean,
  ): Promise<EncoderStates | null> {
    const real = Math.min(this.#maxStates, Math.max(1, stateCount(samples.length)));
    const count = this.#padded ? this.#maxStates : real;
    const mel = logMel(samples, count * FRAMES_PER_STATE);
    const feeds = { mel: new Tensor('float32', mel.data, [1, MEL_BANDS, mel.frames]) };
    const inPlace = count === memory.states;
    const fetches: Record<string, Tensor | null> = inPlace
      ? memory.encoderOutputs(row)
      : Object.fromEntries(
          this.#session.outputNames.filter((name) => name !== 'states').map((n) => [n, null]),
        );
    if (wantStates) fetches.states = null;
    const outputs = (await this.#session.run(feeds, fetches)) as NamedTensors;
    if (!inPlace) memory.copyEncoderOutputs(row, outputs, count);
    memory.setVisible(row, count);
    if (!outputs.states) return null;
    const width = outputs.states.dims[2]!;
    return { data: (outputs.states.data as Float32Array).subarray(0, real * width), count: real };
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}
