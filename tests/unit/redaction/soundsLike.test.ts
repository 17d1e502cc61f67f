import { describe, expect, test } from 'vitest';
import { detectEntities } from '../../../core/redaction/detect.ts';
import { leakCheck } from '../../../core/redaction/leakCheck.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { soundsLike } from '../../../core/redaction/soundsLike.ts';
import { splitWords } from '../../../core/redaction/tokens.ts';
import { marked, transcriptOf } from './transcript.ts';

const { standard } = POLICY_PRESETS;

// Variant spellings as the United States census lists them as names of their own.
test.each([
  ['sarah', 'sara'],
  ['stephen', 'steven'],
  ['katherine', 'catherine'],
  ['connor', 'conner'],
  ['johnson', 'jonson'],
  ['phillip', 'philip'],
  ['schmidt', 'schmitt'],
  ['mohammed', 'muhammed'],
])('%s is heard like %s', (a, b) => {
  expect(soundsLike(a, b)).toBe(true);
  expect(soundsLike(b, a)).toBe(true);
});

test.each([
  ['sarah', 'sarah'],
  ['martin', 'marvin'],
  ['connor', 'cannon'],
  ['nguyen', 'nixon'],
  ['ann', 'anne'],
  ['miller', 'mueller-brandt'],
  ['johnson', 'jansen'],
])('%s is another name than %s', (a, b) => {
  expect(soundsLike(a, b)).toBe(false);
});

describe('a name that the recogniser spelled in two ways', () => {
  test('is masked in both spellings', () => {
    const words = splitWords('my name is kershaw and please write kershow on the form');
    const spans = detectEntities(words, standard).filter(({ label }) => label === 'PERSON');
    const masked = spans.flatMap(({ from, to }) => words.slice(from, to).map(({ text }) => text));
    expect(masked).toEqual(['kershaw', 'kershow']);
  });

  test('does not take ordinary words with it', () => {
    const words = splitWords('my name is Reilly and I really do not know');
    expect(
      detectEntities(words, standard).map(({ from, to }) => words.slice(from, to).map(({ text }) => text)),
    ).toEqual([['Reilly']]);
  });

  const kershaw = marked(
    transcriptOf(['I am Sally Kershaw and', 'we really know Kershow well']),
    'PERSON',
    'Sally Kershaw',
  );

  test('is a leak where one spelling is left open, with its place', () => {
    expect(leakCheck('I am [PERSON_1] and we really know Kershow well', kershaw, standard)).toEqual([
      { label: 'PERSON', offset: 35, form: 'sounds alike', seconds: 4 },
    ]);
  });

  test('is none where a person left it open, and where it is another label that stays', () => {
    const rejected = marked(kershaw, 'PERSON', 'Kershow', { decision: 'rejected' });
    const place = marked(kershaw, 'LOCATION', 'Kershow');
    const text = 'I am [PERSON_1] and we really know Kershow well';
    expect(leakCheck(text, rejected, standard)).toEqual([]);
    expect(leakCheck(text, place, standard)).toEqual([]);
    expect(leakCheck(text, kershaw, { ...standard, allow: ['Kershow'] })).toEqual([]);
  });
});
