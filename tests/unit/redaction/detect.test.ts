import fc from 'fast-check';
import { expect, test } from 'vitest';
import { detectEntities } from '../../../core/redaction/detect.ts';
import type { DetectedSpan } from '../../../core/redaction/detector.ts';
import { DOUBTFUL } from '../../../core/redaction/head/head.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { splitWords } from '../../../core/redaction/tokens.ts';

const pieces = fc.oneof(
  fc.constantFrom(
    ...'my number is five oh double triple dot at dash slash plus hundred thousand twenty two third march nineteen and uh no sorry'.split(
      ' ',
    ),
    ...'m as in mike flat apartment street road way zip code password capital po box iban de89 gb29 p o a i the'.split(
      ' ',
    ),
    ...'Sarah Connor Dr. Will, san francisco new york rue de la 12 1984 555-0123 @ # . , ( ) 12,5 %'.split(
      ' ',
    ),
  ),
  fc.string({ minLength: 1, maxLength: 8 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 5 }),
);

test('whatever the words are, spans come in order, do not overlap and lie within the words', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 25 }), (said) => {
      const words = said
        .map((text) => text.replace(/\s/g, ''))
        .filter(Boolean)
        .map((text, index) => ({ text, segment: Math.floor(index / 5), confidence: null }));
      let last = 0;
      for (const { from, to, score } of detectEntities(words, POLICY_PRESETS.strict)) {
        expect(from).toBeGreaterThanOrEqual(last);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(words.length);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        last = to;
      }
    }),
    { numRuns: 400 },
  );
});

test('words of a text carry their places in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
      for (const { text: word, start, end } of splitWords(text)) expect(text.slice(start, end)).toBe(word);
    }),
  );
});

test('what the head finds is united with what rules and lists find, and all that it listened to', () => {
  const words = splitWords('call Sarah Connor on 555-0123 about the merger');
  const head = { detector: 'head', rule: 'read and heard', score: 0.5 } as const;
  const spans = detectEntities(
    words,
    POLICY_PRESETS.strict,
    [],
    [
      { ...head, rule: DOUBTFUL, from: 1, to: 2, label: 'PERSON' },
      { ...head, from: 2, to: 4, label: 'PERSON', heard: { start: 1, end: 1.5, share: 0.4 } },
      { ...head, from: 3, to: 4, label: 'PERSON', heard: { start: 1.4, end: 1.8, share: 0.6 } },
      { ...head, from: 7, to: 8, label: 'ORG' },
    ],
  );
  expect(spans.map(({ from, to, label, detector }) => [from, to, label, detector])).toEqual([
    [1, 4, 'PERSON', 'names'],
    [4, 5, 'PHONE', 'rules'],
    [7, 8, 'ORG', 'head'],
  ]);
  expect(spans[0]!.heard).toEqual({ start: 1, end: 1.8, share: 0.5 });
});

test('the name model is heard where there is no head, and where the head is not sure', () => {
  const words = splitWords('then nakamura went home');
  const names = (head: DetectedSpan[] | null) =>
    detectEntities(words, POLICY_PRESETS.strict, [], head).map(({ from, to, detector }) => [
      from,
      to,
      detector,
    ]);
  const doubt = { detector: 'head', rule: DOUBTFUL, score: 0.1, label: 'PERSON' } as const;
  expect(names(null)).toEqual([[1, 2, 'names']]);
  expect(names([])).toEqual([]);
  expect(names([{ ...doubt, from: 1, to: 2 }])).toEqual([[1, 2, 'names']]);
  expect(names([{ ...doubt, from: 3, to: 4 }])).toEqual([]); // doubt alone masks nothing
});
