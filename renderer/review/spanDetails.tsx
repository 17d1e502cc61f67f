import { useState } from 'react';
import { type Entity, LABELS, type Label } from '../../core/transcript/schema.ts';
import { Icon } from '../common/icon.tsx';
import { labelHue } from '../common/labels.ts';
import { m } from '../messages/messages.ts';
import type { TranscriptLayout } from './layout.ts';
import type { SpanActions } from './sidePanel.tsx';

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
    <section className="panel-section" aria-label={m.span.name} data-hue={labelHue(entity.label)}>
      <h2 className="panel-alias">{alias}</h2>
      <p className="panel-original">
        {revealed || !masked ? <q>{original}</q> : <span className="muted">{m.span.hidden}</span>}
        {masked && (
          <button type="button" className="link" onClick={() => actions.reveal(entity.id)}>
            {revealed ? m.span.hide : m.span.show}
          </button>
        )}
      </p>
      <dl className="facts">
        <dt>{m.span.found}</dt>
        <dd>{m.detectors[entity.detector]}</dd>
        {entity.detector !== 'person' && (
          <>
            <dt>{m.span.rule}</dt>
            <dd>{entity.rule}</dd>
            <dt>{m.span.score}</dt>
            <dd>{entity.score.toFixed(2)}</dd>
          </>
        )}
        <dt>{m.span.state}</dt>
        <dd>{stateOf(entity, masked)}</dd>
      </dl>
      <label className="field">
        <span>{m.span.kind}</span>
        <select
          value={entity.label}
          onChange={(event) => actions.relabel(entity.id, event.target.value as Label)}
        >
          {LABELS.map((label) => (
            <option key={label} value={label}>
              {m.labels[label]}
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
        {m.span.everywhere}
      </label>
      <div className="panel-actions">
        {entity.decision !== 'accepted' && (
          <button
            type="button"
            className="outlined"
            onClick={() => actions.decide(entity.id, 'accepted', everywhere)}
          >
            <Icon name="check" />
            {entity.decision === 'rejected' ? m.span.maskAgain : m.span.accept}
          </button>
        )}
        {entity.decision !== 'rejected' && (
          <button
            type="button"
            className="outlined"
            onClick={() => actions.decide(entity.id, 'rejected', everywhere)}
          >
            <Icon name="cancel" />
            {m.span.reject}
          </button>
        )}
        <button type="button" className="outlined" onClick={() => actions.hear(entity.words)}>
          {m.span.hear}
        </button>
      </div>
    </section>
  );
}

function stateOf({ decision }: Entity, masked: boolean): string {
  if (decision === 'rejected') return m.span.rejected;
  if (!masked) return m.span.kept;
  return decision === 'accepted' ? m.span.accepted : m.span.pending;
}
