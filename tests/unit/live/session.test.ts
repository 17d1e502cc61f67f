import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SpeechSegment } from '../../../core/audio/segment.ts';
import { SAMPLE_RATE } from '../../../core/audio/source.ts';
import { type VoiceActivity, WINDOW } from '../../../core/audio/voiceActivity.ts';
import { LiveSession, type LiveSessionOptions, type LiveUpdate } from '../../../core/live/session.ts';
import type { Continuation, SpelledWord } from '../../../core/recognizer/recognized.ts';
import { spelledAt } from './spelled.ts';

type FakeRecognizer = LiveSessionOptions['recognizer'];

/** A word takes 0.4 s of sound; every sample of the n-th word is n / SCALE, and silence is 0. */
const WORD = 0.4 * SAMPLE_RATE;
const SCALE = 10_000;

function talk(first: number, count: number): Float32Array {
  const samples = new Float32Array(count * WORD);
  for (let i = 0; i < count; i++) samples.fill((first + i) / SCALE, i * WORD, (i + 1) * WORD);
  return samples;
}

function joined(...parts: Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

const silence = (seconds: number) => new Float32Array(seconds * SAMPLE_RATE);

/** Speech wherever a window has sound. */
const voiceActivity: Pick<VoiceActivity, 'stream'> = {
  stream: () => ({
    async probabilities(samples) {
      return Float32Array.from({ length: samples.length / WINDOW }, (_, i) =>
        samples.subarray(i * WINDOW, (i + 1) * WINDOW).some((sample) => sample !== 0) ? 0.95 : 0.01,
      );
    },
  }),
};

/** The words that a segment holds, as they follow one another in its samples; the first and last may be cut. */
function wordsIn({ samples, pieces }: SpeechSegment): SpelledWord[] {
  const words: SpelledWord[] = [];
  for (let from = 0; from < samples.length; ) {
    let to = from;
    while (to < samples.length && samples[to] === samples[from]) to++;
    const time = (sample: number) => pieces[0]!.start + sample / SAMPLE_RATE;
    if (samples[from] !== 0)
      words.push(spelledAt(`w${Math.round(samples[from]! * SCALE)}`, time(from), time(to)));
    from = to;
  }
  return words;
}

/** A recogniser that reads {@link talk}; `mishear` may change what follows the known words. */
function recognizer(
  mishear: (heard: readonly SpelledWord[], call: number) => Continuation = (words) => ({
    words,
    doubt: null,
  }),
  audioContext: 'dynamic' | 'padded' = 'dynamic',
): FakeRecognizer & { calls: number; seconds: number } {
  const fake = {
    calls: 0,
    seconds: 0,
    pack: { manifest: { audioContext } } as FakeRecognizer['pack'],
    async detectLanguage() {
      return 'en';
    },
    async extend(segment: SpeechSegment, { known }: { known: readonly SpelledWord[] }) {
      fake.seconds = Math.max(fake.seconds, segment.samples.length / SAMPLE_RATE);
      const words = wordsIn(segment);
      // What it goes on from is what the sound begins with.
      const first = words[0]?.word.text;
      if (known.length > 0) expect(known[0]!.word.text.split('-')[0]).toBe(first);
      return mishear(words.slice(known.length), fake.calls++);
    },
  };
  return fake;
}

interface Followed {
  updates: LiveUpdate[];
  text: string;
  held: number;
}

/** Feeds samples in blocks of these sizes, in turn. */
async function follow(
  samples: Float32Array,
  fake: FakeRecognizer,
  sizes: readonly number[] = [SAMPLE_RATE / 2],
  language: string | null = 'en',
): Promise<Followed> {
  const updates: LiveUpdate[] = [];
  const session = new LiveSession({
    recognizer: fake,
    voiceActivity,
    language,
    onUpdate: (update) => updates.push(update),
  });
  let held = 0;
  for (let at = 0, turn = 0; at < samples.length; turn++) {
    const size = sizes[turn % sizes.length]!;
    await session.push(samples.subarray(at, at + size));
    held = Math.max(held, session.held);
    at += size;
  }
  await session.finish();
  const text = updates.flatMap(({ stable }) => stable.map((word) => word.text)).join(' ');
  return { updates, text, held };
}

const said = (first: number, count: number) =>
  Array.from({ length: count }, (_, i) => `w${first + i}`).join(' ');

/** The last word is misheard in another way each time, as a word that is not over is. */
const uncertain = (words: readonly SpelledWord[], call: number): Continuation => ({
  doubt: null,
  words: words.map((spelled, i) =>
    i < words.length - 1 ? spelled : { ...spelled, word: { ...spelled.word, text: `perhaps${call}` } },
  ),
});

describe('a live session', () => {
  it('gives every word once, in order, of a talk without a pause, and holds little of it', async () => {
    const fake = recognizer(uncertain);
    const { text, held } = await follow(talk(1, 750), fake);
    expect(text.split(' ').slice(0, 748).join(' ')).toBe(said(1, 748));
    expect(held).toBeLessThan(8);
    expect(fake.seconds).toBeLessThan(8);
  });

  it('gives the same words however the sound is cut into blocks', async () => {
    const samples = joined(silence(1.3), talk(1, 30), silence(2), talk(31, 4), silence(0.3), talk(35, 9));
    const expected = (await follow(samples, recognizer())).text;
    expect(expected).toBe(said(1, 43));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: SAMPLE_RATE / 2 }), { minLength: 1, maxLength: 4 }),
        async (sizes) => {
          // Blocks of a few samples only cost time.
          const blocks = sizes.map((size) => Math.max(size, 200));
          expect((await follow(samples, recognizer(), blocks)).text).toBe(expected);
        },
      ),
      { numRuns: 15 },
    );
  });

  it('catches up with sound that waited in fewer recognitions', async () => {
    const [slow, fast] = [recognizer(), recognizer()];
    await follow(talk(1, 60), slow);
    const { text } = await follow(talk(1, 60), fast, [24 * SAMPLE_RATE]);
    expect(text).toBe(said(1, 60));
    expect(fast.calls).toBeLessThan(slow.calls / 2);
  });

  it('never decodes silence, and makes words stable at a pause', async () => {
    const fake = recognizer();
    await follow(silence(30), fake);
    expect(fake.calls).toBe(0);
    const { updates } = await follow(joined(talk(1, 3), silence(3)), fake);
    const last = updates[updates.length - 1]!;
    expect(last).toMatchObject({ ended: true, tentative: [] });
    expect(updates.flatMap(({ stable }) => stable.map((word) => word.text)).join(' ')).toBe(said(1, 3));
  });

  it('gives words times in the recording that never run backwards', async () => {
    const { updates } = await follow(
      joined(silence(5), talk(1, 40), silence(1), talk(41, 5)),
      recognizer(uncertain),
    );
    const words = updates.flatMap(({ stable }) => stable);
    expect(words[0]!.start).toBeCloseTo(5, 6);
    let before = 0;
    for (const { start, end } of words) {
      expect(start).toBeGreaterThanOrEqual(before);
      expect(end).toBeGreaterThanOrEqual(start);
      before = end;
    }
  });

  it('settles words at last where the recogniser never hears the same twice', async () => {
    const fickle = recognizer((words, call) => ({
      doubt: null,
      words: words.map((spelled) => ({
        ...spelled,
        word: { ...spelled.word, text: `${spelled.word.text}-${call}` },
      })),
    }));
    const { text, held } = await follow(talk(1, 200), fickle);
    expect(held).toBeLessThan(14);
    expect(text.split(' ').length).toBeGreaterThan(150);
  });

  it('shows nothing that the recogniser doubts, and does not hoard its sound', async () => {
    const { updates, held } = await follow(
      talk(1, 200),
      recognizer((words) => ({ words, doubt: 'repetitive' })),
    );
    expect(updates.flatMap(({ stable, tentative }) => [...stable, ...tentative])).toEqual([]);
    expect(held).toBeLessThan(14);
  });

  it('hears longer stretches less often where every recognition costs a padded window', async () => {
    const [dynamic, padded] = [recognizer(uncertain), recognizer(uncertain, 'padded')];
    await follow(talk(1, 100), dynamic);
    const { text } = await follow(talk(1, 100), padded);
    expect(padded.calls).toBeLessThan(dynamic.calls / 3);
    expect(text.split(' ').slice(0, 98).join(' ')).toBe(said(1, 98));
  });

  it('waits for two seconds of speech before it decides on the language', async () => {
    let asked = 0;
    let seconds = 0;
    const fake: FakeRecognizer = {
      ...recognizer(),
      async detectLanguage([segment]) {
        asked++;
        seconds = segment!.samples.length / SAMPLE_RATE;
        return 'de';
      },
    };
    const { text } = await follow(talk(1, 30), fake, undefined, null);
    expect(text).toBe(said(1, 30));
    expect(asked).toBe(1);
    expect(seconds).toBeGreaterThan(2);
  });
});
