import { Tensor } from 'onnxruntime-node';
import type { NamedTensors } from './session.ts';

/** Added to the cross-attention's scores of frames that a segment does not have. */
const MASKED = -1e9;
/** Channels of an attention head in every Whisper size. */
export const HEAD_CHANNELS = 64;

export interface CrossShape {
  readonly layers: number;
  readonly heads: number;
  /** Encoder states a row has room for. */
  readonly maxStates: number;
}

/**
 * Keys and values of the decoder's cross-attention for a batch of segments, a row each. The buffers are made once
 * and used for every batch, so memory does not depend on the length of a recording. The decoder works on the first
 * rows; rows are moved so that those still open come first.
 */
export class CrossMemory {
  /** States of each row that this batch uses; all rows have the same, shorter segments being masked. */
  states: number;
  readonly capacity: number;
  readonly #shape: CrossShape;
  /** For every layer [capacity, heads, 64, states]. */
  readonly #keys: Float32Array[];
  /** For every layer [capacity, heads, states, 64]. */
  readonly #values: Float32Array[];
  readonly #bias: Float32Array;
  readonly #spare: Float32Array;

  constructor(shape: CrossShape, capacity: number) {
    this.#shape = shape;
    this.capacity = capacity;
    this.states = shape.maxStates;
    const row = shape.heads * HEAD_CHANNELS * shape.maxStates;
    const buffers = () => Array.from({ length: shape.layers }, () => new Float32Array(capacity * row));
    this.#keys = buffers();
    this.#values = buffers();
    this.#bias = new Float32Array(capacity * shape.maxStates);
    this.#spare = new Float32Array(row);
  }

  /** Values of one row in one layer's keys, or values. */
  get #row(): number {
    return this.#shape.heads * HEAD_CHANNELS * this.states;
  }

  /** Tensors over row `row` for the encoder to write into; only where the segment fills all {@link states}. */
  encoderOutputs(row: number): NamedTensors {
    const { heads } = this.#shape;
    const tensors: NamedTensors = {};
    const part = (buffer: Float32Array) => buffer.subarray(row * this.#row, (row + 1) * this.#row);
    this.#keys.forEach((keys, layer) => {
      const values = this.#values[layer]!;
      tensors[`cross_key_${layer}`] = new Tensor('float32', part(keys), [
        1,
        heads,
        HEAD_CHANNELS,
        this.states,
      ]);
      tensors[`cross_value_${layer}`] = new Tensor('float32', part(values), [
        1,
        heads,
        this.states,
        HEAD_CHANNELS,
      ]);
    });
    return tensors;
  }

  /** Copies the encoder's output of a segment with `count` states, fewer than {@link states}, into a row. */
  copyEncoderOutputs(row: number, outputs: NamedTensors, count: number): void {
    const { heads } = this.#shape;
    const start = row * this.#row;
    for (const [layer, keys] of this.#keys.entries()) {
      const source = outputs[`cross_key_${layer}`]!.data as Float32Array;
      for (let line = 0; line < heads * HEAD_CHANNELS; line++)
        keys.set(source.subarray(line * count, (line + 1) * count), start + line * this.states);
      const values = this.#values[layer]!;
      const valueSource = outputs[`cross_value_${layer}`]!.data as Float32Array;
      const line = count * HEAD_CHANNELS;
      for (let head = 0; head < heads; head++)
        values.set(
          valueSource.subarray(head * line, (head + 1) * line),
          start + head * this.states * HEAD_CHANNELS,
        );
    }
  }

  /** Lets the decoder see the first `count` states of a row. */
  setVisible(row: number, count: number): void {
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

function swapRows(buffer: Float32Array, size: number, a: number, b: number, spare: Float32Array): void {
  spare.set(buffer.subarray(a * size, (a + 1) * size));
  buffer.copyWithin(a * size, b * size, (b + 1) * size);
  buffer.set(spare.subarray(0, size), b * size);
}
