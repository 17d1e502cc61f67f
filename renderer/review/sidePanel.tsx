import type { Entity, Label } from '../../core/transcript/schema.ts';
import { Icon } from '../common/icon.tsx';
import type { TranscriptLayout } from './layout.ts';
import { MaskedList } from './maskedList.tsx';
import { NOTHING, type Selection } from './selection.ts';
import { SpanDetails } from './spanDetails.tsx';
import { WordDetails } from './wordDetails.tsx';

/** What a person can do about the selection. */
export interface SpanActions {
  reveal(entity: string): void;
  decide(entity: string, decision: Entity['decision'], everywhere: boolean): void;
  relabel(entity: string, label: Label): void;
  mask(words: readonly string[], label: Label, everywhere: boolean): void;
  hear(words: readonly string[]): void;
  /** Shows what the encoder attends to in the word's segment. */
  attention(word: string): void;
  select(selection: Selection): void;
}

/** Beside the text: the selected span or words, or everything that is masked. */
export function SidePanel({
  layout,
  entities,
  selection,
  revealed,
  actions,
}: {
  layout: TranscriptLayout;
  entities: readonly Entity[];
  selection: Selection;
  revealed: ReadonlySet<string>;
  actions: SpanActions;
}) {
  const entity = selection.kind === 'entity' ? entities.find(({ id }) => id === selection.id) : undefined;
  return (
    <aside className="panel" data-selection={selection.kind} aria-label="Masked personal data">
      {selection.kind !== 'none' && (
        <button
          type="button"
          className="plain panel-close"
          aria-label="Close details"
          onClick={() => actions.select(NOTHING)}
        >
          <Icon name="cancel" />
        </button>
      )}
      {entity ? (
        <SpanDetails
          key={entity.id}
          entity={entity}
          layout={layout}
          revealed={revealed.has(entity.id)}
          actions={actions}
        />
      ) : selection.kind === 'words' ? (
        <WordDetails
          key={selection.ids.join()}
          ids={selection.ids}
          layout={layout}
          entities={entities}
          actions={actions}
        />
      ) : null}
      <MaskedList layout={layout} actions={actions} />
    </aside>
  );
}
