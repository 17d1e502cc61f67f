import type { Entity } from '../../core/transcript/schema.ts';
import { fineClock, percent } from '../common/format.ts';
import { labelHue } from '../common/labels.ts';
import { ruleTold } from '../messages/failures.ts';
import { m } from '../messages/messages.ts';
import { KeyButton } from './keyButton.tsx';
import { KindField } from './kindField.tsx';
import type { TranscriptLayout } from './layout.ts';
import { listenedWords } from './listened.ts';
import type { SpanActions } from './sidePanel.tsx';

/** Moves of a span's edges, by words. */
const EDGES = [
  { edge: 'start', by: 1, name: 'growStart' },
  { edge: 'start', by: -1, name: 'shrinkStart' },
  { edge: 'end', by: -1, name: 'shrinkEnd' },
  { edge: 'end', by: 1, name: 'growEnd' },
] as const;

/** Why a span is masked, where it begins and ends, and the person's decision; each with its key. */
export function SpanDetails({
  entity,
  alike,
  layout,
  revealed,
  actions,
}: {
  entity: Entity;
  /** How many spans say the same, with this one. */
  alike: number;
  layout: TranscriptLayout;
  revealed: boolean;
  actions: SpanActions;
}) {
  const original = entity.words.map((word) => layout.words.get(word)?.text ?? '').join(' ');
  const alias = (layout.aliases.get(entity.id) ?? entity.label).replace(/^\[|\]$/g, '');
  const masked = layout.masked.some((span) => span.entity.id === entity.id);
  const rejected = entity.decision === 'rejected';
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
      <div className="panel-stack">
        {entity.decision !== 'accepted' && (
          <KeyButton
            icon="check"
            name={rejected ? m.span.maskAgain : m.span.accept}
            hint="A"
            run={() => actions.decide(entity.id, 'accepted', false)}
          />
        )}
        {alike > 1 && (
          <KeyButton
            icon="check"
            name={rejected ? m.span.maskAllAgain(alike) : m.span.acceptAll(alike)}
            hint="⇧A"
            run={() => actions.decide(entity.id, 'accepted', true)}
          />
        )}
        {!rejected && (
          <KeyButton
            icon="cancel"
            name={m.span.reject}
            hint="X"
            run={() => actions.decide(entity.id, 'rejected', false)}
          />
        )}
        {alike > 1 && !rejected && (
          <KeyButton
            icon="cancel"
            name={m.span.rejectAll(alike)}
            hint="⇧X"
            run={() => actions.decide(entity.id, 'rejected', true)}
          />
        )}
        <KeyButton icon="hear" name={m.span.hear} hint="H" run={() => actions.hear(entity.words)} />
      </div>
      <dl className="facts">
        <dt>{m.span.state}</dt>
        <dd>{stateOf(entity, masked)}</dd>
        <dt>{m.span.found}</dt>
        <dd>{m.detectors[entity.detector]}</dd>
        {entity.detector !== 'person' && (
          <>
            <dt>{m.span.rule}</dt>
            <dd>{ruleOf(entity)}</dd>
            <dt>{m.span.score}</dt>
            <dd>{entity.score.toFixed(2)}</dd>
          </>
        )}
        {entity.heard && (
          <>
            <dt>{m.span.listened}</dt>
            <dd>
              {m.span.heard(
                `${fineClock(entity.heard.start)}–${fineClock(entity.heard.end)}`,
                listenedWords(entity, layout, revealed || !masked),
              )}
            </dd>
            <dt>{m.span.sound}</dt>
            <dd>{percent(entity.heard.share)}</dd>
          </>
        )}
      </dl>
      <KindField
        name={m.span.kind}
        value={entity.label}
        onChange={(label) => actions.relabel(entity.id, label)}
      />
      {masked && (
        <fieldset className="field span-edges">
          <legend>{m.span.edges}</legend>
          {EDGES.map(({ edge, by, name }) => (
            <button
              key={name}
              type="button"
              className="outlined"
              disabled={by < 0 && entity.words.length < 2}
              onClick={() => actions.resize(entity.id, edge, by)}
            >
              {m.span[name]}
            </button>
          ))}
        </fieldset>
      )}
    </section>
  );
}

/** The head has no rules; what it went by says the same in the person's language. */
function ruleOf({ detector, rule, heard }: Entity): string {
  if (detector !== 'head') return ruleTold(rule);
  return heard ? m.span.byTextAndSound : m.span.byText;
}

function stateOf({ decision }: Entity, masked: boolean): string {
  if (decision === 'rejected') return m.span.rejected;
  if (!masked) return m.span.kept;
  return decision === 'accepted' ? m.span.accepted : m.span.pending;
}
