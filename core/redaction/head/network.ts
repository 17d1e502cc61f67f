import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { type NamedTensors, openSession } from '../../recognizer/session.ts';
import { FEATURES, type Row } from './row.ts';
import type { StateSpan } from './sound.ts';

/** Neighbouring states that the head reads as one. */
export const PAIR = 2;

/** What was heard of a row's words. */
export interface RowSound {
  /** [count, width], an even count. */
  readonly states: Float32Array;
  readonly count: number;
  /** For every word, counted in `states`. */
  readonly spans: readonly (StateSpan | null)[];
}

/** What the network says of a row. */
export interface RowReading {
  /** [words, classes] of O, and B and I of every label; each line sums to 1. */
  readonly probabilities: Float32Array;
  /** [words, pairs]: how much each word looked at each two states; a line sums to at most 1. */
  readonly attention: Float32Array;
}

/** The head's graph on ONNX Runtime. */
export class HeadNetwork {
  readonly #session: InferenceSession;
  readonly #width: number;

  private constructor(session: InferenceSession, width: number) {
    this.#session = session;
    this.#width = width;
  }

  /** @param width values of an encoder state. */
  static async load(path: string, width: number, threads: number): Promise<HeadNetwork> {
    return new HeadNetwork(await openSession(path, threads), width);
  }

  /** Reads one row; `sound` is null where nothing was heard of it. */
  async read(row: Row, sound: RowSound | null): Promise<RowReading> {
    const pieces = row.pieces.length;
    const words = row.features.length / FEATURES;
    const { states, count } = sound ?? { states: new Float32Array(PAIR * this.#width), count: PAIR };
    const spans = Array.from({ length: words }, (_, word) => sound?.spans[word] ?? [-1, -1]).flat();
    const outputs = (await this.#session.run({
      pieces: integers(row.pieces, [1, pieces]),
      word: integers(row.word, [1, pieces]),
      features: new Tensor('float32', row.features, [1, words, FEATURES]),
      states: new Tensor('float32', states, [1, count, this.#width]),
      spans: integers(spans, [1, words, 2]),
    })) as NamedTensors;
    return {
      probabilities: outputs.probabilities!.data as Float32Array,
      attention: outputs.attention!.data as Float32Array,
    };
  }

  async close(): Promise<void> {
    await this.#session.release();
  }
}

function integers(values: readonly number[], dims: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), dims);
}
