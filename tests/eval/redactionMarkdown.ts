import type { Estimate, Figures, Score } from './spanScore.ts';

/** What `eval:redaction` found on one set in one form; the scores of Sotto first. */
export interface SetResult {
  readonly set: string;
  readonly form: string;
  readonly note: string;
  /** Not all values are labelled, so that precision says nothing. */
  readonly partly: boolean;
  readonly systems: readonly {
    readonly system: string;
    readonly scores: readonly Omit<Score, 'recalls'>[];
  }[];
}

/** Recall by origin, of every column (`Sotto, lower case`). */
export type OriginFigures = Readonly<
  Record<string, Readonly<Record<string, Estimate & { readonly names: number }>>>
>;

const plain = ({ value }: Estimate) => value.toFixed(3);
const bracketed = ({ value, low, high }: Estimate) =>
  `${value.toFixed(3)} (${low.toFixed(2)}-${high.toFixed(2)})`;
const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
const head = (cells: readonly string[]) => row(cells) + row(cells.map(() => '---'));

/** A row a set, form and label, both systems in it. */
export function corporaTable(results: readonly SetResult[]): string {
  const columns: readonly (readonly [keyof Figures, (of: Estimate) => string])[] = [
    ['precision', bracketed],
    ['recall', bracketed],
    ['f1', plain],
    ['f2', plain],
  ];
  let table = head([
    'set',
    'form',
    'label',
    'of',
    'precision',
    'recall',
    'F1',
    'F2',
    'Presidio: precision',
    'recall',
    'F2',
  ]);
  for (const { set, form, note, partly, systems } of results) {
    const [own, other] = systems;
    for (const [i, { label, counts, figures }] of own!.scores.entries()) {
      const known = (name: keyof Figures) => !partly || name === 'recall';
      const theirs = other?.scores.find((score) => score.label === label)?.figures;
      table += row([
        i === 0 ? `${set}${note === '' ? '' : ` (${note})`}` : '',
        i === 0 ? form : '',
        label,
        String(counts.gold),
        ...columns.map(([name, show]) => (known(name) ? show(figures[name]) : '-')),
        ...(['precision', 'recall', 'f2'] as const).map((name) =>
          theirs && known(name) ? plain(theirs[name]) : '-',
        ),
      ]);
    }
  }
  return table;
}

/** A row a label, the forms of one set side by side. */
export function typesTable(results: readonly SetResult[]): string {
  const labels = results[0]!.systems[0]!.scores.map(({ label, counts }) => [label, counts.gold] as const);
  let table = head(['label', 'of', ...results.flatMap(({ form }) => [`${form}: precision`, 'recall', 'F2'])]);
  for (const [label, gold] of labels) {
    const cells = results.flatMap(({ systems }) => {
      const figures = systems[0]!.scores.find((score) => score.label === label)?.figures;
      return figures
        ? [bracketed(figures.precision), bracketed(figures.recall), plain(figures.f2)]
        : ['-', '-', '-'];
    });
    table += row([label, String(gold), ...cells]);
  }
  return table;
}

/** A row an origin of names, the weakest of the first column first. */
export function originsTable(figures: OriginFigures): string {
  const columns = Object.entries(figures).sort(
    ([a], [b]) => Number(b.startsWith('Sotto')) - Number(a.startsWith('Sotto')) || b.localeCompare(a),
  );
  const [, first] = columns[0]!;
  const origins = Object.entries(first).sort(([, a], [, b]) => a.value - b.value);
  let table = head(['origin', 'names', ...columns.map(([name]) => name)]);
  for (const [origin, { names }] of origins)
    table += row([
      origin,
      String(names),
      ...columns.map(([, recalls], i) => (i === 0 ? bracketed(recalls[origin]!) : plain(recalls[origin]!))),
    ]);
  return table;
}
