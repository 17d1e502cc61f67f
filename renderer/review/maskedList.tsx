import { labelHue } from '../common/labels.ts';
import { m } from '../messages/messages.ts';
import type { MaskedSpan, TranscriptLayout } from './layout.ts';
import type { Selection } from './selection.ts';
import type { SpanActions } from './sidePanel.tsx';

/** Everything that is masked, by alias, with how often; a click goes to the next place. */
export function MaskedList({
  layout,
  selection,
  actions,
}: {
  layout: TranscriptLayout;
  selection: Selection;
  actions: SpanActions;
}) {
  const groups = new Map<string, MaskedSpan[]>();
  for (const span of layout.masked) {
    const group = groups.get(span.alias);
    if (group) group.push(span);
    else groups.set(span.alias, [span]);
  }
  const go = (spans: readonly MaskedSpan[]) => {
    const places = spans.map(({ entity }) => entity.id);
    const current = selection.kind === 'entity' ? places.indexOf(selection.id) : -1;
    actions.go(places[(current + 1) % places.length]!);
  };
  return (
    <section className="panel-section" aria-labelledby="masked-title">
      <h2 id="masked-title" className="panel-title">
        {m.masked.title}
        <span className="panel-count">{m.common.spans(layout.masked.length)}</span>
      </h2>
      {groups.size === 0 ? (
        <p className="muted">{m.masked.nothing}</p>
      ) : (
        <ul className="masked-list">
          {[...groups].map(([alias, spans]) => (
            <li key={alias}>
              <button type="button" onClick={() => go(spans)} data-hue={labelHue(spans[0]!.entity.label)}>
                <span className="masked-alias">{alias.replace(/^\[|\]$/g, '')}</span>
                <span className="masked-kind">{m.labels[spans[0]!.entity.label]}</span>
                <span className="masked-count">{spans.length}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
