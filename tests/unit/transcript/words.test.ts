import { describe, expect, it } from 'vitest';
import { assertValid } from '../../../core/transcript/invariants.ts';
import type { Transcript, Word } from '../../../core/transcript/schema.ts';
import { deleteWords, insertWords, replaceWord } from '../../../core/transcript/words.ts';
import { entityTexts, textOf, transcriptOf, withEntity } from './sample.ts';

function words(transcript: Transcript): Word[] {
  assertValid(transcript);
  return transcript.segments.flatMap((segment) => segment.words);
}

describe('replacing a word', () => {
  it('keeps its time, its id and its speaker and forgets its confidence', () => {
    const before = transcriptOf('call sarah now');
    const [, sarah] = words(replaceWord(before, 'w2', 'Sara'));
    expect(sarah).toEqual({ id: 'w2', text: 'Sara', start: 0.6, end: 1.1, confidence: null, speaker: null });
  });

  it('shares its time among several typed words by their length', () => {
    const typed = words(replaceWord(transcriptOf('one two'), 'w1', ' a  bbb c '));
    expect(typed.map(({ text }) => text)).toEqual(['a', 'bbb', 'c', 'two']);
    expect(typed.map(({ start }) => start)).toEqual(
      [0, 0.1, 0.4, 0.6].map((time) => expect.closeTo(time, 9)),
    );
    expect(typed[2]!.end).toBe(0.5);
    expect(new Set(typed.map(({ id }) => id)).size).toBe(4);
  });

  it('deletes it when nothing is typed', () => {
    expect(textOf(replaceWord(transcriptOf('one two'), 'w1', '  '))).toEqual(['two']);
  });

  it('changes nothing when the same is typed', () => {
    const before = transcriptOf('one two');
    expect(replaceWord(before, 'w1', ' one ')).toBe(before);
  });

  it('refuses a word that does not exist', () => {
    expect(() => replaceWord(transcriptOf('one'), 'w9', 'two')).toThrow(RangeError);
  });
});

describe('inserting words', () => {
  it('takes the time from the gap beside the word', () => {
    const inserted = words(insertWords(transcriptOf('one two'), 'w1', 'after', 'x'));
    expect(inserted.map(({ text }) => text)).toEqual(['one', 'x', 'two']);
    expect(inserted[1]).toMatchObject({ start: 0.5, end: 0.6, confidence: null });
  });

  it('takes no more of a long gap than the words need', () => {
    const before = transcriptOf('one two');
    before.segments[0]!.start = 0;
    before.segments[0]!.words[0]!.start = 0.4;
    const inserted = words(insertWords(before, 'w1', 'before', 'ab'));
    expect(inserted[0]!.start).toBeCloseTo(0.2, 9);
    expect(inserted[0]!.end).toBe(0.4);
  });

  it('shares the time of the word where there is no gap, so that what was masked by hand can be bleeped', () => {
    const before = transcriptOf('ab cd');
    before.segments[0]!.words[1]!.start = 0.5;
    const [first, typed, last] = words(insertWords(before, 'w1', 'after', 'ef'));
    expect([first!.start, first!.end]).toEqual([0, 0.25]);
    expect([typed!.start, typed!.end]).toEqual([0.25, 0.5]);
    expect(last!.start).toBe(0.5);
    const [early, anchor] = words(insertWords(before, 'w2', 'before', 'ef'));
    expect(early!.end).toBe(0.5);
    expect(anchor).toBeDefined();
  });

  it('belongs to the speaker of the word', () => {
    const before = transcriptOf('one two');
    before.speakers.push({ id: 'p1', name: 'A' });
    before.segments[0]!.words[0]!.speaker = 'p1';
    expect(words(insertWords(before, 'w1', 'after', 'x'))[1]!.speaker).toBe('p1');
  });
});

describe('deleting words', () => {
  it('drops a segment that is left without words', () => {
    const after = deleteWords(transcriptOf('one two', 'three'), ['w3']);
    words(after);
    expect(textOf(after)).toEqual(['one two']);
  });

  it('refuses when one of the words does not exist and then deletes none', () => {
    expect(() => deleteWords(transcriptOf('one two'), ['w1', 'w9'])).toThrow(RangeError);
  });
});

describe('an entity whose words are edited', () => {
  const name = withEntity(transcriptOf('call Sarah Jane Connor now'), 1, 3);

  it('goes on masking what a word was replaced by, also by several words', () => {
    expect(entityTexts(replaceWord(name, 'w2', 'Anna Maria'))).toEqual(['Anna Maria Jane Connor']);
  });

  it('takes in words that are put between its words, but not at its edges', () => {
    expect(entityTexts(insertWords(name, 'w2', 'after', 'von'))).toEqual(['Sarah von Jane Connor']);
    expect(entityTexts(insertWords(name, 'w3', 'before', 'von'))).toEqual(['Sarah von Jane Connor']);
    expect(entityTexts(insertWords(name, 'w2', 'before', 'Ms'))).toEqual(['Sarah Jane Connor']);
    expect(entityTexts(insertWords(name, 'w4', 'after', 'Ltd'))).toEqual(['Sarah Jane Connor']);
  });

  it('takes in words that are put between its words at the border of two segments', () => {
    const across = withEntity(transcriptOf('call Sarah', 'Connor now'), 1, 2);
    expect(entityTexts(insertWords(across, 'w2', 'after', 'von'))).toEqual(['Sarah von Connor']);
    expect(entityTexts(insertWords(across, 'w3', 'before', 'von'))).toEqual(['Sarah von Connor']);
  });

  it('loses words that are deleted and goes with the last one', () => {
    expect(entityTexts(deleteWords(name, ['w3']))).toEqual(['Sarah Connor']);
    expect(entityTexts(deleteWords(name, ['w2', 'w3', 'w4']))).toEqual([]);
  });

  it('keeps its decision when it was accepted', () => {
    const accepted = withEntity(transcriptOf('call Sarah now'), 1, 1, { decision: 'accepted' });
    expect(replaceWord(accepted, 'w2', 'Sara').entities[0]!.decision).toBe('accepted');
  });
});

describe('a rejected entity whose words are edited', () => {
  const will = withEntity(transcriptOf('and will you call'), 1, 1, { decision: 'rejected' });

  it('stays rejected when only case, accents or punctuation change', () => {
    expect(entityTexts(replaceWord(will, 'w2', 'Will,'))).toEqual(['(Will,)']);
  });

  it('is pending again when the text changes, since nobody has decided on that', () => {
    expect(entityTexts(replaceWord(will, 'w2', 'William'))).toEqual(['William']);
  });

  it('leaves words that another entity masks to that entity', () => {
    const rejected = withEntity(transcriptOf('ask Will Smith today'), 1, 2, { decision: 'rejected' });
    const both = withEntity(rejected, 2, 2, { label: 'ORG' });
    const edited = replaceWord(both, 'w2', 'Willy');
    assertValid(edited);
    expect(entityTexts(edited)).toEqual(['Willy', 'Smith']);
    expect(edited.entities.map(({ label }) => label)).toEqual(['PERSON', 'ORG']);
  });
});
