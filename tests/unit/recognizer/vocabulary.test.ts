import { expect, test } from 'vitest';
import { Tokenizer } from '../../../core/recognizer/tokenizer.ts';
import { vocabularyPrompt } from '../../../core/recognizer/vocabulary.ts';
import { MODELS } from '../../recordings/models.ts';

const manifest = { tokens: { noSpeech: 50_362 } } as unknown as Parameters<typeof vocabularyPrompt>[2];

/** By tokenizers 0.23.3 in Python: `Tokenizer.from_file('models/base/tokenizer.json').encode(text).ids`. */
const EXPECTED: readonly (readonly [string, readonly number[]])[] = [
  [' Sarah Connor, Kyle Reese.', [9519, 33133, 11, 18023, 49474, 13]],
  [
    "Ms. O'Neill's pembrolizumab 250 mg",
    [26386, 13, 422, 6, 15496, 373, 311, 280, 33748, 6623, 590, 449, 455, 11650, 49566],
  ],
  [
    ' Müller–Straße 12, 北京大学!',
    [21295, 4658, 5815, 4520, 424, 11451, 2272, 11, 220, 26668, 31375, 3582, 29618, 0],
  ],
];

test('a text becomes the tokens that OpenAI’s tokeniser gives it, and comes back', async () => {
  const tokenizer = await Tokenizer.load(`${MODELS}/base/tokenizer.json`);
  for (const [text, tokens] of EXPECTED) expect(tokenizer.encode(text), text).toEqual(tokens);
  for (const [text] of EXPECTED) expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
});

test('a list is told as what was said before, as far as it fits', async () => {
  const tokenizer = await Tokenizer.load(`${MODELS}/base/tokenizer.json`);
  const prompt = vocabularyPrompt(['Sarah Connor', ' Skynet '], tokenizer, manifest);
  // <|startofprev|> in that file.
  expect(prompt[0]).toBe(50_361);
  expect(tokenizer.decode(prompt.slice(1))).toBe(' Sarah Connor, Skynet.');
  expect(vocabularyPrompt([], tokenizer, manifest)).toEqual([]);
  const long = vocabularyPrompt(
    Array.from({ length: 500 }, (_, n) => `Name${n}`),
    tokenizer,
    manifest,
  );
  expect(long.length).toBeLessThanOrEqual(65);
  expect(tokenizer.decode(long.slice(1))).toMatch(/^ Name0, Name1, .*\d\.$/);
});
