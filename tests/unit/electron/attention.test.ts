import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AttentionViewer, type AttentionWish } from '../../../electron/attention.ts';
import { headAttentionSchema } from '../../../electron/contract.ts';
import { Packs } from '../../../electron/packs.ts';
import { signal } from '../../parity/signal.ts';
import reference from '../../parity/trihead_reference.json' with { type: 'json' };

const ENCODER = join(import.meta.dirname, '../../fixtures/trihead/encoder.onnx');

let models: string;
let toy: string;
let toySha256: string;

/** A whole pack round the toy encoder; see tests/parity/trihead_reference.py. */
beforeAll(async () => {
  models = await mkdtemp(join(tmpdir(), 'sotto-attention-'));
  toy = join(models, 'toy');
  await mkdir(toy);
  const encoder = await readFile(ENCODER);
  const file = { sha256: createHash('sha256').update(encoder).digest('hex'), bytes: encoder.length };
  const manifest = JSON.stringify({
    name: 'toy',
    version: '1',
    kind: 'recognizer',
    license: 'MIT',
    source: 'test',
    files: { 'encoder.onnx': file },
    languages: ['en'],
    multilingual: false,
    tokens: { sot: 0, eot: 1, noTimestamps: 2, timestampBegin: 3, noSpeech: 4, languages: {} },
    suppressedTokens: [],
    beginSuppressedTokens: [],
    alignmentHeads: [[0, 0]],
    dimensions: {
      ...{ state: 128, heads: 2, encoderLayers: 2, decoderLayers: 1, vocabulary: 8 },
      ...{ mels: 80, maxFrames: 3000, maxTokens: 8 },
    },
    audioContext: 'dynamic',
    headGroups: [
      [0, 1],
      [0, 1, 2],
    ],
  });
  await writeFile(join(toy, 'encoder.onnx'), encoder);
  await writeFile(join(toy, 'manifest.json'), manifest);
  toySha256 = createHash('sha256').update(manifest).digest('hex');
});
afterAll(() => rm(models, { recursive: true }));

function wish(given: Partial<AttentionWish> = {}): AttentionWish {
  return { pack: toy, layer: 1, head: 2, stretch: 'a', samples: async () => signal(), ...given };
}

describe('looking at the attention of a head', () => {
  test('gives the groups of all heads, the mean distance and a picture', async () => {
    const found = await new AttentionViewer().view(wish());
    expect(headAttentionSchema.parse(found)).toEqual(found);
    expect(found.groups).toEqual([
      ['spectral', 'temporal'],
      ['spectral', 'temporal', 'noise'],
    ]);
    expect(found.distance).toBeCloseTo(reference.attention['1/2'].distance, 4);
    expect(found.size).toBe(reference.states);
    expect(Buffer.from(found.shades, 'base64')).toHaveLength(reference.states ** 2);
    expect(found.seconds).toBeCloseTo(12_345 / 16_000, 1);
  });

  test('hears a stretch once, however many heads are looked at, in order', async () => {
    const viewer = new AttentionViewer();
    let heard = 0;
    const samples = async () => {
      heard++;
      return signal();
    };
    const found = await Promise.all([
      viewer.view(wish({ layer: 0, head: 0, samples })),
      viewer.view(wish({ layer: 0, head: 1, samples })),
    ]);
    expect(heard).toBe(1);
    expect(found[0]!.distance).toBeCloseTo(reference.attention['0/0'].distance, 4);
    expect(found[1]!.distance).toBeCloseTo(reference.attention['0/1'].distance, 4);
    await viewer.view(wish({ stretch: 'b', samples }));
    expect(heard).toBe(2);
  });

  test('goes on after a wish that failed', async () => {
    const viewer = new AttentionViewer();
    const gone = async (): Promise<Float32Array> => {
      throw new Error('gone');
    };
    await expect(viewer.view(wish({ samples: gone }))).rejects.toThrow('gone');
    expect((await viewer.view(wish())).size).toBe(reference.states);
  });

  test('is refused in a sentence for the packs that ship without it', async () => {
    const stock = join(import.meta.dirname, '../../../models/tiny');
    await expect(new AttentionViewer().view(wish({ pack: stock }))).rejects.toThrow(
      /"tiny" cannot be shown: it has no tri-head encoder/,
    );
  });
});

describe('the pack that made a transcript', () => {
  test('is found by the hash of its manifest, whatever its folder is called', async () => {
    expect(await new Packs(models, null, { of: () => null }).bySha256(toySha256)).toBe(toy);
    expect(await new Packs(models, null, { of: () => null }).bySha256('0'.repeat(64))).toBeNull();
  });
});
