import { counted } from '../common/format.ts';
import { labelHue, labelName } from '../common/labels.ts';
import type { MaskedSpan, TranscriptLayout } from './layout.ts';
import type { SpanActions } from './sidePanel.tsx';

/** Everything that is masked, by alias, with how often; a click goes to the next place. */
export function MaskedList({ layout, actions }: { layout: TranscriptLayout; actions: SpanActions }) {
  const groups = new Map<string, MaskedSpan[]>();
  for (const span of layout.masked) groups.set(span.alias, [...(groups.get(span.alias) ?? []), span]);
  const go = (spans: readonly MaskedSpan[]) => {
    const places = spans.map(({ entity }) => entity.id);
    const current = document.querySelector<HTMLElement>('.chip[data-selected]')?.dataset.entity;
    const next = places[(places.indexOf(current ?? '') + 1) % places.length]!;
    actions.select({ kind: 'entity', id: next });
    const chip = document.querySelector<HTMLElement>(`.chip[data-entity="${next}"]`);
    chip?.scrollIntoView({ block: 'center' });
    chip?.focus({ preventScroll: true });
  };
  return (
    <section className="panel-section" aria-labelledby="masked-title">
      <h2 id="masked-title" className="panel-title">
        Masked
        <span className="panel-count">{counted(layout.masked.length, 'span')}</span>
      </h2>
      {groups.size === 0 ? (
        <p className="muted">
          Nothing in this transcript is masked under this policy. Select words to mask them by hand.
        </p>
      ) : (
        <ul className="masked-list">
          {[...groups].map(([alias, spans]) => (
            <li key={alias}>
              <button type="button" onClick={() => go(spans)} data-hue={labelHue(spans[0]!.entity.label)}>
                <span className="masked-alias">{alias.replace(/^\[|\]$/g, '')}</span>
                <span className="masked-kind">{labelName(spans[0]!.entity.label)}</span>
                <span className="masked-count">{spans.length}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
