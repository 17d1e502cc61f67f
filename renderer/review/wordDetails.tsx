import { useState } from 'react';
import type { Entity, Label, Transcript } from '../../core/transcript/schema.ts';
import { clock } from '../common/format.ts';
import { m } from '../messages/messages.ts';
import { KeyButton } from './keyButton.tsx';
import { KindField } from './kindField.tsx';
import { DOUBTFUL } from './order.ts';
import type { SpanActions, WordActions } from './sidePanel.tsx';

/** The selected words: hearing, correcting and masking them, and who said them. */
export function WordDetails({
  ids,
  text,
  transcript,
  words,
  actions,
  spanActions,
}: {
  ids: readonly string[];
  /** As it is read, masked words by their aliases. */
  text: string;
  transcript: Transcript;
  words: ReadonlyMap<string, Transcript['segments'][number]['words'][number]>;
  actions: WordActions;
  spanActions: SpanActions;
}) {
  const [label, setLabel] = useState<Label>('PERSON');
  const [everywhere, setEverywhere] = useState(true);
  const first = words.get(ids[0]!);
  if (!first) return null;
  const found: Entity | undefined = transcript.entities.find((entity) => entity.words.includes(first.id));
  const single = ids.length === 1;
  const confidence = single ? first.confidence : null;
  const doubtful = ids.some((id) => (words.get(id)?.confidence ?? 1) < DOUBTFUL);
  return (
    <section className="panel-section" aria-label={m.words.name}>
      <h2 className="panel-words">{text}</h2>
      <p className="muted">
        {clock(first.start)}
        {confidence !== null && ` · ${m.words.sure(Math.round(confidence * 100))}`}
      </p>
      {doubtful && (
        <div className="panel-stack">
          <KeyButton icon="check" name={m.words.confirm} hint="C" run={() => actions.confirm(ids)} />
        </div>
      )}
      <div className="panel-actions">
        <button type="button" className="outlined" onClick={() => actions.hear(ids)}>
          {m.words.hear}
        </button>
        <button type="button" className="outlined" onClick={() => actions.edit(first.id)}>
          {m.words.edit}
        </button>
        {actions.attention && (
          <button type="button" className="outlined" onClick={() => actions.attention?.(first.id)}>
            {m.acoustics.look}
          </button>
        )}
        {found && single && (
          <button
            type="button"
            className="outlined"
            onClick={() => spanActions.select({ kind: 'entity', id: found.id })}
          >
            {m.words.foundAs(m.labels[found.label])}
          </button>
        )}
      </div>
      <div className="mask-by-hand">
        <KindField name={m.words.maskAs} value={label} onChange={setLabel} />
        <label className="check">
          <input
            type="checkbox"
            checked={everywhere}
            onChange={(event) => setEverywhere(event.target.checked)}
          />
          {m.words.everywhere}
        </label>
        <button type="button" className="primary" onClick={() => spanActions.mask(ids, label, everywhere)}>
          {m.words.mask(ids.length)}
        </button>
      </div>
      {transcript.speakers.length > 0 && (
        <label className="field">
          <span>{m.words.spokenBy}</span>
          <select
            value={first.speaker ?? ''}
            onChange={(event) => actions.speaker(ids, event.target.value || null)}
          >
            <option value="">{m.speakers.unknown}</option>
            {transcript.speakers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="panel-stack">
        <KeyButton name={m.words.split} hint="S" run={() => actions.split(first.id)} />
        <KeyButton name={m.words.join} hint="⇧S" run={() => actions.join(first.id)} />
        <KeyButton name={m.words.remove} hint={m.shortcuts.keys.Delete} run={() => actions.remove(ids)} />
      </div>
    </section>
  );
}
