import { expect, test } from 'vitest';
import { probableLanguage } from '../../../core/recognizer/language.ts';

const LANGUAGES = ['en', 'de', 'zh'];
/** A segment in which the languages have these probabilities; the decoder's scores are their logarithms, shifted. */
const heard = (seconds: number, ...probabilities: number[]) => ({
  seconds,
  scores: probabilities.map((probability) => Math.log(probability) + 5),
});

test('is the one that was spoken longest, not the one that a short segment is surest of', () => {
  const segments = [heard(1, 0.01, 0.98, 0.01), heard(10, 0.6, 0.3, 0.1)];
  expect(probableLanguage(LANGUAGES, segments)).toBe('en');
});

test('is none where a second of noise leaves it open, and any that is probable', () => {
  expect(probableLanguage(LANGUAGES, [heard(1, 0.2, 0.65, 0.15)])).toBeNull();
  expect(probableLanguage(LANGUAGES, [heard(1, 0.05, 0.9, 0.05)])).toBe('de');
  expect(probableLanguage(LANGUAGES, [heard(30, 0.2, 0.65, 0.15)])).toBe('de');
});
