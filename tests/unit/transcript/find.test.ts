import { describe, expect, it } from 'vitest';
import { findText, replacementsFor } from '../../../core/transcript/find.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import { replaceRuns } from '../../../core/transcript/replace.ts';
import { textOf, transcriptOf } from './sample.ts';

const loose = { matchCase: false, wholeWords: false };

describe('finding text', () => {
  const meeting = transcriptOf('Zoë Conor met zoe conor, said “Conor”.', 'Connor’s conorship ha haha');
  const found = (query: string, options = loose) =>
    findText(meeting, query, options).map(({ words }) => words.join(' '));

  it('ignores case and accents unless asked not to', () => {
    expect(found('zoe conor')).toEqual(['w1 w2', 'w4 w5']);
    expect(found('Zoë', { ...loose, matchCase: true })).toEqual(['w1']);
  });

  it('finds parts of words, or whole words with punctuation around them', () => {
    expect(found('conor')).toEqual(['w2', 'w5', 'w7', 'w9']);
    expect(found('conor', { ...loose, wholeWords: true })).toEqual(['w2', 'w5', 'w7']);
  });

  it('finds nothing for blanks, and nothing across segments', () => {
    expect(found('  ')).toEqual([]);
    expect(found('conor connor')).toEqual([]);
  });

  it('crosses words that are written without blanks', () => {
    const chinese = { ...transcriptOf('我们 见到 王小明 了'), language: 'zh' };
    expect(findText(chinese, '到王', loose).map(({ words }) => words)).toEqual([['w2', 'w3']]);
  });

  it('replaces every place and keeps the punctuation around it', () => {
    const matches = findText(meeting, 'conor', { ...loose, wholeWords: true });
    const edited = replaceRuns(meeting, replacementsFor(meeting, matches, 'O’Connor'));
    assertValid(edited);
    expect(textOf(edited)).toEqual([
      'Zoë O’Connor met zoe O’Connor, said “O’Connor”.',
      'Connor’s conorship ha haha',
    ]);
  });

  it('replaces several places in one word', () => {
    const edited = replaceRuns(meeting, replacementsFor(meeting, findText(meeting, 'ha', loose), 'ho'));
    expect(textOf(edited)[1]).toBe('Connor’s conorship ho hoho');
  });
});
