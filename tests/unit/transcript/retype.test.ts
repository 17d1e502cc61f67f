import { describe, expect, it } from 'vitest';
import { assertValid } from '../../../core/transcript/invariants.ts';
import { replaceRuns } from '../../../core/transcript/replace.ts';
import { type Retyped, retypeSegment } from '../../../core/transcript/retype.ts';
import { addSpeaker, assignTurn } from '../../../core/transcript/speakers.ts';
import { confirmWords } from '../../../core/transcript/words.ts';
import { entityTexts, textOf, transcriptOf, withEntity } from './sample.ts';

/** What a text editor leaves: one entry a word, `<w2 w3>` for a masked span that was kept. */
function typed(line: string): Retyped[] {
  return (line.match(/<[^>]+>|\S+/g) ?? []).map((token) =>
    token.startsWith('<') ? { words: token.slice(1, -1).split(' ') } : { text: token },
  );
}

describe('a segment that was retyped', () => {
  const meeting = transcriptOf('we met miss Smith in the old town', 'and left');

  it('keeps ids, times and confidence of the words that are still there', () => {
    const edited = retypeSegment(meeting, 's1', typed('we met Ms Smith in the town'));
    assertValid(edited);
    expect(textOf(edited)).toEqual(['we met Ms Smith in the town', 'and left']);
    const before = meeting.segments[0]!.words;
    expect(edited.segments[0]!.words).toEqual([
      before[0],
      before[1],
      { ...before[2], text: 'Ms', confidence: null },
      before[3],
      before[4],
      before[5],
      before[7],
    ]);
  });

  it('is the transcript itself where nothing was changed', () => {
    expect(retypeSegment(meeting, 's2', typed('and left'))).toBe(meeting);
  });

  it('takes words put at its beginning, inside and at its end', () => {
    const edited = retypeSegment(meeting, 's2', typed('so and then left early'));
    assertValid(edited);
    expect(textOf(edited)[1]).toBe('so and then left early');
    expect(edited.segments[1]!.words.map(({ id }) => id)).toEqual(['w11', 'w9', 'w12', 'w10', 'w13']);
  });

  it('goes when everything was deleted', () => {
    expect(textOf(retypeSegment(meeting, 's1', []))).toEqual(['and left']);
  });

  it('masks what was typed in the place of a masked word, and nothing beside it', () => {
    const masked = withEntity(meeting, 3, 3);
    const corrected = retypeSegment(masked, 's1', typed('we met miss Smyth in the old town'));
    expect(entityTexts(corrected)).toEqual(['Smyth']);
    const beside = retypeSegment(masked, 's1', typed('we met miss <w4> from in the old town'));
    expect(textOf(beside)[0]).toBe('we met miss Smith from in the old town');
    expect(entityTexts(beside)).toEqual(['Smith']);
  });

  it('shares the time of a run that became more words', () => {
    const edited = replaceRuns(meeting, [{ words: ['w5', 'w6'], text: 'in a very' }]);
    assertValid(edited);
    const [, , , , first, , last] = edited.segments[0]!.words;
    expect(first!.start).toBe(meeting.segments[0]!.words[4]!.start);
    expect(last!.end).toBe(meeting.segments[0]!.words[5]!.end);
  });

  it('gives what replaces words of two masked spans to the first of them', () => {
    const two = withEntity(withEntity(meeting, 2, 3), 4, 5, { label: 'LOCATION' });
    const edited = replaceRuns(two, [{ words: ['w4', 'w5'], text: 'Smithson' }]);
    assertValid(edited);
    expect(entityTexts(edited)).toEqual(['miss Smithson', 'the']);
  });

  it('refuses words that are no neighbours or not there', () => {
    expect(() => replaceRuns(meeting, [{ words: ['w1', 'w3'], text: 'x' }])).toThrow(RangeError);
    expect(() => replaceRuns(meeting, [{ words: ['w99'], text: 'x' }])).toThrow(RangeError);
  });
});

describe('what a person says of words', () => {
  it('is certain when confirmed, and stays as it was otherwise', () => {
    const meeting = transcriptOf('maybe here');
    const edited = confirmWords(meeting, ['w1']);
    expect(edited.segments[0]!.words.map(({ confidence }) => confidence)).toEqual([1, 0.9]);
    expect(confirmWords(edited, ['w1'])).toBe(edited);
  });

  it('makes a turn of its own of words inside a segment that another speaker said', () => {
    const meeting = addSpeaker(transcriptOf('how are you fine thanks and you'), 'Anna');
    const edited = assignTurn(meeting, ['w4', 'w5'], 'p1');
    assertValid(edited);
    expect(textOf(edited)).toEqual(['how are you', 'fine thanks', 'and you']);
    expect(edited.segments.map(({ words }) => words[0]!.speaker)).toEqual([null, 'p1', null]);
  });
});
