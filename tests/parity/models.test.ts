import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecognizerPack, type RecognizerPack } from '../../core/recognizer/pack.ts';

const MODELS = join(import.meta.dirname, '..', '..', 'models');
const REFERENCES = join(import.meta.dirname, 'references');

/** Computed by PyTorch from the original weights: `parity_reference` in models/training/convert/check.py. */
interface Reference {
  frames: number[];
  every: number;
  states: number[][];
  tokens: number[];
  vocabulary: number[];
  logits: number[][];
}

/** Two gliding bands: the formula of `parity_mel` in models/training/convert/check.py. */
function parityMel(frames: number): Float32Array {
  const mel = new Float32Array(80 * frames);
  for (let band = 0; band < 80; band++)
    for (let frame = 0; frame < frames; frame++) {
      const low = Math.exp(-(((band - 18 - 6 * Math.sin(frame / 23)) / 5) ** 2));
      const high = Math.exp(-(((band - 44 - 9 * Math.sin(frame / 37)) / 7) ** 2));
      const pulse = 0.5 + 0.5 * Math.sin(frame / 9);
      mel[band * frames + frame] = -0.6 + (1.2 * low + 0.8 * high) * pulse;
    }
  return mel;
}

/** Root mean square of the difference, relative to the spread of the reference. */
function relativeError(values: number[], reference: number[]): number {
  const mean = reference.reduce((a, b) => a + b) / reference.length;
  const spread = reference.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  const error = values.reduce((sum, x, i) => sum + (x - (reference[i] ?? Number.NaN)) ** 2, 0);
  return Math.sqrt(error / spread);
}

/**
 * How far 8-bit states may be from PyTorch's. Kernels round differently: tiny's are 0.151 away on an Intel Xeon with AMX
 * and below 0.15 on a Zen 4.
 */
const STATES_APART = { base: 0.15, tiny: 0.16 };

describe.each(['base', 'tiny'] as const)('the committed pack %s', (name) => {
  let pack: RecognizerPack;
  let reference: Reference;
  let encoder: InferenceSession;
  let decoder: InferenceSession;
  let encoded: InferenceSession.OnnxValueMapType;

  beforeAll(async () => {
    pack = await openRecognizerPack(join(MODELS, name));
    reference = JSON.parse(await readFile(join(REFERENCES, `${name}.json`), 'utf8'));
    encoder = await InferenceSession.create(pack.path('encoder.onnx'));
    decoder = await InferenceSession.create(pack.path('decoder.onnx'));
    encoded = await encoder.run({ mel: new Tensor('float32', parityMel(3000), [1, 80, 3000]) });
  });

  afterAll(async () => {
    await encoder.release();
    await decoder.release();
  });

  /** Logits of the reference's vocabulary after each token, fed in steps of the given sizes. */
  async function logits(steps: number[]): Promise<number[][]> {
    const { heads, decoderLayers, vocabulary } = pack.manifest.dimensions;
    const empty = () => new Tensor('float32', new Float32Array(0), [1, heads, 0, 64]);
    const past: Record<string, Tensor> = {};
    for (let layer = 0; layer < decoderLayers; layer++)
      for (const part of ['key', 'value']) past[`past_${part}_${layer}`] = empty();
    const cross = Object.fromEntries(Object.entries(encoded).filter(([key]) => key.startsWith('cross_')));
    const rows: number[][] = [];
    for (const size of steps) {
      const tokens = BigInt64Array.from(reference.tokens.slice(rows.length, rows.length + size), BigInt);
      const outputs = await decoder.run({
        ...past,
        ...cross,
        tokens: new Tensor('int64', tokens, [1, size]),
        position: new Tensor('int64', [BigInt(rows.length)], [1]),
        cross_bias: new Tensor('float32', new Float32Array(1500), [1, 1, 1, 1500]),
      });
      for (const key of Object.keys(past)) past[key] = outputs[key.replace('past', 'present')] as Tensor;
      const data = outputs.logits?.data as Float32Array;
      for (let row = 0; row < size; row++)
        rows.push(reference.vocabulary.map((token) => data[row * vocabulary + token] as number));
    }
    return rows;
  }

  it('gives the encoder states that PyTorch computes from the original weights', () => {
    const { state } = pack.manifest.dimensions;
    const data = encoded.states?.data as Float32Array;
    const values = reference.frames.flatMap((frame, i) =>
      (reference.states[i] ?? []).map((_, j) => data[frame * state + j * reference.every] as number),
    );
    expect(relativeError(values, reference.states.flat())).toBeLessThan(STATES_APART[name]);
  });

  it('gives the next-token logits that PyTorch computes from the original weights', async () => {
    const rows = await logits([reference.tokens.length]);
    expect(relativeError(rows.flat(), reference.logits.flat())).toBeLessThan(0.15);
  });

  it('gives the same logits token by token through the cache as in one step', async () => {
    const whole = await logits([reference.tokens.length]);
    const stepped = await logits(reference.tokens.map(() => 1));
    expect(relativeError(stepped.flat(), whole.flat())).toBeLessThan(0.05);
  });
});
