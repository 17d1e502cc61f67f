import { describe, expect, test } from 'vitest';
import { POLICY_PRESETS, policySchema } from '../../../core/redaction/policy.ts';
import { redact } from '../../../core/redaction/redactor.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import { LABELS, type Transcript } from '../../../core/transcript/schema.ts';
import { marked, transcriptOf } from './transcript.ts';

const { standard } = POLICY_PRESETS;

function said(transcript: Transcript) {
  const text = new Map(transcript.segments.flatMap(({ words }) => words.map((word) => [word.id, word.text])));
  return transcript.entities.map(({ label, words, detector }) => [
    label,
    words.map((id) => text.get(id)).join(' '),
    detector,
  ]);
}

describe('redact', () => {
  test('fills a valid transcript with what it finds, in order', () => {
    const found = redact(
      transcriptOf(['my name is sarah connor', 'my number is five five five', 'oh one two three']),
      standard,
    );
    assertValid(found);
    expect(said(found)).toEqual([
      ['PERSON', 'sarah connor', 'names'],
      ['PHONE', 'five five five oh one two three', 'rules'],
    ]);
  });

  test('finds a name wherever it is said again, and by its parts', () => {
    const found = redact(
      transcriptOf(['My name is Sarah Connor.', 'we asked connor about it', "that was sarah's idea"]),
      standard,
    );
    expect(said(found).map(([, text]) => text)).toEqual(['Sarah Connor.', 'connor', "sarah's"]);
  });

  test('keeps what a person decided and does not find it a second time', () => {
    let transcript = transcriptOf(['My name is Sarah Connor and that is Bob Miller']);
    transcript = marked(transcript, 'PERSON', 'Sarah Connor', { decision: 'rejected' });
    transcript = marked(transcript, 'ORG', 'Bob', { detector: 'person', decision: 'accepted' });
    const found = redact(redact(transcript, standard), standard);
    assertValid(found);
    expect(found.entities.find(({ words }) => words.includes('w4'))).toMatchObject({ decision: 'rejected' });
    expect(found.entities.filter(({ words }) => words.includes('w9'))).toMatchObject([
      { label: 'ORG', detector: 'person' },
    ]);
    expect(found.entities.filter(({ words }) => words.includes('w4'))).toHaveLength(1);
  });

  test('the deny list is found in any casing, over several words, and the allow list is left alone', () => {
    const policy = { ...standard, deny: ['project nightingale'], allow: ['sarah connor'] };
    const found = redact(
      transcriptOf(['Sarah Connor runs Project Nightingale. PROJECT NIGHTINGALE!']),
      policy,
    );
    expect(said(found)).toEqual([
      ['PERSON', 'Project Nightingale.', 'deny'],
      ['PERSON', 'PROJECT NIGHTINGALE!', 'deny'],
    ]);
  });

  test('takes up what the head found, and keeps what it heard when only the text is searched again', () => {
    const transcript = transcriptOf(['the plan of zorblat is', 'quite another thing']);
    const heard = { start: 1.4, end: 2, share: 0.7 };
    const head = { detector: 'head', rule: 'read and heard', score: 0.6, label: 'PERSON' } as const;
    const found = redact(transcript, standard, [
      { ...head, from: 3, to: 4, heard },
      { ...head, from: 6, to: 7, rule: 'read' },
    ]);
    assertValid(found);
    expect(found.entities).toMatchObject([
      { words: ['w4'], detector: 'head', rule: 'read and heard', score: 0.6, heard, decision: 'pending' },
      { words: ['w7'], detector: 'head', rule: 'read' },
    ]);
    expect(found.entities[1]).not.toHaveProperty('heard');

    const again = redact(found, standard, []);
    expect(again.entities).toMatchObject([{ words: ['w4'], detector: 'head', heard }]);
    const rejected = found.entities.map((entity) => ({ ...entity, decision: 'rejected' as const }));
    expect(redact({ ...found, entities: rejected }, standard, []).entities).toEqual(rejected);
  });

  test('an empty transcript stays empty', () => {
    expect(redact(transcriptOf([]), standard).entities).toEqual([]);
  });
});

describe('policies', () => {
  test('every preset is valid and says what happens to every label', () => {
    for (const policy of Object.values(POLICY_PRESETS)) {
      expect(policySchema.parse(policy)).toEqual(policy);
      expect(Object.keys(policy.actions).sort()).toEqual([...LABELS].sort());
    }
  });

  test('names-only masks people alone, strict everything, standard what names or reaches a person', () => {
    const masked = (name: keyof typeof POLICY_PRESETS) =>
      LABELS.filter((label) => POLICY_PRESETS[name].actions[label] === 'mask');
    expect(masked('names-only')).toEqual(['PERSON']);
    expect(masked('strict')).toEqual([...LABELS]);
    for (const label of [
      'PERSON',
      'ADDRESS',
      'EMAIL',
      'PHONE',
      'CARD',
      'BANK',
      'ID_NUMBER',
      'CREDENTIAL',
      'DATE_OF_BIRTH',
    ] as const)
      expect(masked('standard')).toContain(label);
  });

  test('a policy with an unknown field, version or action is refused', () => {
    expect(() => policySchema.parse({ ...standard, extra: 1 })).toThrow();
    expect(() => policySchema.parse({ ...standard, version: 2 })).toThrow();
    expect(() =>
      policySchema.parse({ ...standard, actions: { ...standard.actions, PERSON: 'hide' } }),
    ).toThrow();
  });
});
