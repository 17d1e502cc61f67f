import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DetectorWord } from '../../core/redaction/detector.ts';
import { RedactionHead } from '../../core/redaction/head/head.ts';
import { HeadNetwork, type RowSound } from '../../core/redaction/head/network.ts';
import { openRedactorPack, type RedactorPack } from '../../core/redaction/head/pack.ts';
import { pieceCosts, rowOf } from '../../core/redaction/head/row.ts';
import type { Sound, StateSpan } from '../../core/redaction/head/sound.ts';
import { spansFrom } from '../../core/redaction/head/spans.ts';
import { windowsOf } from '../../core/redaction/head/windows.ts';
import { WordPieces } from '../../core/redaction/head/wordPieces.ts';
import { MODELS } from '../recordings/models.ts';
import reference from './redactor_reference.json' with { type: 'json' };

/** A toy with the inputs and outputs of the real head; see redactor_reference.py. */
const TOY = join(import.meta.dirname, '..', 'fixtures', 'redactor');
const SHIPPED = join(MODELS, 'redactor');

let pack: RedactorPack;
let pieces: WordPieces;
let network: HeadNetwork;
beforeAll(async () => {
  pack = await openRedactorPack(TOY);
  const { recogniser, window } = pack.manifest;
  pieces = await WordPieces.load(pack.path('vocab.txt'), window.longestWord);
  network = await HeadNetwork.load(pack.path('head.onnx'), recogniser.stateWidth, 1);
});
afterAll(() => network.close());

const spoken: DetectorWord[] = reference.words.map((text, i) => ({
  text,
  segment: reference.turns[i]!,
  confidence: null,
}));
const { places } = reference;
const heard: DetectorWord[] = places.words.map((text, i) => ({
  text,
  segment: places.turns[i]!,
  confidence: places.confidence[i]!,
  time: { start: places.times[i]![0]!, end: places.times[i]![1]! },
}));
const read = heard.map(({ text, segment }) => ({ text, segment, confidence: null }));

/** As `states_of` of the reference. */
function states(width: number): RowSound {
  const data = Float32Array.from(
    { length: places.states * width },
    (_, i) => (((i * 7919) % 2003) - 1001) / 1000,
  );
  return { states: data, count: places.states, spans: reference.heard.spans as unknown as StateSpan[] };
}

function expectClose(found: Float32Array, lines: readonly number[][], tolerance: number): void {
  const expected = lines.flat();
  expect(found.length).toBe(expected.length);
  for (const [i, value] of expected.entries()) expect(Math.abs(found[i]! - value)).toBeLessThan(tolerance);
}

describe('the redaction head', () => {
  it('cuts words of many scripts, casings and marks as the training does', () => {
    expect(spoken.map(({ text }) => pieces.of(text))).toEqual(reference.pieces);
  });

  it.skipIf(!existsSync(SHIPPED))('cuts them so with the vocabulary that ships', async () => {
    const shipped = await openRedactorPack(SHIPPED);
    const whole = await WordPieces.load(shipped.path('vocab.txt'), shipped.manifest.window.longestWord);
    expect(spoken.map(({ text }) => whole.of(text))).toEqual(reference.realPieces);
  });

  it('cuts a talk into the same windows, whatever their size', () => {
    expect(reference.windows.length).toBeGreaterThan(1);
    for (const { most, context, found } of reference.windows) {
      const windows = windowsOf(pieceCosts(spoken, pieces), most, context);
      expect(windows.map(({ first, end, from, to }) => [first, end, from, to])).toEqual(found);
    }
  });

  it.each([
    ['words with times and confidence', heard, reference.heard],
    ['text', read, reference.text],
  ])('lays out %s in the same rows', (_, words, expected) => {
    const row = rowOf(words, pieces, pack.manifest.longestPause);
    expect(row.pieces).toEqual(expected.pieces);
    expect(row.word).toEqual(expected.word);
    expectClose(row.features, expected.features, 1e-6);
  });

  it.each([
    ['sound', heard, reference.heard],
    ['nothing heard', read, reference.text],
  ])('computes what PyTorch does with %s', async (_, words, expected) => {
    const row = rowOf(words, pieces, pack.manifest.longestPause);
    const sound = words === heard ? states(pack.manifest.recogniser.stateWidth) : null;
    const { probabilities, attention } = await network.read(row, sound);
    expectClose(probabilities, expected.probabilities, 1e-5);
    const listening = sound ? expected.attention : places.words.map(() => [0]);
    expectClose(attention, listening, 1e-5);
    if (sound) expect(Math.max(...attention)).toBeGreaterThan(0.1);
  });

  it('reads the same spans off probabilities', () => {
    const { probabilities, threshold, found } = reference.spans;
    const spans = spansFrom(Float32Array.from(probabilities.flat()), pack.labels, threshold);
    expect(spans.map(({ from, to, label }) => [from, to, label])).toEqual(
      found.map((span) => span.slice(0, 3)),
    );
    for (const [i, { score }] of spans.entries()) expect(score).toBeCloseTo(found[i]![3] as number, 5);
  });

  it('finds the same as a whole, from words and the states around each', async () => {
    const head = await RedactionHead.load(TOY, 1);
    const { width, whole } = { width: pack.manifest.recogniser.stateWidth, whole: states(512) };
    const sound: Sound = {
      width,
      count: whole.count,
      spans: whole.spans,
      copy: (from, to, target) => target.set(whole.states.subarray(from * width, to * width)),
      timeOf: (state) => state / 50,
    };
    const spans = (await head.detect(heard, sound)).filter(({ rule }) => rule === 'read and heard');
    await head.close();
    expect(spans.map(({ from, to, label }) => [from, to, label])).toEqual(
      reference.heard.found.map((span) => span.slice(0, 3)),
    );
    expect(spans.length).toBeGreaterThan(2);
    for (const { from, to, heard: listened } of spans) {
      expect(listened!.share).toBeGreaterThan(0);
      expect(listened!.start).toBeGreaterThanOrEqual(heard[from]!.time!.start - 0.5);
      expect(listened!.end).toBeLessThanOrEqual(heard[to - 1]!.time!.end + 0.5);
    }
  });
});
