import { expect, test } from 'vitest';
import { detectEntities } from '../../../core/redaction/detect.ts';
import { spansFrom } from '../../../core/redaction/head/spans.ts';
import { isKnownWord } from '../../../core/redaction/knownWords.ts';
import { leakCheck } from '../../../core/redaction/leakCheck.ts';
import { UNSURE, unsureShare } from '../../../core/redaction/misheard.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { splitWords } from '../../../core/redaction/tokens.ts';

import { marked, transcriptOf } from './transcript.ts';

const word = (text: string, confidence: number | null) => ({ text, segment: 0, confidence });

test('the word list knows words, their forms, and compounds of them', () => {
  for (const key of 'kettle kettles stopped wasted carried quickly unhappily barbershop well-made shipment loudest'.split(
    ' ',
  ))
    expect(isKnownWord(key), key).toBe(true);
  for (const key of 'chingamanet maripos meripos matawatt homahol viscent cubie us-zorp'.split(' '))
    expect(isKnownWord(key), key).toBe(false);
});

test('the less sure the recogniser is, the less the head needs, and less still for what is no word', () => {
  expect(unsureShare(word('story', 1))).toBe(1);
  expect(unsureShare(word('story', null))).toBe(1);
  expect(unsureShare(word('maripos', null))).toBe(1);
  expect(unsureShare(word('42', 0.1))).toBe(1);
  expect(unsureShare(word('story', 0.5))).toBeGreaterThan(unsureShare(word('story', 0.3)));
  expect(unsureShare(word('Story.', 0.5))).toBeGreaterThan(unsureShare(word('maripos', 0.5)));
});

test('each word has its own threshold', () => {
  // Of O, and B and I of one label, for three words that are alike.
  const probabilities = Float32Array.from([0.9, 0.06, 0.04, 0.9, 0.06, 0.04, 0.9, 0.06, 0.04]);
  const spans = spansFrom(probabilities, ['PERSON'], (at) => [0.3, 0.05, 0.3][at]!);
  expect(spans.map(({ from, to }) => [from, to])).toEqual([[1, 2]]);
});

test('what was hardly understood is masked, and elsewhere only if it is no word', () => {
  const words = splitWords('the maripos shop sells a story and the maripos paper a story');
  const unsure = { detector: 'head', rule: UNSURE, score: 0.02, label: 'PERSON' } as const;
  const head = [
    { ...unsure, from: 1, to: 2 },
    { ...unsure, from: 5, to: 6 },
  ];
  const masked = detectEntities(words, POLICY_PRESETS.strict, [], head).map(({ from }) => from);
  expect(masked).toEqual([1, 5, 8]);
});

test.each([
  ['razor', 'she took the razor and left', false],
  ['razor', 'the maripos and the razor of him', true],
  ['maripos', 'she took the maripos and left', true],
])('a hardly understood "%s" in "%s" is a leak: %s', (value, text, leaks) => {
  const transcript = marked(
    transcriptOf(['and the maripos said and the razor of him went']),
    'PERSON',
    value,
  );
  const unsure = {
    ...transcript,
    entities: transcript.entities.map((entity) => ({ ...entity, rule: UNSURE })),
  };
  expect(leakCheck(text, unsure, POLICY_PRESETS.strict).length > 0).toBe(leaks);
});
