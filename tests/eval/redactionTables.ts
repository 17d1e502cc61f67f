import type { Example } from './labelledText.ts';
import {
  type Estimate,
  FIGURES,
  type Prediction,
  recallAhead,
  recallByOrigin,
  type Score,
} from './spanScore.ts';

/** The scores of one system on one set. */
export interface Scored {
  readonly system: string;
  readonly scores: readonly Score[];
}

const cell = ({ value, low, high }: Estimate) =>
  `${value.toFixed(3)} ${low.toFixed(3)}-${high.toFixed(3)}`.padStart(20);
const MISSING = '-'.padStart(20);

/** A row a label and system, and what the first system's recall is ahead of the second's. */
export function scoreTable(systems: readonly Scored[], partly: boolean): string {
  let table = `${'label'.padEnd(14)}${''.padEnd(9)}   gold${FIGURES.map((name) => name.padStart(20)).join('')}\n`;
  for (const { label } of systems[0]!.scores) {
    const rows = systems.map(({ system, scores: of }) => ({
      system,
      score: of.find((row) => row.label === label)!,
    }));
    for (const { system, score } of rows) {
      const cells = FIGURES.map((name) =>
        partly && name !== 'recall' ? MISSING : cell(score.figures[name]),
      );
      table += `${label.padEnd(14)}${system.padEnd(9)}${String(score.counts.gold).padStart(7)}${cells.join('')}\n`;
    }
    const [first, second] = rows;
    if (second === undefined) continue;
    const { value, low, high } = recallAhead(first!.score, second.score);
    const points = (share: number) => (100 * share).toFixed(1);
    table += `${''.padEnd(14)}recall ahead by ${points(value)} points, ${points(low)} to ${points(high)}\n`;
  }
  return table;
}

interface OriginForm {
  readonly form: string;
  readonly examples: readonly Example[];
  /** By system, by example. */
  readonly found: readonly Prediction[][][];
}

/** Recall of PERSON by origin, a column a form and system, the weakest of the first system's last form first. */
export function originTable(
  systems: readonly string[],
  forms: readonly OriginForm[],
): { table: string; figures: object } {
  const columns = forms.flatMap(({ form, examples, found }) =>
    systems.map((system, i) => ({
      name: `${system}, ${form}`,
      recalls: recallByOrigin(examples, found[i]!),
    })),
  );
  const last = columns[columns.length - systems.length]!;
  const origins = [...last.recalls].sort(([, a], [, b]) => a.value - b.value).map(([origin]) => origin);
  let table = `${'origin'.padEnd(28)}  names${columns.map(({ name }) => name.padStart(22)).join('')}\n`;
  for (const origin of origins)
    table += `${origin.padEnd(28)}${String(last.recalls.get(origin)!.names).padStart(7)}${columns
      .map(({ recalls }) => cell(recalls.get(origin)!).padStart(22))
      .join('')}\n`;
  const figures = Object.fromEntries(columns.map(({ name, recalls }) => [name, Object.fromEntries(recalls)]));
  return { table, figures };
}
