import { describe, expect, it } from 'vitest';
import {
  bestOf,
  compressionRatio,
  endsInLoop,
  type Hypothesis,
  isSilence,
  needsFallback,
} from '../../../core/recognizer/hypothesis.ts';

function hypothesis(values: Partial<Hypothesis>): Hypothesis {
  return {
    seconds: 10,
    text: ' She said so.',
    tokens: [1, 2, 3],
    logProbabilities: [-0.1, -0.1, -0.1],
    meanLogProbability: -0.3,
    noSpeechProbability: 0.1,
    compressionRatio: 1.2,
    looping: false,
    attention: [],
    ...values,
  };
}

describe('fallback', () => {
  it('leaves a probable, varied text alone', () => {
    expect(needsFallback(hypothesis({}))).toBe(false);
  });

  it('decodes again what is improbable, repeats itself or ran in a circle', () => {
    expect(needsFallback(hypothesis({ meanLogProbability: -1.1 }))).toBe(true);
    expect(needsFallback(hypothesis({ compressionRatio: 2.5 }))).toBe(true);
    expect(needsFallback(hypothesis({ looping: true }))).toBe(true);
  });

  it('takes an improbable text that the model says is no speech for silence, without another try', () => {
    const silence = hypothesis({ meanLogProbability: -1.1, noSpeechProbability: 0.7 });
    expect(isSilence(silence)).toBe(true);
    expect(needsFallback(silence)).toBe(false);
  });

  it('takes what fails for noise where it is no longer than a cough', () => {
    for (const failed of [{ meanLogProbability: -1.1 }, { looping: true }, { compressionRatio: 3 }]) {
      const cough = hypothesis({ seconds: 1.2, ...failed });
      expect(isSilence(cough)).toBe(true);
      expect(needsFallback(cough)).toBe(false);
    }
    expect(isSilence(hypothesis({ seconds: 1.2 }))).toBe(false);
  });

  it('believes a short "thank you" only if it is sure', () => {
    const thanks = { seconds: 0.9, text: ' Thank you.' };
    expect(isSilence(hypothesis({ ...thanks, meanLogProbability: -0.56 }))).toBe(true);
    expect(isSilence(hypothesis({ ...thanks, meanLogProbability: -0.1 }))).toBe(false);
    expect(isSilence(hypothesis({ ...thanks, seconds: 5, meanLogProbability: -0.56 }))).toBe(false);
  });

  it('does not call a probable text silence, whatever the model says of speech', () => {
    expect(isSilence(hypothesis({ noSpeechProbability: 0.9 }))).toBe(false);
  });
});

describe('bestOf', () => {
  it('prefers a less probable text to one that repeats itself', () => {
    const circle = hypothesis({ compressionRatio: 8, meanLogProbability: -0.1 });
    const unsure = hypothesis({ meanLogProbability: -1.4 });
    const wild = hypothesis({ meanLogProbability: -2.5 });
    expect(bestOf([circle, wild, unsure])).toBe(unsure);
  });

  it('takes the most probable where all repeat themselves', () => {
    const worse = hypothesis({ looping: true, meanLogProbability: -0.5 });
    const better = hypothesis({ compressionRatio: 3, meanLogProbability: -0.2 });
    expect(bestOf([worse, better])).toBe(better);
  });
});

describe('compressionRatio', () => {
  it("is above whisper's bound for a loop and below it for prose", () => {
    const prose = 'I have the greatest admiration in the world for one whose work has won such recognition.';
    expect(compressionRatio(Buffer.from(prose))).toBeLessThan(2.4);
    expect(compressionRatio(Buffer.from('Thank you very much. '.repeat(8)))).toBeGreaterThan(2.4);
  });
});

describe('endsInLoop', () => {
  const prose = Array.from({ length: 120 }, (_, i) => (i * 7919) % 1009);

  it('sees the same few tokens again and again at the end', () => {
    for (const unit of [1, 2, 5, 24]) {
      const circle = Array.from({ length: Math.max(30, 4 * unit) + unit }, (_, i) => i % unit);
      expect(endsInLoop([...prose, ...circle])).toBe(true);
    }
  });

  it('lets people repeat themselves', () => {
    const no = Array.from({ length: 12 }, (_, i) => i % 2);
    expect(endsInLoop([...prose, ...no])).toBe(false);
    expect(endsInLoop([...prose, ...prose.slice(0, 20), ...prose.slice(0, 20)])).toBe(false);
  });

  it('does not mind a loop that was left again', () => {
    expect(endsInLoop([...Array<number>(60).fill(5), ...prose])).toBe(false);
  });
});
