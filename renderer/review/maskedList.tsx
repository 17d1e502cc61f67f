import { useState } from 'react';
import type { Entity, Label } from '../../core/transcript/schema.ts';
import { foldWords } from '../../core/transcript/text.ts';
import { Icon } from '../common/icon.tsx';
import { labelHue } from '../common/labels.ts';
import { m } from '../messages/messages.ts';
import type { TranscriptLayout } from './layout.ts';
import type { Selection } from './selection.ts';
import type { SpanActions } from './sidePanel.tsx';
import { type Value, ValueEditor } from './valueEditor.tsx';

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
  const saidBy = ({ words }: Pick<Entity, 'words'>) =>
    words.map((word) => layout.words.get(word)?.text ?? '').join(' ');
  const go = ({ entities: places }: Value) => {
    const current = selection.kind === 'entity' ? places.indexOf(selection.id) : -1;
    actions.go(places[(current + 1) % places.length]!);
  };
  /** The places of a value that say the same as its selected one. */
  const alikeIn = ({ entities: places }: Value) => {
    const folded = new Map(
      entities
        .filter(({ id }) => places.includes(id))
        .map((entity) => [entity.id, foldWords([saidBy(entity)])]),
    );
    const said = selection.kind === 'entity' ? folded.get(selection.id) : undefined;
    return said === undefined ? [] : places.filter((id) => folded.get(id) === said);
  };
  const rows = { go, actions, alikeIn, selected: selection.kind === 'entity' ? selection.id : null };
  return (
    <section className="panel-section" aria-labelledby="masked-title">
      <h2 id="masked-title" className="panel-title">
        {m.masked.title}
        <span className="panel-count">{m.common.spans(masked.length)}</span>
      </h2>
      {masked.length === 0 && <p className="muted">{m.masked.nothing}</p>}
      {kindsOf(masked, aliasOf, aliasOf).map(([label, values]) => (
        <Kind key={label} label={label} values={values} {...rows} />
      ))}
      {open.length > 0 && (
        <details className="readable-list">
          <summary>
            {m.masked.readable}
            <span className="panel-count">{m.common.spans(open.length)}</span>
          </summary>
          {kindsOf(open, aliasOf, saidBy).map(([label, values]) => (
            <Kind key={label} label={label} values={values} {...rows} />
          ))}
        </details>
      )}
    </section>
  );
}

function Kind({
  label,
  values,
  go,
  actions,
  alikeIn,
  selected,
}: {
  label: Label;
  values: readonly Value[];
  go: (value: Value) => void;
  actions: SpanActions;
  alikeIn: (value: Value) => readonly string[];
  /** The selected place, of this kind or not. */
  selected: string | null;
}) {
  const [editing, setEditing] = useState<string | null>(null);
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
            <div className="masked-row">
              <button type="button" className="masked-value" onClick={() => go(value)}>
                <span className="masked-alias">{value.text}</span>{' '}
                <span className="masked-count">
                  {m.common.number(value.entities.length)}
                  <span className="only-heard"> {m.masked.places(value.entities.length)}</span>
                </span>
              </button>
              <button
                type="button"
                className="plain"
                aria-label={m.values.editNamed(value.alias)}
                aria-expanded={editing === value.alias}
                onClick={() => setEditing(editing === value.alias ? null : value.alias)}
              >
                <Icon name="edit" />
              </button>
            </div>
            {editing === value.alias && (
              <ValueEditor
                value={value}
                others={values.filter((other) => other !== value)}
                selected={value.entities.find((id) => id === selected) ?? null}
                alike={alikeIn(value)}
                actions={actions}
                onDone={() => setEditing(null)}
              />
            )}
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
