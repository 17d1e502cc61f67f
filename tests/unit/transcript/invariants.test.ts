import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assertValid, violations } from '../../../core/transcript/invariants.ts';
import { LABELS, type Transcript } from '../../../core/transcript/schema.ts';
import { transcriptOf, withEntity } from './sample.ts';

/** A valid transcript of two segments with two speakers and an entity, and one thing changed in it. */
function spoilt(change: (transcript: Transcript) => void): string[] {
  const transcript = withEntity(transcriptOf('call Sarah Connor', 'right now'), 1, 2);
  transcript.speakers.push({ id: 'p1', name: 'A' }, { id: 'p2', name: 'B' });
  expect(violations(transcript)).toEqual([]);
  change(transcript);
  return violations(transcript);
}

describe('the validator', () => {
  it.each<[string, (transcript: Transcript) => void, string]>([
    ['an id used twice', (t) => (t.segments[0]!.words[1]!.id = 'w1'), 'word w1: id used twice'],
    ['overlapping segments', (t) => (t.segments[1]!.start = 1), 'segment s2: starts before'],
    ['a segment that ends first', (t) => (t.segments[1]!.end = 2), 'segment s2: ends before it starts'],
    ['a segment after the end', (t) => (t.recording.duration = 3), 'segment s2: ends after the recording'],
    ['overlapping words', (t) => (t.segments[0]!.words[1]!.start = 0.4), 'word w2: starts before'],
    [
      'a word that ends first',
      (t) => (t.segments[0]!.words[1]!.end = 0.55),
      'word w2: ends before it starts',
    ],
    ['a word outside its segment', (t) => (t.segments[0]!.end = 1.6), 'word w3: ends after its segment'],
    ['a word before its segment', (t) => (t.segments[0]!.start = 0.1), 'word w1: starts before'],
    ['an empty segment', (t) => (t.segments[1]!.words = []), 'segment s2: has no words'],
    ['a blank in a word', (t) => (t.segments[0]!.words[0]!.text = 'call me'), 'word w1: text holds blanks'],
    ['a control character', (t) => (t.segments[0]!.words[0]!.text = 'a\u0007'), 'word w1: text holds blanks'],
    [
      'an unknown speaker',
      (t) => (t.segments[0]!.words[0]!.speaker = 'p9'),
      'word w1: has an unknown speaker',
    ],
    ['a nameless speaker', (t) => (t.speakers[0]!.name = ''), 'speaker p1: name is empty'],
    ['a name on two lines', (t) => (t.speakers[0]!.name = 'A\nB'), 'speaker p1: name is empty or not'],
    ['an unknown word', (t) => (t.entities[0]!.words = ['w9']), 'entity e1: has an unknown word'],
    ['scattered words', (t) => (t.entities[0]!.words = ['w1', 'w3']), 'entity e1: its words are not'],
    ['words out of order', (t) => (t.entities[0]!.words = ['w3', 'w2']), 'entity e1: its words are not'],
    [
      'two active entities on a word',
      (t) => t.entities.push({ ...t.entities[0]!, id: 'e2', words: ['w3'] }),
      'entity e2: shares word w3 with e1',
    ],
    ['a newer version', (t) => ((t as { version: number }).version = 2), 'version: invalid_value'],
    [
      'an unknown field',
      (t) => ((t as unknown as { note: string }).note = 'x'),
      'document: unrecognized_keys',
    ],
    [
      'a time that is no number',
      (t) => (t.segments[0]!.words[0]!.end = Number.NaN),
      'segments.0.words.0.end',
    ],
  ])('finds %s', (_, change, expected) => {
    expect(spoilt(change)).toEqual(expect.arrayContaining([expect.stringContaining(expected)]));
  });

  it('lets rejected entities overlap anything', () => {
    expect(spoilt((t) => t.entities.push({ ...t.entities[0]!, id: 'e2', decision: 'rejected' }))).toEqual([]);
  });

  it('never quotes what was said', () => {
    const found = spoilt((t) => {
      t.segments[0]!.words[1]!.text = 'Sarah Connor';
      t.speakers[0]!.name = 'Sarah\nConnor';
      t.entities[0]!.words = ['w1', 'w3'];
      t.segments[0]!.words[2]!.start = 0;
    });
    expect(found.length).toBeGreaterThan(3);
    expect(found.join(' ')).not.toMatch(/sarah|connor/i);
  });
});

describe('the written format', () => {
  const format = readFileSync(new URL('../../../core/transcript/FORMAT.md', import.meta.url), 'utf8');

  it('has an example that is valid', () => {
    const example = /```json\n([\s\S]*?)```/.exec(format)![1]!;
    expect(() => assertValid(JSON.parse(example))).not.toThrow();
  });

  it('names every label', () => {
    for (const label of LABELS) expect(format).toContain(`\`${label}\``);
  });
});
