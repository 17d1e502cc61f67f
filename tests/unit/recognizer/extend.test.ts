import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpeechSegment } from '../../../core/audio/segment.ts';
import { SAMPLE_RATE } from '../../../core/audio/source.ts';
import { Decoder } from '../../../core/recognizer/decoder.ts';
import type { SpelledWord } from '../../../core/recognizer/recognized.ts';
import { Recognizer } from '../../../core/recognizer/recognizer.ts';
import { devUtterances, samplesOf } from '../../recordings/corpus.ts';
import { MODELS } from '../../recordings/models.ts';

let recognizer: Recognizer;
let segment: SpeechSegment;
let offline: string[];
let words: readonly SpelledWord[];

const texts = (spelled: readonly SpelledWord[]) => spelled.map(({ word }) => word.text);
const extend = (known: readonly SpelledWord[], draft: readonly SpelledWord[], limit = 60) =>
  recognizer.extend(segment, { language: 'en', known, draft, limit });

/** Decoder steps that a call takes. */
async function stepsOf(call: () => Promise<unknown>): Promise<number> {
  const { step } = Decoder.prototype;
  let steps = 0;
  Decoder.prototype.step = function (...args) {
    steps++;
    return step.apply(this, args);
  };
  try {
    await call();
  } finally {
    Decoder.prototype.step = step;
  }
  return steps;
}

beforeAll(async () => {
  recognizer = await Recognizer.load(join(MODELS, 'tiny'), { threads: 2 });
  const utterance = (await devUtterances('librispeech')).find(
    ({ start, end }) => end - start > 5 && end - start < 9,
  )!;
  const samples = (await samplesOf([utterance]))[0]!;
  const duration = samples.length / SAMPLE_RATE;
  segment = { index: 0, samples, pieces: [{ start: 100, offset: 0, duration }] };
  const [recognized] = await recognizer.transcribe([segment], { language: 'en' });
  offline = recognized!.words.map(({ text }) => text);
  words = (await extend([], [])).words;
});
afterAll(() => recognizer.close());

describe('a segment that is heard again', () => {
  it('is heard as offline when nothing is known of it', () => {
    expect(offline.length).toBeGreaterThan(8);
    expect(texts(words)).toEqual(offline);
  });

  it('goes on from known words, at the times at which it was heard before', async () => {
    const { words: rest, doubt } = await extend(words.slice(0, 5), []);
    expect(doubt).toBeNull();
    expect(texts(rest)).toEqual(offline.slice(5));
    for (const [i, { word }] of rest.entries()) expect(word.start).toBeCloseTo(words[5 + i]!.word.start, 1);
  });

  it('is heard the same whether the draft is right, wrong or wrong at its end, in fewer steps where it is right', async () => {
    const [start, middle] = [words.slice(0, 2), words.slice(2, 6)];
    const wrong = [words[0]!, ...words.slice(3, 5)];
    for (const draft of [words.slice(2), middle, wrong, [...middle, ...wrong]])
      expect(texts((await extend(start, draft)).words)).toEqual(offline.slice(2));
    const without = await stepsOf(() => extend(start, []));
    const tokens = middle.reduce((sum, word) => sum + word.tokens.length, 0);
    expect(await stepsOf(() => extend(start, middle))).toBe(without - tokens);
    expect(await stepsOf(() => extend(start, words.slice(2)))).toBe(1);
  });

  it('is doubted when it wants more tokens than it may', async () => {
    expect(await extend([], [], 5)).toMatchObject({ doubt: 'repetitive' });
    expect(await stepsOf(() => extend([], [], 5))).toBeLessThanOrEqual(6);
  });
});
