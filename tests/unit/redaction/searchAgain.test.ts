import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RedactionHead } from '../../../core/redaction/head/head.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { searchAgain } from '../../../core/redaction/searchAgain.ts';
import { addFound } from '../../../core/transcript/found.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import { wordsOf } from '../../../core/transcript/locate.ts';
import { replaceWord } from '../../../core/transcript/words.ts';
import reference from '../../parity/redactor_reference.json' with { type: 'json' };
import { marked, transcriptOf } from './transcript.ts';

const { standard } = POLICY_PRESETS;
const edited = replaceWord(
  marked(transcriptOf(['who was there', 'my name is salad', 'and Bob Miller too']), 'PERSON', 'Bob'),
  'w7',
  'Priyanka Venkataraman',
);
const said = (words: readonly string[]) => {
  const texts = new Map(wordsOf(edited).map(({ id, text }) => [id, text]));
  return words.map((id) => texts.get(id)).join(' ');
};

test('what a person typed is searched with what is said around it, and nothing else is marked anew', async () => {
  const found = await searchAgain(edited, ['s2'], standard, null);
  expect(found.map(({ label, words }) => [label, said(words)])).toEqual([
    ['PERSON', 'Priyanka Venkataraman'],
  ]);
  expect(await searchAgain(edited, ['s1'], standard, null)).toEqual([]);
  expect(await searchAgain(edited, ['s99'], standard, null)).toEqual([]);
});

test('words that somebody decided on, or that changed meanwhile, are left as they are', async () => {
  const [entity] = await searchAgain(edited, ['s2'], standard, null);
  const texts = ['Priyanka', 'Venkataraman'];
  const found = addFound(edited, [{ entity: entity!, texts }]);
  assertValid(found);
  expect(found.entities).toHaveLength(2);
  expect(found.entities[1]).toMatchObject({ words: entity!.words, decision: 'pending' });

  const rejected = marked(edited, 'PERSON', 'Priyanka', { decision: 'rejected' });
  const rest = addFound(rejected, [{ entity: entity!, texts }]);
  expect(rest.entities.slice(2).map(({ words }) => said(words))).toEqual(['Venkataraman']);
  expect(addFound(edited, [{ entity: entity!, texts: ['Priyanka', 'Iyer'] }])).toBe(edited);
  expect(addFound(found, [{ entity: entity!, texts }])).toBe(found);
});

test('the learned head reads what was typed where there is one', async () => {
  const head = await RedactionHead.load(join(import.meta.dirname, '../../fixtures/redactor'), 1);
  const talk = transcriptOf([reference.places.words.join(' ')]);
  const alone = await searchAgain(talk, ['s1'], standard, null);
  const found = await searchAgain(talk, ['s1'], standard, head);
  await head.close();
  expect(alone.filter(({ detector }) => detector === 'head')).toEqual([]);
  expect(found.filter(({ detector }) => detector === 'head').length).toBeGreaterThan(0);
});
