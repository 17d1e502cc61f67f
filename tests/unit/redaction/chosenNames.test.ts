import { describe, expect, test } from 'vitest';
import { aliases } from '../../../core/redaction/aliases.ts';
import { applyDenyList } from '../../../core/redaction/denyList.ts';
import { leakCheck } from '../../../core/redaction/leakCheck.ts';
import { mask } from '../../../core/redaction/mask.ts';
import { maskedCounts, POLICY_PRESETS, type Policy } from '../../../core/redaction/policy.ts';
import { decideEntity } from '../../../core/transcript/entities.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import { mergePeople, renameAlias, splitPerson } from '../../../core/transcript/people.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { giveRole } from '../../../core/transcript/speakers.ts';
import { marked, transcriptOf } from './transcript.ts';

const { standard, 'names-only': namesOnly } = POLICY_PRESETS;
const styled = (replacement: Policy['replacement']): Policy => ({ ...standard, replacement });
const textOf = (transcript: Transcript, policy: Policy = standard) =>
  mask(transcript, policy).segments.map(
    ({ speaker, words }) =>
      `${speaker === null ? '' : `${speaker}: `}${words.map(({ text }) => text).join(' ')}`,
  );

/** Sarah Connor, Sarah again, and Kyle Reese after a title. */
function meeting(): Transcript {
  let transcript = transcriptOf(
    ["Sarah Connor's plan", 'ask Sarah or Doctor Reese today', 'call 555 0123'],
    ['Sarah Connor', 'Speaker 2'],
  );
  transcript = marked(transcript, 'PERSON', 'Sarah Connor');
  transcript = marked(transcript, 'PERSON', 'Sarah', { nth: 1 });
  transcript = marked(transcript, 'PERSON', 'Reese');
  return marked(transcript, 'PHONE', '555 0123');
}

describe('an alias that a person named', () => {
  test('stands in every place of the value, found later or not, and as a speaker', () => {
    const named = renameAlias(meeting(), ['e2'], '  [the witness] ');
    assertValid(named);
    expect(textOf(named)).toEqual([
      "[the witness]: [the witness]'s plan",
      'Speaker 2: ask [the witness] or Doctor [PERSON_2] today',
      'call [PHONE_1]',
    ]);
  });

  test('stands without brackets among substitutes, and not at all among kinds and bars', () => {
    const named = renameAlias(meeting(), ['e1'], 'Anna');
    expect(textOf(named, styled('substitute'))[0]).toBe("Anna: Anna's plan");
    expect(textOf(named, styled('kind'))[0]).toMatch(/: \[person\]'s plan$/);
    expect(textOf(named, styled('block')).join()).not.toMatch(/plan.*Anna/);
  });

  test('goes when it is taken back, and leaves the number of everybody else alone', () => {
    const named = renameAlias(meeting(), ['e1', 'e2'], 'Anna');
    expect(aliases(named).get('e3')).toBe('[PERSON_2]');
    const back = renameAlias(named, ['e1', 'e2'], null);
    expect(back).toEqual(meeting());
    expect(renameAlias(back, ['e1'], null)).toBe(back);
  });

  test('is one that could not be taken for a given one, and not empty', () => {
    for (const alias of ['PERSON_9', '[PHONE_1]', '', ' [] '])
      expect(() => renameAlias(meeting(), ['e1'], alias)).toThrow(RangeError);
  });

  test('that holds a masked value is a leak', () => {
    const named = renameAlias(meeting(), ['e3'], 'Connor');
    expect(leakCheck(textOf(named).join('\n'), named, standard).length).toBeGreaterThan(0);
    expect(leakCheck(textOf(meeting()).join('\n'), meeting(), standard)).toEqual([]);
  });

  test('stays with the merged people, and not with the one split off', () => {
    const merged = mergePeople(renameAlias(meeting(), ['e1'], 'Anna'), ['e1', 'e2', 'e3']);
    expect([...new Set(['e1', 'e2', 'e3'].map((id) => aliases(merged).get(id)))]).toEqual(['[Anna]']);
    const split = splitPerson(merged, ['e3']);
    expect(aliases(split).get('e1')).toBe('[Anna]');
    expect(aliases(split).get('e3')).toMatch(/^\[PERSON_\d\]$/);
  });
});

describe('roles', () => {
  test('come from what the speaker is, from titles and from chosen names; other values by kind', () => {
    const roles = giveRole(meeting(), 'p1', 'Interviewer');
    assertValid(roles);
    expect(textOf(roles, styled('role'))).toEqual([
      "[Interviewer]: [Interviewer]'s plan",
      'Speaker 2: ask [Interviewer] or Doctor [Doctor] today',
      'call [phone number]',
    ]);
    expect(textOf(roles)[0]).toBe("[PERSON_1]: [PERSON_1]'s plan");
  });

  test('that nobody knows are aliases, and speakers without a name have the role they were given', () => {
    expect(textOf(giveRole(meeting(), 'p2', 'Nurse'), styled('role')).slice(0, 2)).toEqual([
      "[PERSON_1]: [PERSON_1]'s plan",
      '[Nurse]: ask [PERSON_1] or Doctor [Doctor] today',
    ]);
    expect(giveRole(giveRole(meeting(), 'p1', 'Nurse'), 'p1', null)).toEqual(meeting());
  });

  test('of two people are told apart', () => {
    let two = transcriptOf(['Doctor Reese met Doctor Silberman and Reese']);
    for (const name of ['Reese', 'Silberman']) two = marked(two, 'PERSON', name);
    two = marked(two, 'PERSON', 'Reese', { nth: 1 });
    expect(textOf(two, styled('role'))).toEqual(['Doctor [Doctor 1] met Doctor [Doctor 2] and [Doctor 1]']);
  });
});

describe('lists of a policy that is chosen later', () => {
  const listed: Policy = { ...namesOnly, deny: ['Plan', '555 0123', 'ask Sarah'] };

  test('mask what the deny list names and the policy would not', () => {
    const applied = applyDenyList(meeting(), listed);
    assertValid(applied);
    expect(textOf(applied, listed)).toEqual([
      "[PERSON_1]: [PERSON_1]'s [PERSON_2]",
      'Speaker 2: [PERSON_3] or Doctor [PERSON_4] today',
      'call [PERSON_5]',
    ]);
    expect(applyDenyList(applied, listed)).toBe(applied);
    expect(applyDenyList(meeting(), namesOnly)).toEqual(meeting());
  });

  test('leave readable what a person rejected word for word', () => {
    const applied = applyDenyList(meeting(), listed);
    const plan = applied.entities.find(({ detector }) => detector === 'deny')!.id;
    const rejected = decideEntity(applied, plan, 'rejected');
    expect(applyDenyList(rejected, listed)).toBe(rejected);
  });

  test('leave readable what the allow list names, unless a person accepted it', () => {
    const allowing: Policy = { ...standard, allow: ['sarah connor', 'Doctor REESE'] };
    expect(textOf(meeting(), allowing).slice(0, 2)).toEqual([
      "Sarah Connor: Sarah Connor's plan",
      'Speaker 2: ask [PERSON_1] or Doctor Reese today',
    ]);
    expect(maskedCounts(meeting(), allowing)).toEqual({ PERSON: 1, PHONE: 1 });
    const accepted = decideEntity(meeting(), 'e3', 'accepted');
    expect(maskedCounts(accepted, allowing)).toEqual({ PERSON: 2, PHONE: 1 });
  });
});
