import { describe, expect, test } from 'vitest';
import { aliases } from '../../../core/redaction/aliases.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { redact } from '../../../core/redaction/redactor.ts';
import { mergePeople, splitPerson } from '../../../core/transcript/people.ts';
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

test('spellings of one name are one person', () => {
  expect(
    aliasesOf(
      ['Sarah Connor came and Sara left as Sarah Conner with Philip Reed and Phillip Reed'],
      [
        ['PERSON', 'Sarah Connor'],
        ['PERSON', 'Sara'],
        ['PERSON', 'Sarah Conner'],
        ['PERSON', 'Philip Reed'],
        ['PERSON', 'Phillip Reed'],
      ],
    ),
  ).toEqual(['[PERSON_1]', '[PERSON_1]', '[PERSON_1]', '[PERSON_2]', '[PERSON_2]']);
});

test('names that only resemble each other are two people', () => {
  expect(
    aliasesOf(
      ['Maria met Marie and Daniel met Danielle and Anna met Anne and Omar met Omer'],
      ['Maria', 'Marie', 'Daniel', 'Danielle', 'Anna', 'Anne', 'Omar', 'Omer'].map(
        (name): [Label, string] => ['PERSON', name],
      ),
    ),
  ).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((number) => `[PERSON_${number}]`));
});

test('Mr and Ms of one name are two people', () => {
  expect(
    aliasesOf(
      ['Mr. Connor said that Ms. Connor knew Mr. Connor'],
      [
        ['PERSON', 'Connor'],
        ['PERSON', 'Connor', 1],
        ['PERSON', 'Connor', 2],
      ],
    ),
  ).toEqual(['[PERSON_1]', '[PERSON_2]', '[PERSON_1]']);
});

describe('what a person says of people', () => {
  const meeting = marked(
    marked(
      marked(transcriptOf(['Bob saw Robert and then Robert left']), 'PERSON', 'Bob'),
      'PERSON',
      'Robert',
    ),
    'PERSON',
    'Robert',
    { nth: 1 },
  );
  const named = (transcript: Transcript) => transcript.entities.map(({ id }) => aliases(transcript).get(id));

  test('two are one', () => {
    const merged = mergePeople(meeting, ['e1', 'e2', 'e3']);
    expect(named(merged)).toEqual(['[PERSON_1]', '[PERSON_1]', '[PERSON_1]']);
    expect(mergePeople(merged, ['e1', 'e2', 'e3'])).toBe(merged);
    expect(named(meeting)).toEqual(['[PERSON_1]', '[PERSON_2]', '[PERSON_2]']);
  });

  test('one is two', () => {
    expect(named(splitPerson(meeting, ['e3']))).toEqual(['[PERSON_1]', '[PERSON_2]', '[PERSON_3]']);
    expect(named(splitPerson(mergePeople(meeting, ['e1', 'e2', 'e3']), ['e2']))).toEqual([
      '[PERSON_1]',
      '[PERSON_2]',
      '[PERSON_1]',
    ]);
  });

  test('is kept when the redactor looks again', () => {
    const again = redact(mergePeople(meeting, ['e1', 'e2', 'e3']), POLICY_PRESETS.standard);
    expect(new Set(again.entities.map(({ id }) => aliases(again).get(id)))).toEqual(new Set(['[PERSON_1]']));
  });

  test('cannot be said of a place', () => {
    const place = marked(transcriptOf(['in Rome']), 'LOCATION', 'Rome');
    expect(() => mergePeople(place, ['e1'])).toThrow(RangeError);
    expect(() => splitPerson(meeting, ['e9'])).toThrow(RangeError);
  });
});
