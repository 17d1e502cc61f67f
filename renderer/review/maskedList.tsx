import type { Entity, Label } from '../../core/transcript/schema.ts';
import { labelHue } from '../common/labels.ts';
import { m } from '../messages/messages.ts';
import type { TranscriptLayout } from './layout.ts';
import type { Selection } from './selection.ts';
import type { SpanActions } from './sidePanel.tsx';

/** One line of the list: a value, with every place that says it. */
interface Value {
  readonly alias: string;
  readonly label: Label;
  /** As it is shown: the alias of what is masked, the words of what is readable. */
  readonly text: string;
  readonly entities: readonly string[];
}

/** Everything that was found, by kind and value with counts: what is masked, then what stays readable. */
export function MaskedList({
  layout,
  entities,
  selection,
  actions,
}: {
  layout: TranscriptLayout;
  entities: readonly Entity[];
  selection: Selection;
  actions: SpanActions;
}) {
  const masked = layout.masked.map(({ entity }) => entity);
  const hidden = new Set(masked);
  const open = entities.filter((entity) => !hidden.has(entity));
  const aliasOf = ({ id, label }: Entity) => (layout.aliases.get(id) ?? label).replace(/^\[|\]$/g, '');
  const saidBy = ({ words }: Entity) => words.map((word) => layout.words.get(word)?.text ?? '').join(' ');
  const go = ({ entities: places }: Value) => {
    const current = selection.kind === 'entity' ? places.indexOf(selection.id) : -1;
    actions.go(places[(current + 1) % places.length]!);
  };
  return (
    <section className="panel-section" aria-labelledby="masked-title">
      <h2 id="masked-title" className="panel-title">
        {m.masked.title}
        <span className="panel-count">{m.common.spans(masked.length)}</span>
      </h2>
      {masked.length === 0 && <p className="muted">{m.masked.nothing}</p>}
      {kindsOf(masked, aliasOf, aliasOf).map(([label, values]) => (
        <Kind key={label} label={label} values={values} go={go} />
      ))}
      {open.length > 0 && (
        <details className="readable-list">
          <summary>
            {m.masked.readable}
            <span className="panel-count">{m.common.spans(open.length)}</span>
          </summary>
          {kindsOf(open, aliasOf, saidBy).map(([label, values]) => (
            <Kind key={label} label={label} values={values} go={go} />
          ))}
        </details>
      )}
    </section>
  );
}

function Kind({ label, values, go }: { label: Label; values: readonly Value[]; go: (value: Value) => void }) {
  const places = values.reduce((sum, { entities }) => sum + entities.length, 0);
  return (
    <details open className="kind" data-hue={labelHue(label)}>
      <summary>
        <span className="kind-name">{m.labels[label]}</span>
        <span className="panel-count">{m.common.number(places)}</span>
      </summary>
      <ul className="masked-list">
        {values.map((value) => (
          <li key={value.alias}>
            <button type="button" onClick={() => go(value)}>
              <span className="masked-alias">{value.text}</span>{' '}
              <span className="masked-count">
                {m.common.number(value.entities.length)}
                <span className="only-heard"> {m.masked.places(value.entities.length)}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Grouped by kind, then by value; kinds and values in the order they are first said. */
function kindsOf(
  entities: readonly Entity[],
  aliasOf: (entity: Entity) => string,
  textOf: (entity: Entity) => string,
): [Label, Value[]][] {
  const kinds = new Map<Label, Map<string, Value & { entities: string[] }>>();
  for (const entity of entities) {
    const values = kinds.get(entity.label) ?? new Map();
    kinds.set(entity.label, values);
    const alias = aliasOf(entity);
    const known = values.get(alias);
    if (known) known.entities.push(entity.id);
    else values.set(alias, { alias, label: entity.label, text: textOf(entity), entities: [entity.id] });
  }
  return [...kinds].map(([label, values]) => [label, [...values.values()]]);
}
