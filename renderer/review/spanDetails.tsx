import { useState } from 'react';
import { type Entity, LABELS, type Label } from '../../core/transcript/schema.ts';
import { Icon } from '../common/icon.tsx';
import { labelHue, labelName } from '../common/labels.ts';
import type { TranscriptLayout } from './layout.ts';
import type { SpanActions } from './sidePanel.tsx';

const DETECTORS: Readonly<Record<Entity['detector'], string>> = {
  rules: 'By its form',
  names: 'By name lists and context',
  head: 'By the learned redactor',
  deny: 'On your list of words to mask',
  person: 'Marked by hand',
};

/** Why a span is masked, and the person's decision. */
export function SpanDetails({
  entity,
  layout,
  revealed,
  actions,
}: {
  entity: Entity;
  layout: TranscriptLayout;
  revealed: boolean;
  actions: SpanActions;
}) {
  const [everywhere, setEverywhere] = useState(false);
  const original = entity.words.map((word) => layout.words.get(word)?.text ?? '').join(' ');
  const alias = (layout.aliases.get(entity.id) ?? entity.label).replace(/^\[|\]$/g, '');
  const masked = layout.masked.some((span) => span.entity.id === entity.id);
  return (
    <section className="panel-section" aria-label="Selected span" data-hue={labelHue(entity.label)}>
      <h2 className="panel-alias">{alias}</h2>
      <p className="panel-original">
        {revealed || !masked ? <q>{original}</q> : <span className="muted">Original hidden</span>}
        {masked && (
          <button type="button" className="link" onClick={() => actions.reveal(entity.id)}>
            {revealed ? 'Hide' : 'Show original'}
          </button>
        )}
      </p>
      <dl className="facts">
        <dt>Found</dt>
        <dd>{DETECTORS[entity.detector]}</dd>
        {entity.detector !== 'person' && (
          <>
            <dt>Rule</dt>
            <dd>{entity.rule}</dd>
            <dt>Score</dt>
            <dd>{entity.score.toFixed(2)}</dd>
          </>
        )}
        <dt>State</dt>
        <dd>{stateOf(entity, masked)}</dd>
      </dl>
      <label className="field">
        <span>Kind</span>
        <select
          value={entity.label}
          onChange={(event) => actions.relabel(entity.id, event.target.value as Label)}
        >
          {LABELS.map((label) => (
            <option key={label} value={label}>
              {labelName(label)}
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
        The same value everywhere
      </label>
      <div className="panel-actions">
        {entity.decision !== 'accepted' && (
          <button
            type="button"
            className="outlined"
            onClick={() => actions.decide(entity.id, 'accepted', everywhere)}
          >
            <Icon name="check" />
            {entity.decision === 'rejected' ? 'Mask again' : 'Accept'}
          </button>
        )}
        {entity.decision !== 'rejected' && (
          <button
            type="button"
            className="outlined"
            onClick={() => actions.decide(entity.id, 'rejected', everywhere)}
          >
            <Icon name="cancel" />
            Do not mask
          </button>
        )}
        <button type="button" className="outlined" onClick={() => actions.hear(entity.words)}>
          Hear it
        </button>
      </div>
    </section>
  );
}

function stateOf({ decision }: Entity, masked: boolean): string {
  if (decision === 'rejected') return 'Readable: you chose not to mask it';
  if (!masked) return 'Readable: this policy does not mask it';
  return decision === 'accepted' ? 'Masked, accepted' : 'Masked, not yet reviewed';
}
