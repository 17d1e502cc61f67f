import { describe, expect, test } from 'vitest';
import { leakCheck } from '../../../core/redaction/leakCheck.ts';
import { mask } from '../../../core/redaction/mask.ts';
import { POLICY_PRESETS, type Replacement } from '../../../core/redaction/policy.ts';
import { redact } from '../../../core/redaction/redactor.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { transcriptOf } from './transcript.ts';

const { strict } = POLICY_PRESETS;

const call = redact(
  transcriptOf(
    [
      'My name is Sarah Connor and my number is 555-0123.',
      'Thanks Sarah, I was born on the third of May 1984 and live at 12 Oak Street, Springfield.',
      'Sara, my card is 4111 1111 1111 1111 and my e-mail is jo@acme.org okay.',
    ],
    ['Host', 'Sarah Connor', 'Host'],
    'sarah-connor',
  ),
  strict,
);

const masked = (transcript: Transcript, replacement: Replacement) =>
  mask(transcript, { ...strict, replacement });
const textOf = (transcript: Transcript, replacement: Replacement) =>
  masked(transcript, replacement)
    .segments.map(({ speaker, words }) => `${speaker}: ${words.map(({ text }) => text).join(' ')}`)
    .join('\n');

describe.each<Replacement>(['alias', 'kind', 'substitute', 'block'])('the replacement %s', (replacement) => {
  test('leaves nothing to read of the values', () => {
    expect(leakCheck(textOf(call, replacement), call, strict)).toEqual([]);
    expect(textOf(call, replacement)).not.toMatch(/sara|connor|0123|1984|oak|4111|acme/i);
  });

  test('is the same whenever it is made', () => {
    expect(masked(call, replacement)).toEqual(masked(structuredClone(call), replacement));
  });

  test('leaves the file name one that every disk takes', () => {
    expect(masked(call, replacement).title).toBe('[PERSON_1]');
  });
});

test('a kind tells no two apart', () => {
  expect(textOf(call, 'kind')).toContain('My name is [person] and my number is [phone number].');
});

test('a block is of one length whatever it covers', () => {
  const bars = textOf(call, 'block').match(/█+/g)!;
  expect(bars.length).toBeGreaterThan(5);
  expect(new Set(bars)).toEqual(new Set(['█████']));
});

describe('a substitute', () => {
  const aliases = (transcript: Transcript) =>
    masked(transcript, 'substitute')
      .segments.flatMap(({ words }) => words)
      .flatMap((word) => (word.masked ? [word.masked] : []));

  test('is a name for a name, the same one for every mention of a person', () => {
    const people = aliases(call).filter(({ label }) => label === 'PERSON');
    expect(people.length).toBe(3);
    expect(new Set(people.map(({ alias }) => alias)).size).toBe(1);
    expect(people[0]!.alias).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/);
    expect(masked(call, 'substitute').segments[1]!.speaker).toBe(people[0]!.alias);
  });

  test('is a number that nobody has', () => {
    expect(aliases(call).find(({ label }) => label === 'PHONE')!.alias).toMatch(/^\(\d{3}\) 555-01\d\d$/);
    expect(aliases(call).find(({ label }) => label === 'EMAIL')!.alias).toMatch(/@example\.com$/);
  });

  test('stays when the text is edited and differs between recordings', () => {
    const edited = structuredClone(call);
    edited.segments[0]!.words[0]!.text = 'The';
    expect(aliases(edited)).toEqual(aliases(call));
    const other = { ...call, salt: 'another recording' };
    expect(aliases(other)).not.toEqual(aliases(call));
  });

  test('is drawn by a secret that nobody can make again from what was said', () => {
    const { salt: _, ...unsearched } = transcriptOf(['My name is Sarah Connor.']);
    const twice = [redact(unsearched, strict), redact(unsearched, strict)];
    expect(twice[0]!.entities).toEqual(twice[1]!.entities);
    expect(twice[0]!.salt).toMatch(/^[0-9a-f]{64}$/);
    expect(twice[1]!.salt).not.toBe(twice[0]!.salt);
    expect(redact(twice[0]!, strict).salt).toBe(twice[0]!.salt);
  });
});
