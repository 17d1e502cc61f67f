import { useState } from 'react';
import { type Entity, LABELS, type Label } from '../../core/transcript/schema.ts';
import { clock } from '../common/format.ts';
import { labelName } from '../common/labels.ts';
import { texts } from './acoustics/texts.ts';
import type { TranscriptLayout } from './layout.ts';
import type { SpanActions } from './sidePanel.tsx';

/** The selected words, and masking them by hand. */
export function WordDetails({
  ids,
  layout,
  entities,
  actions,
}: {
  ids: readonly string[];
  layout: TranscriptLayout;
  entities: readonly Entity[];
  actions: SpanActions;
}) {
  const [label, setLabel] = useState<Label>('PERSON');
  const [everywhere, setEverywhere] = useState(true);
  const words = ids.map((id) => layout.words.get(id)).filter((word) => word !== undefined);
  const first = words[0];
  if (!first) return null;
  const found = entities.find((entity) => entity.words.includes(first.id));
  const confidence = words.length === 1 ? first.confidence : null;
  return (
    <section className="panel-section" aria-label="Selected words">
      <h2 className="panel-words">{words.map(({ text }) => text).join(' ')}</h2>
      <p className="muted">
        {clock(first.start)}
        {confidence !== null && ` · ${Math.round(confidence * 100)} % sure`}
      </p>
      <label className="field">
        <span>Mask as</span>
        <select value={label} onChange={(event) => setLabel(event.target.value as Label)}>
          {LABELS.map((choice) => (
            <option key={choice} value={choice}>
              {labelName(choice)}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input
          type="checkbox"
          checked={everywhere}
          onChange={(event) => setEverywhere(event.target.checked)}
        />
        Everywhere it is said
      </label>
      <div className="panel-actions">
        <button type="button" className="primary" onClick={() => actions.mask(ids, label, everywhere)}>
          {words.length === 1 ? 'Mask this word' : `Mask these ${words.length} words`}
        </button>
        <button type="button" className="outlined" onClick={() => actions.hear(ids)}>
          Hear it
        </button>
        <button type="button" className="outlined" onClick={() => actions.attention(ids[0]!)}>
          {texts.look}
        </button>
        {found && (
          <button
            type="button"
            className="outlined"
            onClick={() => actions.select({ kind: 'entity', id: found.id })}
          >
            Found as {labelName(found.label).toLowerCase()}…
          </button>
        )}
      </div>
    </section>
  );
}
