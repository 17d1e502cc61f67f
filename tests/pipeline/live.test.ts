import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type AudioSource, SAMPLE_RATE } from '../../core/audio/source.ts';
import { WINDOW } from '../../core/audio/voiceActivity.ts';
import { LiveSession } from '../../core/live/session.ts';
import { listen } from '../../core/project/listen.ts';
import { ProgressClock } from '../../core/project/progress.ts';
import { closeModels, loadModels, type Models } from '../../core/project/transcribe.ts';
import { normalizeEnglish } from '../eval/englishText.ts';
import { countWordErrors, wordErrorRate } from '../eval/wordErrors.ts';
import { SHARED, samplesOf } from '../recordings/corpus.ts';
import { MODELS } from '../recordings/models.ts';
import { buildTalk, type Talk } from '../recordings/talk.ts';

const SECONDS = 40;
/** Live words are heard with less of what follows; with the tiny pack one in six or so differs at worst. */
const MOST_DIFFERENT = 0.2;
/** Twice the longest stretch for either kind of encoder, and the block that came last. */
const MOST_HELD = 36;

let models: Models;
let talk: Talk;
beforeAll(async () => {
  models = await loadModels(MODELS, 'tiny');
  talk = await buildTalk(SECONDS);
});
afterAll(() => closeModels(models));
beforeEach(() => {
  vi.restoreAllMocks();
});

interface Live {
  /** Stable words after each block. */
  readonly growth: readonly string[];
  readonly held: number;
}

async function hearLive(samples: Float32Array, block: number): Promise<Live> {
  let text = '';
  let held = 0;
  const growth: string[] = [];
  const session = new LiveSession({
    ...models,
    language: 'en',
    onUpdate({ stable }) {
      for (const word of stable) text += `${word.text} `;
    },
  });
  for (let at = 0; at < samples.length; at += block) {
    await session.push(samples.subarray(at, at + block));
    held = Math.max(held, session.held);
    growth.push(text);
  }
  await session.finish();
  return { growth: [...growth, text], held };
}

function sourceOf(samples: Float32Array): AudioSource {
  return {
    duration: samples.length / SAMPLE_RATE,
    async *blocks() {
      yield samples;
    },
  };
}

async function hearOffline(samples: Float32Array): Promise<string> {
  const clock = new ProgressClock(() => {});
  const { segments } = await listen(
    sourceOf(samples),
    models,
    { language: 'en' },
    null,
    clock,
    new AbortController().signal,
  );
  return segments.flatMap(({ words }) => words.map(({ text }) => text)).join(' ');
}

const wordsOf = (text: string) => normalizeEnglish(text).split(' ').filter(Boolean);

describe('live captions of a real recording', () => {
  it('come to nearly what is heard offline, word by word while it is said, from a bounded stretch of sound', async () => {
    const { growth, held } = await hearLive(talk.samples, SAMPLE_RATE / 2);
    const text = growth[growth.length - 1]!;
    const offline = wordsOf(await hearOffline(talk.samples));
    expect(offline.length).toBeGreaterThan(60);
    expect(wordErrorRate(countWordErrors(offline, wordsOf(text)))).toBeLessThan(MOST_DIFFERENT);
    expect(held).toBeLessThan(MOST_HELD);
    // By the middle of the recording about half of the words are there.
    const middle = wordsOf(growth[Math.floor(growth.length / 2)]!).length;
    expect(middle).toBeGreaterThan(offline.length / 4);
    expect(middle).toBeLessThan((3 * offline.length) / 4);
  });

  it('are the same however the sound is cut into blocks', async () => {
    const start = talk.samples.subarray(0, 12 * SAMPLE_RATE);
    const [even, odd] = [await hearLive(start, SAMPLE_RATE / 2), await hearLive(start, 1237)];
    expect(even.growth[even.growth.length - 1]).not.toBe('');
    expect(odd.growth[odd.growth.length - 1]).toBe(even.growth[even.growth.length - 1]);
  });

  it('are none where nobody speaks, and silence is never decoded', async () => {
    const extend = vi.spyOn(models.recognizer, 'extend');
    const silent = await hearLive(new Float32Array(30 * SAMPLE_RATE), SAMPLE_RATE / 2);
    expect(silent.growth[silent.growth.length - 1]).toBe('');
    expect(extend).not.toHaveBeenCalled();
    const folder = join(SHARED, 'noise/esc10');
    const noises = readdirSync(folder).filter((file) => file.endsWith('.opus'));
    const invented: string[] = [];
    // One in twenty: each is heard as long as it lasts.
    const chosen = noises
      .filter((_, i) => i % 20 === 0)
      .map((file) => ({ audio: join(folder, file), start: 0, end: Infinity, text: '', set: 'noise' }));
    for (const [i, samples] of (await samplesOf(chosen)).entries()) {
      const { growth } = await hearLive(samples, SAMPLE_RATE / 2);
      const text = growth[growth.length - 1]!;
      if (text !== '') invented.push(`${chosen[i]!.audio}: ${text}`);
    }
    expect(noises.length).toBeGreaterThan(10);
    expect(invented).toEqual([]);
  });
});

describe('voice activity as it comes', () => {
  it('is that of the whole recording', async () => {
    const samples = talk.samples.subarray(0, 1024 * WINDOW);
    const whole = await models.voiceActivity.probabilities(samples, 0);
    const stream = models.voiceActivity.stream();
    const heard: number[] = [];
    for (let from = 0, count = 1; from < samples.length; from += count * WINDOW, count = (count % 7) + 1)
      heard.push(...(await stream.probabilities(samples.subarray(from, from + count * WINDOW))));
    expect(heard.length).toBe(whole.length);
    for (const [i, probability] of whole.entries()) expect(heard[i]).toBeCloseTo(probability, 4);
  });
});
