import { useId, useState } from 'react';
import { aliasText } from '../../core/transcript/people.ts';
import type { Label } from '../../core/transcript/schema.ts';
import { AskedField } from '../common/askedField.tsx';
import { m } from '../messages/messages.ts';

/** One line of the list: a value, with every place that says it. */
export interface Value {
  /** Without its brackets. */
  readonly alias: string;
  readonly label: Label;
  /** As it is shown: the alias of what is masked, the words of what is readable. */
  readonly text: string;
  readonly entities: readonly string[];
}

/** What a person can say about who is who. */
export interface ValueActions {
  /** Null gives back the name by kind and number. */
  rename(entities: readonly string[], alias: string | null): void;
  /** From now on they are one person. */
  merge(entities: readonly string[]): void;
  /** From now on these are a person of their own. */
  split(entities: readonly string[]): void;
}

/** Under a value: its alias to change, and for people, who is the same and who is somebody else. */
export function ValueEditor({
  value,
  others,
  selected,
  alike,
  actions,
  onDone,
}: {
  value: Value;
  /** The other values of its kind. */
  others: readonly Value[];
  /** The place of this value that is selected, or null. */
  selected: string | null;
  /** All places of this value that say the same as the selected one. */
  alike: readonly string[];
  actions: ValueActions;
  onDone: () => void;
}) {
  const hintId = useId();
  const [name, setName] = useState(value.alias);
  const [problem, setProblem] = useState('');
  const chosen = !/^[A-Z_]+_\d+$/.test(value.alias);
  const rename = () => {
    if (name.trim() === value.alias) {
      onDone();
      return;
    }
    let alias: string;
    try {
      alias = aliasText(name);
    } catch {
      setProblem(m.values.unusable);
      return;
    }
    if (others.some((other) => other.alias.toLowerCase() === alias.toLowerCase())) {
      setProblem(m.values.taken(alias));
      return;
    }
    actions.rename(value.entities, alias);
    onDone();
  };
  return (
    <form
      className="value-editor"
      aria-label={m.values.editNamed(value.alias)}
      onSubmit={(event) => {
        event.preventDefault();
        rename();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <AskedField name={m.values.alias} maxLength={60} value={name} onChange={setName} />
      <p role="status" className="job-status job-error">
        {problem}
      </p>
      <div className="panel-actions">
        <button type="submit" className="outlined">
          {m.values.rename}
        </button>
        {chosen && (
          <button
            type="button"
            className="outlined"
            onClick={() => {
              actions.rename(value.entities, null);
              onDone();
            }}
          >
            {m.values.giveBack}
          </button>
        )}
      </div>
      {value.label === 'PERSON' && others.length > 0 && (
        <label className="field">
          <span>{m.values.same}</span>
          <select
            value=""
            onChange={(event) => {
              const other = others[Number(event.target.value)]!;
              actions.merge([...value.entities, ...other.entities]);
              onDone();
            }}
          >
            <option value="">{m.values.chooseSame}</option>
            {others.map(({ alias }, place) => (
              <option key={alias} value={place}>
                {alias}
              </option>
            ))}
          </select>
        </label>
      )}
      {value.label === 'PERSON' && value.entities.length > 1 && (
        <fieldset className="field" aria-describedby={hintId}>
          <legend>{m.values.notAll}</legend>
          <div className="panel-actions">
            <button
              type="button"
              className="outlined"
              disabled={selected === null}
              onClick={() => {
                actions.split([selected!]);
                onDone();
              }}
            >
              {m.values.splitPlace}
            </button>
            {alike.length > 1 && alike.length < value.entities.length && (
              <button
                type="button"
                className="outlined"
                onClick={() => {
                  actions.split(alike);
                  onDone();
                }}
              >
                {m.values.splitAlike(alike.length)}
              </button>
            )}
          </div>
          <small id={hintId} className="muted">
            {selected === null ? m.values.selectFirst : ''}
          </small>
        </fieldset>
      )}
    </form>
  );
}
