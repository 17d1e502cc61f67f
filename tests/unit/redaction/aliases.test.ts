import { expect, test } from 'vitest';
import { aliases } from '../../../core/redaction/aliases.ts';
import type { Label, Transcript } from '../../../core/transcript/schema.ts';
import { marked, transcriptOf } from './transcript.ts';

/** The aliases of values in the order given; a number is which occurrence of the value is meant, from 0. */
function aliasesOf(turns: string[], values: [Label, string, number?][]): string[] {
  const transcript = values.reduce<Transcript>(
    (before, [label, value, nth]) => marked(before, label, value, { nth: nth ?? 0 }),
    transcriptOf(turns),
  );
  const found = aliases(transcript);
  return transcript.entities.map(({ id }) => found.get(id)!);
}

test('numbers count by label in the order of first appearance', () => {
  expect(
    aliasesOf(
      ['Bob called 555-0123 and then Eve'],
      [
        ['PERSON', 'Eve'],
        ['PHONE', '555-0123'],
        ['PERSON', 'Bob'],
      ],
    ),
  ).toEqual(['[PERSON_2]', '[PHONE_1]', '[PERSON_1]']);
});

test('a person keeps one alias under full name, forename, surname, title and possessive', () => {
  expect(
    aliasesOf(
      ["Sarah met us. Sarah Connor spoke and Ms Connor said that sarah left in Connor's car"],
      [
        ['PERSON', 'Sarah'],
        ['PERSON', 'Sarah Connor'],
        ['PERSON', 'Ms Connor'],
        ['PERSON', 'sarah'],
        ['PERSON', 'Connor', 2],
      ],
    ),
  ).toEqual(['[PERSON_1]', '[PERSON_1]', '[PERSON_1]', '[PERSON_1]', '[PERSON_1]']);
});

test('two people with one forename are two, and the forename alone is the one named last', () => {
  expect(
    aliasesOf(
      ['John Smith and then John said John Miller came and John left'],
      [
        ['PERSON', 'John Smith'],
        ['PERSON', 'John', 1],
        ['PERSON', 'John Miller'],
        ['PERSON', 'John', 3],
      ],
    ),
  ).toEqual(['[PERSON_1]', '[PERSON_1]', '[PERSON_2]', '[PERSON_2]']);
  expect(
    aliasesOf(
      ['John Smith met John Miller before Miller told him and John left'],
      [
        ['PERSON', 'John Smith'],
        ['PERSON', 'John Miller'],
        ['PERSON', 'Miller', 1],
      ],
    ),
  ).toEqual(['[PERSON_1]', '[PERSON_2]', '[PERSON_2]']);
});

test('a value said with other separators and casing has the same alias', () => {
  expect(
    aliasesOf(
      ['first 555-0123 then 5550123 and Jo@Example.com or jo@example.com'],
      [
        ['PHONE', '555-0123'],
        ['PHONE', '5550123'],
        ['EMAIL', 'Jo@Example.com'],
        ['EMAIL', 'jo@example.com'],
      ],
    ),
  ).toEqual(['[PHONE_1]', '[PHONE_1]', '[EMAIL_1]', '[EMAIL_1]']);
});

test('rejecting a span changes no other alias', () => {
  const pending = marked(marked(transcriptOf(['Bob and Eve']), 'PERSON', 'Bob'), 'PERSON', 'Eve');
  const rejected = marked(
    marked(transcriptOf(['Bob and Eve']), 'PERSON', 'Bob', { decision: 'rejected' }),
    'PERSON',
    'Eve',
  );
  expect(aliases(rejected).get('e2')).toBe(aliases(pending).get('e2'));
});
