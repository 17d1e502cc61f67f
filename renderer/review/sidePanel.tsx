import { type ReactNode, useEffect, useRef } from 'react';
import type { Entity, Label, Transcript } from '../../core/transcript/schema.ts';
import { Icon } from '../common/icon.tsx';
import { m } from '../messages/messages.ts';
import type { TranscriptLayout } from './layout.ts';
import { MaskedList } from './maskedList.tsx';
import { QueuePanel } from './queuePanel.tsx';
import { NOTHING, type Selection } from './selection.ts';
import { SpanDetails } from './spanDetails.tsx';
import { type SpeakerActions, SpeakersPanel } from './speakersPanel.tsx';
import type { ValueActions } from './valueEditor.tsx';
import { WordDetails } from './wordDetails.tsx';

/** What a person can do about what is masked. */
export interface SpanActions extends ValueActions {
  reveal(entity: string): void;
  /** Decides and goes on in the queue, if the span was waiting there. `everywhere`: also all that say the same. */
  decide(entity: string, decision: Entity['decision'], everywhere: boolean): void;
  relabel(entity: string, label: Label): void;
  mask(words: readonly string[], label: Label, everywhere: boolean): void;
  /** A word more (1) or less (-1) at an edge. */
  resize(entity: string, edge: 'start' | 'end', step: 1 | -1): void;
  hear(words: readonly string[]): void;
  select(selection: Selection): void;
  /** Selects a span and brings it into view. */
  go(entity: string): void;
}

/** What a person can do about words. */
export interface WordActions {
  hear(words: readonly string[]): void;
  edit(word: string): void;
  confirm(words: readonly string[]): void;
  speaker(words: readonly string[], speaker: string | null): void;
  split(word: string): void;
  join(word: string): void;
  remove(words: readonly string[]): void;
  nextDoubtful(): void;
  /** Shows what the encoder attends to in the word's segment; null where the pack does not tell it. */
  readonly attention: ((word: string) => void) | null;
}

/** Beside the text: what is left to review, the selected span or words, everything that is masked, and who speaks. */
export function SidePanel({
  layout,
  transcript,
  selection,
  selectedText,
  doubtful,
  waiting,
  revealed,
  spans,
  words,
  speakers,
  opened,
  casePanel,
  onNextSpan,
  onClose,
}: {
  layout: TranscriptLayout;
  transcript: Transcript;
  selection: Selection;
  /** The selected words as they are read. */
  selectedText: string;
  /** Doubtful words that are left. */
  doubtful: number;
  /** Masked spans that nobody has looked at. */
  waiting: number;
  revealed: string;
  spans: SpanActions;
  words: WordActions;
  speakers: SpeakerActions;
  /** In narrow windows the panel lies over the text, and only when asked for. */
  opened: boolean;
  casePanel: ReactNode;
  onNextSpan: () => void;
  onClose: () => void;
}) {
  const entity =
    selection.kind === 'entity' ? transcript.entities.find(({ id }) => id === selection.id) : undefined;
  // What is selected elsewhere is told at the top; a click in a list must not move the list.
  const panel = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: when something else is selected
  useEffect(() => {
    if (!panel.current?.contains(document.activeElement)) panel.current?.scrollTo(0, 0);
  }, [selection]);
  const details = entity ? (
    <SpanDetails
      key={entity.id}
      entity={entity}
      alike={alikeOf(transcript, layout, entity)}
      layout={layout}
      revealed={revealed === entity.id}
      actions={spans}
    />
  ) : selection.kind === 'words' ? (
    <WordDetails
      key={selection.ids.join()}
      ids={selection.ids}
      text={selectedText}
      transcript={transcript}
      words={layout.words}
      actions={words}
      spanActions={spans}
    />
  ) : null;
  const close = (run: () => void) => (
    <button type="button" className="plain panel-close" aria-label={m.review.closeDetails} onClick={run}>
      <Icon name="cancel" />
    </button>
  );
  return (
    <aside ref={panel} className="panel" data-opened={opened || undefined} aria-label={m.review.panel}>
      {opened && close(onClose)}
      <QueuePanel
        decided={layout.masked.length - waiting}
        waiting={waiting}
        doubtful={doubtful}
        onNext={onNextSpan}
        onNextDoubtful={words.nextDoubtful}
      />
      {details && (
        <div className="panel-details">
          {!opened && close(() => spans.select(NOTHING))}
          {details}
        </div>
      )}
      <MaskedList layout={layout} entities={transcript.entities} selection={selection} actions={spans} />
      <SpeakersPanel transcript={transcript} actions={speakers} />
      {casePanel}
    </aside>
  );
}

/** How many spans of the same kind have the same alias: what "all alike" is about. */
function alikeOf({ entities }: Transcript, { aliases }: TranscriptLayout, { id, label }: Entity): number {
  const alias = aliases.get(id);
  return entities.filter((other) => other.label === label && aliases.get(other.id) === alias).length;
}
