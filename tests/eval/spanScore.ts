import { seededRandom } from '../../core/recognizer/random.ts';
import { LABELS, type Label } from '../../core/transcript/schema.ts';
import type { Example } from './labelledText.ts';

/** What a system takes for personal data; offsets in UTF-16 units. */
export interface Prediction {
  readonly start: number;
  readonly end: number;
  /** Null: it masks, but is of a kind that nobody scored here labels, so it can be no mistake either. */
  readonly label: Label | null;
  /** What found it. */
  readonly rule: string;
}

/** Of one label: gold spans, those found, predicted spans, those that are false. */
export interface Tally {
  gold: number;
  found: number;
  predicted: number;
  wrong: number;
}
export type Tallies = ReadonlyMap<Label, Tally>;

/** Share of a gold span's letters and figures that must be masked, under whatever label, for it to be found. */
const FOUND = 0.6;

type Range = { readonly start: number; readonly end: number };
const touches = (a: Range, b: Range) => a.start < b.end && b.start < a.end;

/** Whether so much of a stretch of the text is masked that it counts as found. */
export function isFound(text: string, { start, end }: Range, predictions: readonly Range[]): boolean {
  const covered = predictions.filter((span) => span.start < end && start < span.end);
  let letters = 0;
  let masked = 0;
  for (const { 0: letter, index } of text.slice(start, end).matchAll(/[\p{L}\p{N}]/gu)) {
    letters += letter.length;
    if (covered.some((span) => span.start <= start + index && start + index < span.end))
      masked += letter.length;
  }
  return letters === 0 ? covered.length > 0 : masked >= FOUND * letters;
}

/** Whether a prediction is right, false, or nothing that can be judged: of a label or a stretch left open by the source. */
export function judge({ spans, silent, known }: Example, prediction: Prediction): 'right' | 'false' | null {
  const { label } = prediction;
  if (label === null || !known.has(label)) return null;
  if (spans.some((gold) => known.has(gold.label) && touches(gold, prediction))) return 'right';
  const open = [
    ...silent.map(([start, end]) => ({ start, end })),
    ...spans.filter((gold) => !known.has(gold.label)),
  ];
  return open.some((range) => touches(range, prediction)) ? null : 'false';
}

/** Counts of one example by label. A predicted span is false when it touches no gold span, of whatever label. */
export function tally(example: Example, predictions: readonly Prediction[]): Tallies {
  const tallies = new Map<Label, Tally>();
  const of = (label: Label): Tally => {
    const counts = tallies.get(label) ?? { gold: 0, found: 0, predicted: 0, wrong: 0 };
    tallies.set(label, counts);
    return counts;
  };
  for (const gold of example.spans) {
    if (!example.known.has(gold.label)) continue;
    const counts = of(gold.label as Label);
    counts.gold++;
    if (isFound(example.text, gold, predictions)) counts.found++;
  }
  for (const prediction of predictions) {
    const judgement = judge(example, prediction);
    if (judgement === null) continue;
    const counts = of(prediction.label!);
    counts.predicted++;
    if (judgement === 'false') counts.wrong++;
  }
  return tallies;
}

export interface Figures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly f2: number;
}
export const FIGURES = ['precision', 'recall', 'f1', 'f2'] as const;

/** Precision, recall, F1 and F2 (recall counts twice as much) of counts; without gold spans only precision is a number. */
export function figuresOf({ gold, found, predicted, wrong }: Tally): Figures {
  // Nothing predicted under this label is nothing wrong, where the gold spans were masked under others.
  const precision = predicted === 0 ? Number(found > 0) : (predicted - wrong) / predicted;
  const recall = found / gold;
  const f = (beta: number) =>
    precision + recall === 0 ? 0 : ((1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall);
  return { precision, recall, f1: f(1), f2: f(2) };
}

/** A figure with the interval in which 95 % of the resampled ones lie. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** The figures of one label, or of all labels with gold spans together. */
export interface Score {
  readonly label: Label | 'all';
  readonly counts: Tally;
  readonly figures: Readonly<Record<keyof Figures, Estimate>>;
  /** Recall of every resampling: two systems scored on the same examples meet the same resamplings. */
  readonly recalls: readonly number[];
}

const DRAWS = 500;
const SEED = 1;

/** Scores by label over examples, for labels that have gold spans, and over these together where they are several. */
export function scores(tallies: readonly Tallies[]): Score[] {
  const labels = LABELS.filter((label) => tallies.some((of) => (of.get(label)?.gold ?? 0) > 0));
  const draws = resamplings(tallies.length);
  const columns = new Map<Label, Tally[]>(
    labels.map((label) => [label, tallies.map((of) => of.get(label) ?? NONE)]),
  );
  const rows = labels.map((label): [Label | 'all', Tally[]] => [label, columns.get(label)!]);
  if (rows.length > 1)
    rows.push(['all', tallies.map((of) => sum(labels.map((label) => of.get(label) ?? NONE)))]);
  return rows.map(([label, column]) => {
    const value = figuresOf(sum(column));
    const drawn = draws.map((indices) => figuresOf(sumAt(column, indices)));
    const figures = Object.fromEntries(
      FIGURES.map((name) => [name, { value: value[name], ...interval(drawn.map((of) => of[name])) }]),
    ) as Record<keyof Figures, Estimate>;
    return { label, counts: sum(column), figures, recalls: drawn.map(({ recall }) => recall) };
  });
}

/** How much the recall of `a` is above that of `b`, both scored on the same examples. */
export function recallAhead(a: Score, b: Score): Estimate {
  const differences = a.recalls.map((recall, i) => recall - b.recalls[i]!);
  return { value: a.figures.recall.value - b.figures.recall.value, ...interval(differences) };
}

/** Recall of the gold spans that tell their origin, and how many there are, by origin. */
export function recallByOrigin(
  examples: readonly Example[],
  found: readonly (readonly Prediction[])[],
): Map<string, Estimate & { readonly names: number }> {
  const byOrigin = new Map<string, Tallies[]>();
  examples.forEach(({ text, spans }, n) => {
    for (const origin of new Set(spans.flatMap((span) => span.origin ?? []))) {
      const named = spans.filter((span) => span.origin === origin);
      const hits = named.filter((span) => isFound(text, span, found[n]!)).length;
      const counts = { gold: named.length, found: hits, predicted: 0, wrong: 0 };
      byOrigin.set(origin, [...(byOrigin.get(origin) ?? []), new Map([['PERSON', counts]])]);
    }
  });
  return new Map(
    [...byOrigin].map(([origin, tallies]) => {
      const [score] = scores(tallies);
      return [origin, { ...score!.figures.recall, names: score!.counts.gold }];
    }),
  );
}

const NONE: Tally = { gold: 0, found: 0, predicted: 0, wrong: 0 };

function sum(column: readonly Tally[]): Tally {
  const total = { ...NONE };
  for (const { gold, found, predicted, wrong } of column) {
    total.gold += gold;
    total.found += found;
    total.predicted += predicted;
    total.wrong += wrong;
  }
  return total;
}

function sumAt(column: readonly Tally[], indices: Uint32Array): Tally {
  const total = { ...NONE };
  for (const index of indices) {
    const counts = column[index]!;
    if (counts === NONE) continue;
    total.gold += counts.gold;
    total.found += counts.found;
    total.predicted += counts.predicted;
    total.wrong += counts.wrong;
  }
  return total;
}

/** As many examples as there are, drawn with replacement, {@link DRAWS} times. */
function resamplings(count: number): Uint32Array[] {
  const random = seededRandom(SEED);
  return Array.from({ length: DRAWS }, () =>
    Uint32Array.from({ length: count }, () => Math.floor(random() * count)),
  );
}

/** The middle 95 % of what is a number: a resampling may have drawn no gold span. */
function interval(values: readonly number[]): { low: number; high: number } {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))]!;
  return { low: at(0.025), high: at(0.975) };
}
