import { copyFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpeechSegment } from '../../../core/audio/segment.ts';
import { SAMPLE_RATE } from '../../../core/audio/source.ts';
import type { RecognizedSegment, RecognizedWord } from '../../../core/recognizer/recognized.ts';
import { Recognizer } from '../../../core/recognizer/recognizer.ts';
import { normalizeEnglish } from '../../eval/englishText.ts';
import { countWordErrors, wordErrorRate } from '../../eval/wordErrors.ts';
import { devUtterances, samplesOf } from '../../recordings/corpus.ts';
import { MODELS } from '../../recordings/models.ts';

const UTTERANCES = 3;

let recognizer: Recognizer;
let segments: SpeechSegment[];
let references: string[];
let recognized: RecognizedSegment[];

beforeAll(async () => {
  recognizer = await Recognizer.load(join(MODELS, 'base'), { threads: 2 });
  const utterances = (await devUtterances('librispeech')).slice(0, UTTERANCES);
  references = utterances.map((utterance) => utterance.text);
  segments = (await samplesOf(utterances)).map((samples, index) => segmentOf(samples, index));
  recognized = await recognizer.transcribe(segments, { language: 'en' });
});
afterAll(() => recognizer.close());

/** A segment that lies 100 s after the one before. */
function segmentOf(samples: Float32Array, index: number): SpeechSegment {
  const duration = samples.length / SAMPLE_RATE;
  return { index, samples, pieces: [{ start: 100 * index, offset: 0, duration }] };
}

function textOf(words: readonly RecognizedWord[]): string {
  return words.map((word) => word.text).join(' ');
}

describe('Recognizer', () => {
  it('hears what is read', () => {
    const words = (text: string) => normalizeEnglish(text).split(' ');
    const errors = recognized.map((segment, i) =>
      countWordErrors(words(references[i]!), words(textOf(segment.words))),
    );
    for (const one of errors) expect(wordErrorRate(one)).toBeLessThan(0.25);
  });

  it('gives each word a time inside its segment, in order, and a confidence', () => {
    for (const [i, { index, start, end, words }] of recognized.entries()) {
      expect(index).toBe(i);
      expect(start).toBe(100 * i);
      expect(end).toBeCloseTo(100 * i + segments[i]!.pieces[0]!.duration, 9);
      let before = start;
      for (const word of words) {
        expect(word.start).toBeGreaterThanOrEqual(before);
        expect(word.end).toBeGreaterThanOrEqual(word.start);
        expect(word.end).toBeLessThanOrEqual(end + 1e-9);
        expect(word.confidence).toBeGreaterThan(0);
        expect(word.confidence).toBeLessThanOrEqual(1);
        before = word.start;
      }
    }
  });

  it('hears the same in a batch as alone', async () => {
    const alone = await recognizer.transcribe([segments[1]!], { language: 'en' });
    expect(textOf(alone[0]!.words)).toBe(textOf(recognized[1]!.words));
  });

  it('places words after a pause that was cut out of the segment', async () => {
    const [first, second] = [segments[0]!.samples, segments[1]!.samples];
    const joined = new Float32Array(first.length + second.length);
    joined.set(first);
    joined.set(second, first.length);
    const offset = first.length / SAMPLE_RATE;
    const pieces = [
      { start: 10, offset: 0, duration: offset },
      { start: 500, offset, duration: second.length / SAMPLE_RATE },
    ];
    const [spread] = await recognizer.transcribe([{ index: 0, samples: joined, pieces }], {
      language: 'en',
    });
    const starts = spread!.words.map((word) => word.start);
    const before = starts.filter((start) => start < 10 + offset);
    const after = starts.filter((start) => start >= 500);
    expect(before.length + after.length).toBe(starts.length);
    expect(before.length).toBeGreaterThan(3);
    expect(after.length).toBeGreaterThan(3);
  });

  it('detects English', async () => {
    expect(await recognizer.detectLanguage(segments)).toBe('en');
  });

  it('hands out the encoder states of each segment', async () => {
    const counts = new Map<SpeechSegment, number>();
    await recognizer.transcribe(segments.slice(0, 2), {
      language: 'en',
      onStates: (segment, states) => {
        counts.set(segment, states.count);
        expect(states.data.length).toBe(states.count * recognizer.pack.manifest.dimensions.state);
      },
    });
    // 50 states a second.
    for (const segment of segments.slice(0, 2))
      expect(counts.get(segment)).toBe(Math.ceil(segment.samples.length / 320));
  });

  it('stops soon when it is cancelled', async () => {
    const cancel = new AbortController();
    const running = recognizer.transcribe(segments, { language: 'en', signal: cancel.signal });
    setTimeout(() => cancel.abort(new Error('cancelled')), 10);
    await expect(running).rejects.toThrow('cancelled');
    // It is as good as new afterwards.
    const [again] = await recognizer.transcribe([segments[0]!], { language: 'en' });
    expect(again).toEqual(recognized[0]);
  });

  it('gives no words for nothing', async () => {
    expect(await recognizer.transcribe([], { language: 'en' })).toEqual([]);
  });

  it('says plainly that it does not know a language', async () => {
    await expect(recognizer.transcribe(segments, { language: 'tlh' })).rejects.toThrow(
      'The model does not know the language "tlh".',
    );
  });
});

describe('a damaged pack', () => {
  let copy: string;
  beforeAll(async () => {
    copy = await mkdtemp(join(tmpdir(), 'sotto-pack-'));
    for (const file of ['manifest.json', 'encoder.onnx', 'decoder.onnx', 'tokenizer.json'])
      await copyFile(join(MODELS, 'tiny', file), join(copy, file));
  });
  afterAll(() => rm(copy, { recursive: true }));

  it('is refused when a file is cut short', async () => {
    await truncate(join(copy, 'encoder.onnx'), 1_000_000);
    await expect(Recognizer.load(copy)).rejects.toThrow(/encoder\.onnx has 1000000 bytes/);
  });

  it('is refused when its manifest describes something else', async () => {
    await copyFile(join(MODELS, 'tiny/encoder.onnx'), join(copy, 'encoder.onnx'));
    const manifest = JSON.parse(await readFile(join(copy, 'manifest.json'), 'utf8'));
    await writeFile(join(copy, 'manifest.json'), JSON.stringify({ ...manifest, kind: 'vad' }));
    await expect(Recognizer.load(copy)).rejects.toThrow(/does not describe a recogniser/);
  });
});
