import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AttentionProbe } from '../../core/recognizer/attentionProbe.ts';
import { CrossMemory } from '../../core/recognizer/crossMemory.ts';
import { type EncodedSegment, Encoder } from '../../core/recognizer/encoder.ts';
import { computedTensors } from '../../core/recognizer/graphOutputs.ts';
import { meanDistance } from '../../core/recognizer/headAttention.ts';
import type { RecognizerPack } from '../../core/recognizer/pack.ts';
import { signal } from './signal.ts';
import reference from './trihead_reference.json' with { type: 'json' };

/** A toy with the outputs of a tri-head encoder; see trihead_reference.py. */
const ENCODER = join(import.meta.dirname, '..', 'fixtures', 'trihead', 'encoder.onnx');
/** The toy hears so much at most, which is all of the signal: no silence is put behind it. */
const STATES = reference.states;
/** States of a longer segment in the same batch. */
const LONGER = STATES + 11;

/** As much of a pack as an encoder looks at. */
function pack(manifest: object = {}): RecognizerPack {
  const dimensions = { maxFrames: 2 * STATES, decoderLayers: 1, heads: 2 };
  const groups = {
    headGroups: [
      [0, 1],
      [0, 1, 2],
    ],
  };
  return {
    manifest: { name: 'toy', audioContext: 'dynamic', dimensions, ...groups, ...manifest },
    path: () => ENCODER,
  } as unknown as RecognizerPack;
}

function floats(base64: string): Float32Array {
  return new Float32Array(Uint8Array.from(Buffer.from(base64, 'base64')).buffer);
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

/** Encodes the signal beside a segment that has `states` states. */
async function encoded(states: number): Promise<EncodedSegment> {
  const encoder = await Encoder.load(pack(), 1);
  const memory = new CrossMemory({ layers: 1, heads: 2, maxStates: LONGER }, LONGER);
  memory.states = states;
  const segment = await encoder.encode(signal(), memory, 0, false);
  await encoder.close();
  return segment;
}

describe('the acoustics of a tri-head encoder', () => {
  it.each([
    ['alone', STATES],
    ['beside a longer segment', LONGER],
  ])('are what numpy computes for a segment %s', async (_, states) => {
    const { acoustics } = await encoded(states);
    expect(largestDifference(acoustics!.noise, floats(reference.noise))).toBeLessThan(1e-4);
    const { spectral, temporal, noise } = acoustics!.weights;
    for (const [i, weight] of [spectral, temporal, noise].entries())
      expect(weight).toBeCloseTo(reference.head_weights[i]!, 5);
  });
});

describe('the attention of a head', () => {
  let probe: AttentionProbe;
  beforeAll(async () => {
    probe = await AttentionProbe.open(pack(), 1);
  });
  afterAll(() => probe.close());

  it.each(Object.entries(reference.attention))('%s is what numpy computes', async (name, expected) => {
    const [layer, head] = name.split('/').map(Number);
    const map = await probe.attention(signal(), layer!, head!);
    expect(map.states).toBe(reference.states);
    expect(largestDifference(map.weights, floats(expected.float32))).toBeLessThan(1e-4);
    expect(meanDistance(map)).toBeCloseTo(expected.distance, 4);
  });

  it('is of what the encoder hears at most, where the stretch is longer', async () => {
    const twice = Float32Array.from([...signal(), ...signal()]);
    expect((await probe.attention(twice, 0, 0)).states).toBe(STATES);
  });

  it('is not there for a head that the encoder does not have', async () => {
    await expect(probe.attention(signal(), 0, 2)).rejects.toThrow(RangeError);
    await expect(probe.attention(signal(), 2, 0)).rejects.toThrow(RangeError);
  });

  it('is not there for noise heads that rest, which a sentence says', async () => {
    const silence = new Float32Array(16_000);
    await expect(probe.attention(silence, 1, 2)).rejects.toThrow(
      /^The noise heads rest in this passage, .*\.$/,
    );
    expect((await probe.attention(silence, 1, 1)).states).toBe(STATES);
  });

  it('is refused in a sentence for a pack without a tri-head encoder', async () => {
    const sentence = /^The attention of the model pack "toy" cannot be shown: .*; transcribe .*\.$/;
    await expect(AttentionProbe.open(pack({ headGroups: undefined }), 1)).rejects.toThrow(sentence);
    const stock = { ...pack(), path: () => join(import.meta.dirname, '../../models/tiny/encoder.onnx') };
    await expect(AttentionProbe.open(stock, 1)).rejects.toThrow(sentence);
  });
});

describe('the tensors of a graph', () => {
  it('are found by their names', async () => {
    const names = computedTensors(await readFile(ENCODER));
    expect([...names].filter((name) => name.startsWith('attention_query'))).toEqual([
      'attention_query_0',
      'attention_query_1',
      'attention_query_noise_1',
    ]);
    // An initializer and an input: nothing computes them.
    expect(names.has('query_0')).toBe(false);
    expect(names.has('mel')).toBe(false);
  });
});
