import { expect, test } from 'vitest';
import type { Label } from '../../../core/transcript/schema.ts';
import { valuesOf } from '../../eval/spokenRecordings.ts';
import { align, lettersOf, openPlaces, survivors } from '../../eval/spokenValues.ts';

const words = (text: string) => text.split(' ');
/** What of a value said between brackets survives in `written`. */
function survival(said: string, label: Label, written: string) {
  const all = words(said.replace(/[[\]]/g, ''));
  const from = words(said).findIndex((word) => word.startsWith('['));
  const to = words(said).findIndex((word) => word.endsWith(']')) + 1;
  return survivors(all, [{ from, to, labels: [label] }], written)[0];
}

test('numbers and spelled letters are compared by what they stand for', () => {
  const digits = '5552368';
  expect(lettersOf(words('five five five two three six eight')).text).toBe(digits);
  expect(lettersOf(words('555-2368')).text).toBe(digits);
  expect(lettersOf(words('triple five, twenty three sixty-eight')).text).toBe(digits);
  expect(lettersOf(words('P A T')).text).toBe('pat');
  expect(lettersOf(words('uh Pat')).text).toBe('pat');
});

test('letters are kept where the cheapest alignment puts them; an alias takes what nothing else explains', () => {
  expect(align('abcd', 'abxd').kept).toEqual([0, 1, -1, 3]);
  const { kept, masked } = align('heyanago', 'hey\u0000go');
  expect(kept).toEqual([0, 1, 2, -1, -1, -1, 4, 5]);
  expect(masked).toEqual([false, false, false, true, true, true, false, false]);
});

test('a masked value does not survive, an open one does in any form that it can be written in', () => {
  const said = 'my name is [sarah connor] thanks';
  expect(survival(said, 'PERSON', 'My name is [PERSON_1], thanks.')).toBeNull();
  expect(survival(said, 'PERSON', 'My name is [PERSON_1] Connor, thanks.')).toBe('exact');
  expect(survival(said, 'PERSON', 'My name is Sara [PERSON_1], thanks.')).toBe('sounds alike');
  const number = 'call [five five five two three six eight] now';
  expect(survival(number, 'PHONE', 'Call 555-2368 now.')).not.toBeNull();
  expect(survival(number, 'PHONE', 'Call [PHONE_1] now.')).toBeNull();
  // Four of seven figures stand there; of three nobody dials the number.
  expect(survival(number, 'PHONE', 'Call [PHONE_1] 2368 now.')).toBe('in place');
  expect(survival(number, 'PHONE', 'Call [PHONE_1] 368 now.')).toBeNull();
});

test('a short value counts where it was said, not where the same word stands for something else', () => {
  const said = 'thirty four people came and he is [thirty four] now';
  expect(survival(said, 'AGE', '34 people came and he is [AGE_1] now.')).toBeNull();
  expect(survival(said, 'AGE', '34 people came and he is 34 now.')).toBe('in place');
});

test('a value that the recogniser garbled cannot be read', () => {
  const said = 'we met [wojciech] there';
  expect(survival(said, 'PERSON', 'We met void check there.')).toBeNull();
  expect(survival(said, 'PERSON', 'We met Wojcieg there.')).toBe('sounds alike');
  expect(survival(said, 'PERSON', 'We met Wojcibub there.')).toBe('in place');
});

test('common words that were not said do not let a name be read, unless they sound like it', () => {
  expect(survival('I was raised [Slovak] there', 'NRP', 'I was very slow back there')).toBeNull();
  expect(survival('she was at [Máté Council,] once', 'ORG', 'She was met at a council, once.')).toBeNull();
  expect(survival('ask Ms [Kombo] to look', 'PERSON', 'Ask a mess combo to look.')).toBe('in place');
  expect(survival('there were five [Longs] here', 'PERSON', 'There were five longs here.')).not.toBeNull();
  expect(survival('the [Micro Systems] gift', 'ORG', 'The micro systems gift.')).toBe('in place');
  expect(survival('the [Micro Systems] gift', 'ORG', 'The my close system gift.')).toBeNull();
  // What is no common word is half the name, whatever it is.
  expect(survival('in [Mariposa] they shave', 'LOCATION', 'In maripos of they shave.')).not.toBeNull();
});

test('of a name with words that tell it apart only those count', () => {
  const said = 'why [Guyana Police Department] failed';
  expect(survival(said, 'ORG', 'why I am a police department failed')).toBeNull();
  expect(survival(said, 'ORG', 'why Guyana [ORG_1] failed')).toBe('in place');
  expect(
    survival('he lives at [fifty eight Elm Road] now', 'ADDRESS', 'he lives at 58 elm [ADDRESS_1] now'),
  ).toBe('in place');
});

test('the place of a garbled value is open unless an alias stands there', () => {
  const said = words('we met wojciech at noon');
  const values = [{ from: 2, to: 3, labels: ['PERSON'] as const }];
  expect(openPlaces(said, values, 'We met [PERSON_1] at noon.')).toEqual([false]);
  expect(openPlaces(said, values, 'We met void check at [DATE_1].')).toEqual([true]);
});

test('values are read from tags: certain ones only, with all kinds that they may be', () => {
  const tags = [
    'O',
    'B-PERSON',
    'I-PERSON',
    'B-PERSON',
    'O|B-ID_NUMBER',
    'B-ADDRESS|B-LOCATION',
    'I-ADDRESS|I-LOCATION',
  ];
  expect(valuesOf(tags)).toEqual([
    { from: 1, to: 3, labels: ['PERSON'] },
    { from: 3, to: 4, labels: ['PERSON'] },
    { from: 5, to: 7, labels: ['LOCATION', 'ADDRESS'] },
  ]);
});
