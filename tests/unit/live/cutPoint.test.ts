import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutPoint } from '../../../core/live/cutPoint.ts';
import { spelled, spelledAt } from './spelled.ts';

const LONGEST = 6;

describe('the point at which the sound is cut', () => {
  it('lies in the longest pause', () => {
    const words = [
      spelledAt('one', 0, 1),
      spelledAt('two', 1, 2),
      spelledAt('three', 2.8, 3.2),
      spelledAt('four', 3.2, 4),
      spelledAt('five', 4, 5),
    ];
    expect(cutPoint(words, 6.5, LONGEST)).toMatchObject({ words: 2, time: 2.4 });
  });

  it('prefers the end of a sentence to a short pause', () => {
    const words = [
      spelledAt('Yes.', 0, 2.5),
      spelledAt('But', 2.5, 3),
      spelledAt('how', 3.2, 3.6),
      spelledAt('would', 3.6, 4),
      spelledAt('you?', 4, 5),
    ];
    expect(cutPoint(words, 6.5, LONGEST)).toMatchObject({ words: 1, time: 2.5 });
  });

  it('does not exist before three words are stable', () => {
    expect(cutPoint(spelled('one', 'two'), 9, LONGEST)).toBeNull();
  });

  it('keeps the last two words whole, and cuts between words', () => {
    const gaps = fc.array(
      fc.tuple(fc.double({ min: 0, max: 2, noNaN: true }), fc.double({ min: 0.1, max: 1, noNaN: true })),
      {
        minLength: 3,
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(gaps, fc.double({ min: 0, max: 10, noNaN: true }), (parts, rest) => {
        let at = 0;
        const words = parts.map(([pause, length]) => {
          const start = at + pause;
          at = start + length;
          return spelledAt('word', start, at);
        });
        const cut = cutPoint(words, at + rest, LONGEST)!;
        expect(cut.words).toBeGreaterThan(0);
        expect(cut.words).toBeLessThanOrEqual(words.length - 2);
        expect(cut.time).toBeGreaterThanOrEqual(words[cut.words - 1]!.word.end);
        expect(cut.time).toBeLessThanOrEqual(words[cut.words]!.word.start);
      }),
    );
  });

  it('leaves two seconds or more, and room to grow, where words are short', () => {
    const words = spelled(...Array.from({ length: 13 }, () => 'word'));
    const { time } = cutPoint(words, 6.5, LONGEST)!;
    expect(6.5 - time).toBeGreaterThanOrEqual(2);
    expect(6.5 - time).toBeLessThan(LONGEST);
  });
});
