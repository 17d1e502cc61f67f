import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Agreement } from '../../../core/live/agreement.ts';
import { spelled } from './spelled.ts';

const texts = (words: readonly { word: { text: string } }[]) => words.map(({ word }) => word.text);

/** What a recogniser that goes on from the stable words may hear next: few different words, so that they agree often. */
const hypotheses = fc.array(fc.array(fc.constantFrom('a', 'b', 'c.'), { maxLength: 5 }), { maxLength: 12 });

describe('agreement', () => {
  it('makes a word stable when it and all before it were heard alike twice in a row', () => {
    const agreement = new Agreement();
    expect(texts(agreement.hear(spelled('the', 'cat', 'sad')))).toEqual([]);
    expect(texts(agreement.hear(spelled('the', 'cat', 'sat')))).toEqual(['the', 'cat']);
    expect(texts(agreement.tentative)).toEqual(['sat']);
    expect(texts(agreement.hear(spelled('sat', 'on')))).toEqual(['sat']);
    expect(texts(agreement.known)).toEqual(['the', 'cat', 'sat']);
  });

  it('does not take a word for stable whose punctuation changed', () => {
    const agreement = new Agreement();
    agreement.hear(spelled('well.'));
    expect(texts(agreement.hear(spelled('well,', 'then')))).toEqual([]);
  });

  it('keeps every stable word for ever, whatever is heard after it', () => {
    fc.assert(
      fc.property(hypotheses, (heard) => {
        const agreement = new Agreement();
        const stable: string[] = [];
        for (const words of heard) {
          stable.push(...texts(agreement.hear(spelled(...words))));
          expect(texts(agreement.known)).toEqual(stable);
        }
      }),
    );
  });

  it('says that a word is stable only if two recognitions in a row began with it and all words before it', () => {
    fc.assert(
      fc.property(hypotheses, (heard) => {
        const agreement = new Agreement();
        // Whole hypotheses, stable words included, compared as strings from the beginning.
        let before: string[] | null = null;
        let stable: string[] = [];
        for (const words of heard) {
          const whole = [...stable, ...words];
          const common = whole.findIndex((word, i) => before?.[i] !== word);
          const agreed: string[] =
            before === null ? stable : whole.slice(0, common < 0 ? whole.length : common);
          agreement.hear(spelled(...words));
          expect(texts(agreement.known)).toEqual(agreed);
          expect([...texts(agreement.known), ...texts(agreement.tentative)]).toEqual(whole);
          before = whole;
          stable = agreed;
        }
      }),
    );
  });

  it('settles words that were heard once, and forgets those whose sound is gone', () => {
    const agreement = new Agreement();
    expect(texts(agreement.settle(spelled('so', 'be', 'it'), 2))).toEqual(['so', 'be']);
    agreement.forget(1);
    expect(texts(agreement.known)).toEqual(['be']);
    expect(texts(agreement.tentative)).toEqual(['it']);
    agreement.reset();
    expect([...agreement.known, ...agreement.tentative]).toEqual([]);
  });
});
