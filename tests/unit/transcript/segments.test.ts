import { describe, expect, it } from 'vitest';
import { assertValid } from '../../../core/transcript/invariants.ts';
import { mergeSegments, splitSegment } from '../../../core/transcript/segments.ts';
import {
  addSpeaker,
  assignSegmentSpeaker,
  assignSpeaker,
  mergeSpeakers,
  renameSpeaker,
} from '../../../core/transcript/speakers.ts';
import { entityTexts, textOf, transcriptOf, withEntity } from './sample.ts';

describe('splitting and merging segments', () => {
  it('begins a new segment with the word, at the times of the words', () => {
    const split = splitSegment(transcriptOf('one two three', 'four'), 'w2');
    assertValid(split);
    expect(textOf(split)).toEqual(['one', 'two three', 'four']);
    expect(split.segments[0]!.end).toBe(0.5);
    expect(split.segments[1]!.start).toBe(0.6);
    expect(split.segments.map(({ id }) => id)).toEqual(['s1', 's3', 's2']);
  });

  it('changes nothing at the first word of a segment and at the last segment', () => {
    const transcript = transcriptOf('one two');
    expect(splitSegment(transcript, 'w1')).toBe(transcript);
    expect(mergeSegments(transcript, 's1')).toBe(transcript);
  });

  it('joins a segment with the next one', () => {
    const before = transcriptOf('one two', 'three');
    const merged = mergeSegments(before, 's1');
    assertValid(merged);
    expect(textOf(merged)).toEqual(['one two three']);
    expect(merged.segments[0]!.end).toBe(before.segments[1]!.end);
  });

  it('leaves entities as they are, also across the cut', () => {
    const transcript = withEntity(transcriptOf('call Sarah Connor'), 1, 2);
    const split = splitSegment(transcript, 'w3');
    assertValid(split);
    expect(entityTexts(split)).toEqual(['Sarah Connor']);
  });
});

describe('speakers', () => {
  const voices = addSpeaker(addSpeaker(transcriptOf('one two', 'three'), 'Ann'), 'Bob');

  it('are given to segments and to single words', () => {
    const assigned = assignSpeaker(assignSegmentSpeaker(voices, 's1', 'p1'), ['w2', 'w3'], 'p2');
    assertValid(assigned);
    expect(assigned.segments.flatMap(({ words }) => words.map(({ speaker }) => speaker))).toEqual([
      'p1',
      'p2',
      'p2',
    ]);
    expect(assignSegmentSpeaker(assigned, 's1', null).segments[0]!.words[0]!.speaker).toBeNull();
  });

  it('are merged with all their words', () => {
    const merged = mergeSpeakers(assignSegmentSpeaker(voices, 's1', 'p2'), 'p2', 'p1');
    assertValid(merged);
    expect(merged.speakers).toEqual([{ id: 'p1', name: 'Ann' }]);
    expect(merged.segments[0]!.words[0]!.speaker).toBe('p1');
  });

  it('are renamed on one clean line', () => {
    const renamed = renameSpeaker(voices, 'p1', '  Dr.\tAnn\nLee ');
    assertValid(renamed);
    expect(renamed.speakers[0]!.name).toBe('Dr. Ann Lee');
  });

  it('must exist and have a name', () => {
    expect(() => addSpeaker(voices, ' \n')).toThrow(RangeError);
    expect(() => renameSpeaker(voices, 'p9', 'X')).toThrow(RangeError);
    expect(() => assignSpeaker(voices, ['w1'], 'p9')).toThrow(RangeError);
    expect(() => assignSpeaker(voices, ['w9'], 'p1')).toThrow(RangeError);
    expect(() => mergeSpeakers(voices, 'p1', 'p9')).toThrow(RangeError);
  });
});
