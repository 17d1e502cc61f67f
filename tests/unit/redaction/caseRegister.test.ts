import { describe, expect, test } from 'vitest';
import { aliases } from '../../../core/redaction/aliases.ts';
import {
  type CaseRegister,
  joinCase,
  leaveCase,
  mergeInCase,
  newCase,
  openCase,
  sealCase,
  splitInCase,
} from '../../../core/redaction/caseRegister.ts';
import { mask } from '../../../core/redaction/mask.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import { splitPerson } from '../../../core/transcript/people.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { marked, transcriptOf } from './transcript.ts';

const { standard } = POLICY_PRESETS;

/** A recording that says the names one after another; numbers are phone numbers. */
function saying(...values: string[]): Transcript {
  let transcript = transcriptOf([`now ${values.join(' and ')} today`]);
  const seen = new Map<string, number>();
  for (const value of values) {
    const nth = values
      .slice(0, values.indexOf(value))
      .filter((other) => other.split(' ').includes(value)).length;
    const again = seen.get(value) ?? 0;
    seen.set(value, again + 1);
    transcript = marked(transcript, /\d/.test(value) ? 'PHONE' : 'PERSON', value, { nth: nth + again });
  }
  return transcript;
}

const shown = (transcript: Transcript) => transcript.entities.map(({ id }) => aliases(transcript).get(id));

/** Takes recordings into a case, one after another. */
function all(
  register: CaseRegister,
  ...recordings: Transcript[]
): { shown: (string | undefined)[][]; register: CaseRegister } {
  let current = register;
  const names = recordings.map((recording) => {
    const joined = joinCase(recording, current);
    assertValid(joined.transcript);
    current = joined.register;
    return shown(joined.transcript);
  });
  return { shown: names, register: current };
}

describe('across the recordings of a case', () => {
  test('the same people and values have the same aliases, in any spelling and order', () => {
    expect(
      all(
        newCase('x'),
        saying('Kyle Reese', 'Sarah Connor', '555 0123'),
        saying('Sara', '555-0123', 'Miles Dyson', 'Connor'),
      ).shown,
    ).toEqual([
      ['[PERSON_1]', '[PERSON_2]', '[PHONE_1]'],
      ['[PERSON_2]', '[PHONE_1]', '[PERSON_3]', '[PERSON_2]'],
    ]);
  });

  test('two people of one forename stay apart, and a forename alone is whom the recording itself names in full', () => {
    expect(
      all(
        newCase('x'),
        saying('John Smith'),
        saying('John Brown', 'John'),
        saying('John'),
        saying('John Smith'),
      ).shown,
    ).toEqual([['[PERSON_1]'], ['[PERSON_2]', '[PERSON_2]'], ['[PERSON_3]'], ['[PERSON_1]']]);
  });

  test('a recording that is changed later goes on behind the others', () => {
    const first = joinCase(saying('Sarah Connor'), newCase('x'));
    const second = joinCase(saying('Kyle Reese'), first.register);
    const edited = { ...saying('Sarah Connor', 'Miles Dyson'), case: first.transcript.case! };
    const again = joinCase(edited, second.register);
    expect(shown(again.transcript)).toEqual(['[PERSON_1]', '[PERSON_3]']);
    expect(joinCase(again.transcript, again.register)).toEqual(again);
    expect(shown(joinCase(saying('Miles Dyson'), again.register).transcript)).toEqual(['[PERSON_3]']);
  });

  test('people are merged and split by hand', () => {
    const { register } = all(
      newCase('x'),
      saying('Jon Smyth', 'Kyle Reese'),
      saying('Jonathan Smythe-Jones'),
    );
    const merged = mergeInCase(register, 1, 3);
    expect(all(merged, saying('Jonathan Smythe-Jones', 'Jon Smyth')).shown).toEqual([
      ['[PERSON_1]', '[PERSON_1]'],
    ]);
    const split = splitInCase(merged, 2);
    expect(all(split, saying('Jonathan Smythe-Jones', 'Jon Smyth', 'Miles Dyson')).shown).toEqual([
      ['[PERSON_4]', '[PERSON_1]', '[PERSON_5]'],
    ]);
  });

  test('whom a recording told apart stays a person of its own there, with a number that no other has', () => {
    const joined = joinCase(saying('Sarah Connor', 'Sarah'), newCase('x'));
    const apart = joinCase(splitPerson(joined.transcript, ['e2']), joined.register);
    expect(shown(apart.transcript)).toEqual(['[PERSON_1]', '[PERSON_2]']);
    expect(all(apart.register, saying('Kyle Reese', 'Sarah Connor')).shown).toEqual([
      ['[PERSON_3]', '[PERSON_1]'],
    ]);
    expect(shown(joinCase(apart.transcript, apart.register).transcript)).toEqual([
      '[PERSON_1]',
      '[PERSON_2]',
    ]);
  });

  test('substitutes are the same, too', () => {
    const replaced = (transcript: Transcript) =>
      mask(transcript, { ...standard, replacement: 'substitute' })
        .segments.flatMap(({ words }) => words)
        .flatMap(({ masked }) => masked?.alias ?? []);
    const first = joinCase(saying('Sarah Connor', '555 0123'), newCase('x'));
    const second = joinCase(saying('Kyle Reese', '555 0123', 'Sarah'), first.register);
    const [sarah, phone] = replaced(first.transcript);
    expect(replaced(second.transcript).slice(1)).toEqual([phone, sarah]);
  });

  test('one that leaves counts from the start again', () => {
    const { register } = all(newCase('x'), saying('Kyle Reese'));
    const { transcript } = joinCase(saying('Sarah Connor'), register);
    expect(shown(leaveCase(transcript))).toEqual(['[PERSON_1]']);
  });
});

test('a case’s file opens with its passphrase and holds no name in the clear', async () => {
  const { register } = all(newCase('Connor case'), saying('Sarah Connor', '555 0123'));
  const file = await sealCase(register, 'correct horse battery');
  for (const secret of ['onnor', 'sarah', '5550123', register.salt]) expect(file).not.toContain(secret);
  expect(await openCase(file, 'correct horse battery', 'connor.case')).toEqual(register);
  await expect(openCase(file, 'correct horse batterx', 'connor.case')).rejects.toThrow(/does not open/);
});
