import { describe, expect, it } from 'vitest';
import {
  addEntity,
  addEntityEverywhere,
  decideAllAlike,
  decideEntity,
  relabelEntity,
  resizeEntity,
} from '../../../core/transcript/entities.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { entityTexts, transcriptOf, withEntity } from './sample.ts';

function texts(transcript: Transcript): string[] {
  assertValid(transcript);
  return entityTexts(transcript);
}

describe('deciding on an entity', () => {
  it('accepts, rejects and reopens it', () => {
    const found = withEntity(transcriptOf('call Sarah now'), 1, 1);
    const rejected = decideEntity(found, 'e1', 'rejected');
    expect(texts(rejected)).toEqual(['(Sarah)']);
    expect(decideEntity(rejected, 'e1', 'pending')).toEqual(found);
    expect(decideEntity(found, 'e1', 'accepted').entities[0]!.decision).toBe('accepted');
  });

  it('decides the same text with the same label everywhere, and nothing else', () => {
    let transcript = transcriptOf("May said MAY, and May's plan", 'in May at May Street');
    transcript = withEntity(transcript, 0, 0);
    transcript = withEntity(transcript, 2, 2);
    transcript = withEntity(transcript, 4, 4);
    transcript = withEntity(transcript, 7, 7, { label: 'DATE' });
    transcript = withEntity(transcript, 9, 10);
    expect(texts(decideAllAlike(transcript, 'e2', 'rejected'))).toEqual([
      '(May)',
      '(MAY,)',
      "(May's)",
      'May',
      'May Street',
    ]);
  });

  it('gives an entity that comes back from rejection its words, and the other one keeps the rest', () => {
    const rejected = withEntity(transcriptOf('a b c d e'), 1, 2, { decision: 'rejected' });
    const both = withEntity(rejected, 0, 4, { label: 'ADDRESS' });
    expect(texts(decideEntity(both, 'e1', 'accepted'))).toEqual(['b c', 'a', 'd e']);
  });
});

describe('marking by hand', () => {
  it('makes an accepted entity of neighbouring words, whatever their order in the list', () => {
    const marked = addEntity(transcriptOf('call Sarah Connor now'), 'PERSON', ['w3', 'w2']);
    assertValid(marked);
    expect(marked.entities).toEqual([
      {
        id: 'e1',
        label: 'PERSON',
        words: ['w2', 'w3'],
        detector: 'person',
        rule: 'marked by hand',
        score: 1,
        decision: 'accepted',
      },
    ]);
  });

  it('takes words from the entity that masked them, which keeps the rest masked', () => {
    const found = withEntity(transcriptOf('a b c d e'), 0, 4, { label: 'ADDRESS' });
    const marked = addEntity(found, 'PERSON', ['w3']);
    expect(texts(marked)).toEqual(['a b', 'd e', 'c']);
    expect(marked.entities.map(({ label }) => label)).toEqual(['ADDRESS', 'ADDRESS', 'PERSON']);
  });

  it('refuses words that are not neighbours, do not exist, or are none', () => {
    const transcript = transcriptOf('a b c');
    expect(() => addEntity(transcript, 'PERSON', ['w1', 'w3'])).toThrow(RangeError);
    expect(() => addEntity(transcript, 'PERSON', ['w3', 'w4'])).toThrow(RangeError);
    expect(() => addEntity(transcript, 'PERSON', [])).toThrow(RangeError);
  });

  it('finds every other place that says the same and is not masked yet', () => {
    const transcript = withEntity(
      transcriptOf('Anna Kowalski came', 'then ANNA KOWALSKI, left', "Anna Kowalski's car and Anna"),
      3,
      5,
      { label: 'ORG' },
    );
    const marked = addEntityEverywhere(transcript, 'PERSON', ['w1', 'w2']);
    expect(texts(marked)).toEqual(['then ANNA KOWALSKI,', 'Anna Kowalski', "Anna Kowalski's"]);
  });

  it('marks no other punctuation when punctuation alone is marked', () => {
    expect(texts(addEntityEverywhere(transcriptOf('a — b —'), 'PERSON', ['w2']))).toEqual(['—']);
  });
});

describe('changing an entity', () => {
  it('extends it over words of another entity, which keeps the rest', () => {
    let transcript = withEntity(transcriptOf('a b c d'), 0, 0);
    transcript = withEntity(transcript, 1, 3, { label: 'ORG' });
    const resized = resizeEntity(transcript, 'e1', ['w1', 'w2']);
    expect(texts(resized)).toEqual(['a b', 'c d']);
    expect(resized.entities[0]!.decision).toBe('accepted');
  });

  it('shrinks it', () => {
    expect(texts(resizeEntity(withEntity(transcriptOf('a b c d'), 0, 3), 'e1', ['w2']))).toEqual(['b']);
  });

  it('swallows an entity whose words it takes all', () => {
    let transcript = withEntity(transcriptOf('a b c'), 0, 0);
    transcript = withEntity(transcript, 1, 1, { label: 'ORG' });
    expect(texts(resizeEntity(transcript, 'e1', ['w1', 'w2', 'w3']))).toEqual(['a b c']);
  });

  it('relabels it, which accepts it', () => {
    const relabelled = relabelEntity(withEntity(transcriptOf('a b'), 0, 0), 'e1', 'ORG');
    assertValid(relabelled);
    expect(relabelled.entities[0]).toMatchObject({ label: 'ORG', decision: 'accepted' });
  });

  it('refuses an entity that does not exist', () => {
    expect(() => relabelEntity(transcriptOf('a'), 'e1', 'ORG')).toThrow(RangeError);
  });
});
