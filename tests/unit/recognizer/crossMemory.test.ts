import { describe, expect, it } from 'vitest';
import { CrossMemory } from '../../../core/recognizer/crossMemory.ts';

const SHAPE = { layers: 2, heads: 2, maxStates: 6 };
const CHANNELS = 64;

/** A number that says where it belongs. */
function mark(
  part: 'key' | 'value',
  layer: number,
  row: number,
  head: number,
  channel: number,
  state: number,
) {
  return (part === 'key' ? 1 : 2) + 4 * (layer + 4 * (row + 4 * (head + 4 * (channel + CHANNELS * state))));
}

/** Writes a segment of `count` states as the encoder does: keys [heads, 64, count], values [heads, count, 64]. */
function encode(memory: CrossMemory, row: number, count: number, segment = row): void {
  for (const [name, { data, dims }] of Object.entries(memory.encoderOutputs(row, count))) {
    const [, part, layer] = /^cross_(key|value)_(\d)$/.exec(name)!;
    const isKey = part === 'key';
    expect(dims).toEqual([1, SHAPE.heads, isKey ? CHANNELS : count, isKey ? count : CHANNELS]);
    for (let i = 0; i < data.length; i++) {
      const [rest, inner] = [Math.floor(i / dims[3]!), i % dims[3]!];
      const [head, outer] = [Math.floor(rest / dims[2]!), rest % dims[2]!];
      const [channel, state] = isKey ? [outer, inner] : [inner, outer];
      data[i] = mark(part as 'key' | 'value', Number(layer), segment, head, channel, state);
    }
  }
  memory.settle(row, count);
}

/** Whether each visible state in the decoder's inputs is that of its segment, and the others are masked. */
function expectRows(memory: CrossMemory, segments: readonly { segment: number; count: number }[]): void {
  const inputs = memory.decoderInputs(segments.length);
  const bias = inputs.cross_bias!.data as Float32Array;
  for (const [row, { segment, count }] of segments.entries())
    for (let state = 0; state < memory.states; state++) {
      expect(bias[row * memory.states + state]! < -1e6).toBe(state >= count);
      if (state >= count) continue;
      for (let layer = 0; layer < SHAPE.layers; layer++)
        for (let head = 0; head < SHAPE.heads; head++)
          for (const channel of [0, 1, 63]) {
            const line = (row * SHAPE.heads + head) * CHANNELS * memory.states;
            const key = inputs[`cross_key_${layer}`]!.data[line + channel * memory.states + state];
            const value = inputs[`cross_value_${layer}`]!.data[line + state * CHANNELS + channel];
            expect(key).toBe(mark('key', layer, segment, head, channel, state));
            expect(value).toBe(mark('value', layer, segment, head, channel, state));
          }
    }
}

describe('CrossMemory', () => {
  it('holds segments of different lengths in rows of one length', () => {
    const memory = new CrossMemory(SHAPE, 3 * 5);
    memory.states = 5;
    for (const [row, count] of [5, 3, 1].entries()) encode(memory, row, count);
    expectRows(
      memory,
      [5, 3, 1].map((count, segment) => ({ segment, count })),
    );
  });

  it('has room for as many short rows as fit', () => {
    const memory = new CrossMemory(SHAPE, 12);
    memory.states = 2;
    for (let row = 0; row < 6; row++) encode(memory, row, 2, row % 4);
    expectRows(
      memory,
      [0, 1, 2, 3, 0, 1].map((segment) => ({ segment, count: 2 })),
    );
  });

  it('moves and swaps whole rows', () => {
    const memory = new CrossMemory(SHAPE, 3 * 4);
    memory.states = 4;
    for (const [row, count] of [4, 2, 3].entries()) encode(memory, row, count);
    memory.swap(0, 1);
    memory.move(2, 0);
    expectRows(memory, [
      { segment: 2, count: 3 },
      { segment: 0, count: 4 },
    ]);
  });
});
