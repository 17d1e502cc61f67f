import { expect, test } from 'vitest';
import type { Example } from '../../eval/labelledText.ts';
import { lowered, sampled } from '../../eval/labelledText.ts';
import { presidioLabel, wordsOf } from '../../eval/redactionSystems.ts';
import {
  figuresOf,
  isFound,
  judge,
  type Prediction,
  recallAhead,
  recallByOrigin,
  scores,
  tally,
} from '../../eval/spanScore.ts';

/** Marks the bracketed parts of `marked` with the labels in order: "call [Ana]". */
function example(marked: string, labels: string[], extra: Partial<Example> = {}): Example {
  const spans: Example['spans'][number][] = [];
  let text = '';
  let start = 0;
  for (const char of marked) {
    if (char === '[') start = text.length;
    else if (char === ']') spans.push({ start, end: text.length, label: labels[spans.length]! });
    else text += char;
  }
  return { text, spans, silent: [], known: new Set(['PERSON', 'ORG']), ...extra };
}

function predicted({ text }: Example, value: string, label: Prediction['label']): Prediction {
  const start = text.indexOf(value);
  return { start, end: start + value.length, label, rule: 'test' };
}

test('a span is found at 60 % of its letters, whatever masks them; blanks and marks count for nothing', () => {
  const text = 'ab cd, ef - - - -';
  const masked = (...ranges: [number, number][]) => ranges.map(([start, end]) => ({ start, end }));
  // Six letters: four of them are 67 %, three are half.
  expect(isFound(text, { start: 0, end: 17 }, masked([0, 2], [3, 5]))).toBe(true);
  expect(isFound(text, { start: 0, end: 17 }, masked([0, 4]))).toBe(false);
});

test('a prediction is right where it touches gold of any known label, false where nothing is, open where nobody knows', () => {
  const text = example('[Ana] of [Acme] saw @joe in Rome', ['PERSON', 'ORG'], { silent: [[17, 20]] });
  expect(judge(text, predicted(text, 'Ana', 'ORG'))).toBe('right');
  expect(judge(text, predicted(text, 'saw', 'PERSON'))).toBe('false');
  expect(judge(text, predicted(text, 'joe', 'PERSON'))).toBeNull();
  // The source labels no places, so a place is no mistake.
  expect(judge(text, predicted(text, 'Rome', 'LOCATION'))).toBeNull();
  expect(judge(text, predicted(text, 'saw', null))).toBeNull();
});

test('gold of a label that the source does not mark throughout is neither asked for nor charged', () => {
  const text = example('[@joe] saw [Ana]', ['URL', 'PERSON']);
  const counts = tally(text, [predicted(text, 'joe', 'PERSON')]);
  expect([...counts]).toEqual([['PERSON', { gold: 1, found: 0, predicted: 0, wrong: 0 }]]);
});

test('figures are those of the textbook', () => {
  // Precision 6/8, recall 5/10: F1 = 2 * 0.375 / 1.25, F2 = 5 * 0.375 / (4 * 0.75 + 0.5).
  expect(figuresOf({ gold: 10, found: 5, predicted: 8, wrong: 2 })).toEqual({
    precision: 0.75,
    recall: 0.5,
    f1: 0.6,
    f2: expect.closeTo(1.875 / 3.5, 12),
  });
});

test('scores add up over texts by label and over all labels, with intervals around them', () => {
  const first = example('[Ana] of [Acme]', ['PERSON', 'ORG']);
  const second = example('[Bo] left', ['PERSON']);
  const rows = scores([
    tally(first, [predicted(first, 'Ana', 'PERSON')]),
    tally(second, [predicted(second, 'left', 'PERSON')]),
  ]);
  expect(rows.map(({ label, counts }) => [label, counts])).toEqual([
    ['PERSON', { gold: 2, found: 1, predicted: 2, wrong: 1 }],
    ['ORG', { gold: 1, found: 0, predicted: 0, wrong: 0 }],
    ['all', { gold: 3, found: 1, predicted: 2, wrong: 1 }],
  ]);
  // Two texts are drawn from two: only the found one, only the missed one, or both.
  expect(rows[0]!.figures.recall).toEqual({ value: 0.5, low: 0, high: 1 });
  // Resamplings without the second text alone have no organisation to find; they are left out.
  expect(rows[1]!.figures.recall).toEqual({ value: 0, low: 0, high: 0 });
});

test('the interval of a recall is that of the binomial, as bootstrap theory says', () => {
  const text = example('[Ana]', ['PERSON']);
  const tallies = Array.from({ length: 400 }, (_, i) =>
    tally(text, i % 4 === 0 ? [] : [predicted(text, 'Ana', 'PERSON')]),
  );
  const { recall } = scores(tallies)[0]!.figures;
  // 0.75 with a standard deviation of sqrt(0.75 * 0.25 / 400) = 0.0217.
  expect(recall.value).toBe(0.75);
  expect(recall.low).toBeCloseTo(0.75 - 1.96 * 0.0217, 1.7);
  expect(recall.high).toBeCloseTo(0.75 + 1.96 * 0.0217, 1.7);
});

test('two systems are compared on the same resamplings, so that a constant lead has no spread', () => {
  const text = example('[Ana] and [Bob]', ['PERSON', 'PERSON']);
  const both = tally(text, [predicted(text, 'Ana', 'PERSON'), predicted(text, 'Bob', 'PERSON')]);
  const one = tally(text, [predicted(text, 'Ana', 'PERSON')]);
  const ahead = recallAhead(scores([both, both, both])[0]!, scores([one, one, one])[0]!);
  expect(ahead).toEqual({ value: 0.5, low: 0.5, high: 0.5 });
});

test('recall is counted by the origin of names; names without one are left out', () => {
  const text = example('[Ana] [Bo] [Cy]', ['PERSON', 'PERSON', 'PERSON']);
  const spans = text.spans.map((span, i) =>
    i === 2 ? span : { ...span, origin: ['Spanish', 'Nordic'][i]! },
  );
  const found = recallByOrigin([{ ...text, spans }], [[predicted(text, 'Ana', 'PERSON')]]);
  expect([...found]).toEqual([
    ['Spanish', { value: 1, low: 1, high: 1, names: 1 }],
    ['Nordic', { value: 0, low: 0, high: 0, names: 1 }],
  ]);
});

test("Presidio's kinds become ours; weekdays and durations are charged to nobody", () => {
  expect(presidioLabel('ORGANIZATION', 'Acme')).toBe('ORG');
  expect(presidioLabel('US_SSN', '078-05-1120')).toBe('ID_NUMBER');
  expect(presidioLabel('DATE_TIME', 'the 3rd of March')).toBe('DATE');
  expect(presidioLabel('DATE_TIME', '1984')).toBe('DATE');
  expect(presidioLabel('DATE_TIME', 'Tuesday')).toBeNull();
  expect(presidioLabel('DATE_TIME', 'two hours')).toBeNull();
});

test('lines of a text are turns', () => {
  expect(wordsOf('my number is\nfive five').map(({ text, segment }) => [text, segment])).toEqual([
    ['my', 0],
    ['number', 0],
    ['is', 0],
    ['five', 1],
    ['five', 1],
  ]);
});

test('lower case without marks moves spans and silent stretches along', () => {
  const text = lowered(example('Hi, [Ana]! Yes.', ['PERSON'], { silent: [[9, 12]] }));
  expect(text.text).toBe('hi ana yes');
  expect(text.spans).toEqual([{ start: 3, end: 6, label: 'PERSON' }]);
  expect(text.silent).toEqual([[7, 10]]);
});

test('a sample is the same every time, keeps the order and is no larger than asked', () => {
  const items = Array.from({ length: 100 }, (_, i) => i);
  const drawn = sampled(items, 10);
  expect(drawn).toEqual(sampled(items, 10));
  expect(drawn).toHaveLength(10);
  expect(drawn).toEqual([...new Set(drawn)].sort((a, b) => a - b));
  expect(sampled([1, 2], 10)).toEqual([1, 2]);
  // Texts of two words each: three of them hold six.
  const texts = items.map((item) => ({ text: `${item} words` }));
  expect(sampled(texts, 10, 7)).toHaveLength(3);
});
