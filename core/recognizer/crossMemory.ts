import { Tensor } from 'onnxruntime-node';
import type { NamedTensors } from './session.ts';

/** Added to the cross-attention's scores of frames that a segment does not have. */
const MASKED = -1e9;
/** Channels of an attention head in every Whisper size. */
export const HEAD_CHANNELS = 64;

export interface CrossShape {
  readonly layers: number;
  readonly heads: number;
  /** Most encoder states of a row. */
  readonly maxStates: number;
}

/**
 * Keys and values of the decoder's cross-attention for a batch of segments, a row each. The buffers are made once
 * and used for every batch, for few long rows as for many short ones, so memory does not depend on the length of a
 * recording. The decoder works on the first rows; rows are moved so that those still open come first.
 */
export class CrossMemory {
  /** States of each row that this batch uses; all rows have the same, shorter segments being masked. */
  states: number;
  /** States that all rows together have room for. */
  readonly capacity: number;
  readonly #shape: CrossShape;
  /** For every layer [rows, heads, 64, states]. */
  readonly #keys: Float32Array[];
  /** For every layer [rows, heads, states, 64]. */
  readonly #values: Float32Array[];
  readonly #bias: Float32Array;
  readonly #spare: Float32Array;

  constructor(shape: CrossShape, capacity: number) {
    this.#shape = shape;
    this.capacity = capacity;
    this.states = shape.maxStates;
    const channels = shape.heads * HEAD_CHANNELS;
    const buffers = () => Array.from({ length: shape.layers }, () => new Float32Array(capacity * channels));
    this.#keys = buffers();
    this.#values = buffers();
    this.#bias = new Float32Array(capacity);
    this.#spare = new Float32Array(channels * shape.maxStates);
  }

  /** Values of one row in one layer's keys, or values. */
  get #row(): number {
    return this.#shape.heads * HEAD_CHANNELS * this.states;
  }

  /**
   * Tensors for the encoder to write a segment of `count` states into: they lie at the beginning of row `row`, which
   * {@link settle} then brings into the row's shape.
   */
  encoderOutputs(row: number, count: number): NamedTensors {
    const { heads } = this.#shape;
    const tensors: NamedTensors = {};
    const start = row * this.#row;
    const part = (buffer: Float32Array) => buffer.subarray(start, start + heads * HEAD_CHANNELS * count);
    for (const [layer, keys] of this.#keys.entries()) {
      tensors[`cross_key_${layer}`] = new Tensor('float32', part(keys), [1, heads, HEAD_CHANNELS, count]);
      tensors[`cross_value_${layer}`] = new Tensor('float32', part(this.#values[layer]!), [
        1,
        heads,
        count,
        HEAD_CHANNELS,
      ]);
    }
    return tensors;
  }

  /** Spreads what the encoder wrote over the row's {@link states}, of which the decoder sees the first `count`. */
  settle(row: number, count: number): void {
    const { heads } = this.#shape;
    if (count < this.states) {
      for (const keys of this.#keys)
        spread(keys, row * this.#row, { lines: heads * HEAD_CHANNELS, from: count, to: this.states });
      const values = { lines: heads, from: count * HEAD_CHANNELS, to: this.states * HEAD_CHANNELS };
      for (const buffer of this.#values) spread(buffer, row * this.#row, values);
    }
    const start = row * this.states;
    this.#bias.fill(0, start, start + count);
    this.#bias.fill(MASKED, start + count, start + this.states);
  }

  /** Overwrites row `to` with row `from`. */
  move(from: number, to: number): void {
    if (from === to) return;
    for (const buffer of [...this.#keys, ...this.#values])
      buffer.copyWithin(to * this.#row, from * this.#row, (from + 1) * this.#row);
    this.#bias.copyWithin(to * this.states, from * this.states, (from + 1) * this.states);
  }

  swap(a: number, b: number): void {
    if (a === b) return;
    for (const buffer of [...this.#keys, ...this.#values]) swapRows(buffer, this.#row, a, b, this.#spare);
    swapRows(this.#bias, this.states, a, b, this.#spare);
  }

  /** The decoder's inputs for the first `rows` rows. */
  decoderInputs(rows: number): NamedTensors {
    const { heads } = this.#shape;
    const tensors: NamedTensors = {
      cross_bias: new Tensor('float32', this.#bias.subarray(0, rows * this.states), [
        rows,
        1,
        1,
        this.states,
      ]),
    };
    const part = (buffer: Float32Array) => buffer.subarray(0, rows * this.#row);
    for (let layer = 0; layer < this.#shape.layers; layer++) {
      const keyShape = [rows, heads, HEAD_CHANNELS, this.states];
      const valueShape = [rows, heads, this.states, HEAD_CHANNELS];
      tensors[`cross_key_${layer}`] = new Tensor('float32', part(this.#keys[layer]!), keyShape);
      tensors[`cross_value_${layer}`] = new Tensor('float32', part(this.#values[layer]!), valueShape);
    }
    return tensors;
  }
}

/** Moves lines that lie one behind another `from` values apart to `to` apart; the gaps keep what they held. */
function spread(
  buffer: Float32Array,
  start: number,
  { lines, from, to }: { lines: number; from: number; to: number },
): void {
  // From the last on, so that none is overwritten before it has moved.
  for (let line = lines - 1; line > 0; line--)
    buffer.copyWithin(start + line * to, start + line * from, start + (line + 1) * from);
}

function swapRows(buffer: Float32Array, size: number, a: number, b: number, spare: Float32Array): void {
  spare.set(buffer.subarray(a * size, (a + 1) * size));
  buffer.copyWithin(a * size, b * size, (b + 1) * size);
  buffer.set(spare.subarray(0, size), b * size);
}
