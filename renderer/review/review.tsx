import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { POLICY_PRESETS, type PolicyName } from '../../core/redaction/policy.ts';
import {
  addEntity,
  addEntityEverywhere,
  decideAllAlike,
  decideEntity,
  relabelEntity,
} from '../../core/transcript/entities.ts';
import type { Transcript } from '../../core/transcript/schema.ts';
import type { Job } from '../../electron/contract.ts';
import { Icon } from '../common/icon.tsx';
import { policyChoices } from '../common/policies.ts';
import { useApp } from '../host/store.ts';
import { AttentionDialog } from './acoustics/attentionDialog.tsx';
import { NoiseNote } from './acoustics/noiseNote.tsx';
import { NoiseStrip } from './acoustics/noiseStrip.tsx';
import { ExportDialog } from './exportDialog.tsx';
import { layOut } from './layout.ts';
import { Player } from './player.tsx';
import { NOTHING, type Selection } from './selection.ts';
import { SidePanel, type SpanActions } from './sidePanel.tsx';
import { TranscriptText } from './transcriptText.tsx';
import { type OpenDocument, useDocument } from './useDocument.ts';
import { type Playback, usePlayback } from './usePlayback.ts';

/** The page on which a transcript is read, heard, corrected in what is masked, and exported. */
export function Review({ job, onClose }: { job: Job; onClose: () => void }) {
  const { settings } = useApp();
  const document = useDocument(job.id);
  const [policy, setPolicy] = useState<PolicyName>(settings.policy);
  const [exporting, setExporting] = useState(false);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  useUndoKeys(document);

  const layout = useMemo(
    () => document.transcript && layOut(document.transcript, POLICY_PRESETS[policy]),
    [document.transcript, policy],
  );
  return (
    <div className="review">
      <header className="review-bar">
        <button type="button" className="quiet" onClick={onClose}>
          <Icon name="back" />
          Recordings
        </button>
        <h1 ref={title} tabIndex={-1} className="review-title">
          {job.name}
        </h1>
        <div className="review-tools">
          <label className="policy">
            <span>Mask</span>
            <select value={policy} onChange={(event) => setPolicy(event.target.value as PolicyName)}>
              {policyChoices.map((choice) => (
                <option key={choice.policy} value={choice.policy} title={choice.explanation}>
                  {choice.name}
                </option>
              ))}
            </select>
          </label>
          <button
            type="button"
            className="plain"
            aria-label="Undo"
            disabled={!document.canUndo}
            onClick={document.undo}
          >
            <Icon name="undo" />
          </button>
          <button
            type="button"
            className="plain"
            aria-label="Redo"
            disabled={!document.canRedo}
            onClick={document.redo}
          >
            <Icon name="redo" />
          </button>
          <button type="button" className="primary" disabled={!layout} onClick={() => setExporting(true)}>
            <Icon name="export" />
            Export
          </button>
        </div>
      </header>
      {document.error !== null ? (
        <p className="blank-page">{document.error}</p>
      ) : document.transcript && layout ? (
        <Body job={job} document={document} transcript={document.transcript} layout={layout} />
      ) : (
        <p className="blank-page muted">Opening the transcript…</p>
      )}
      {exporting && layout && (
        <ExportDialog
          job={job.id}
          policy={policy}
          masked={layout.masked.length}
          save={document.save}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}

function Body({
  job,
  document,
  transcript,
  layout,
}: {
  job: Job;
  document: OpenDocument;
  transcript: Transcript;
  layout: ReturnType<typeof layOut>;
}) {
  const playback = usePlayback(job);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [revealed, setRevealed] = useState<ReadonlySet<string>>(new Set());
  const [follow, setFollow] = useState(true);
  const [attentionOf, setAttentionOf] = useState<string | null>(null);
  const toggle = useCallback((entity: string) => {
    setRevealed((current) => {
      const next = new Set(current);
      if (!next.delete(entity)) next.add(entity);
      return next;
    });
  }, []);
  const actions = useActions(document, layout, playback, toggle, setSelection, setAttentionOf);
  const attended = layout.segments.find(({ id }) => id === attentionOf);
  const go = (time: number) => {
    playback.seek(time);
    const segment = layout.segments.find(({ end }) => end > time);
    window.document.querySelector(`[data-segment="${segment?.id}"]`)?.scrollIntoView({ block: 'center' });
  };

  return (
    <>
      <div className="review-body">
        <main className="review-text">
          <NoiseNote transcript={transcript} onGo={go} />
          {layout.segments.length === 0 ? (
            <p className="blank-page">
              No speech was heard in this recording, so there is nothing to show. Check that it is the right
              one.
            </p>
          ) : (
            <TranscriptText
              layout={layout}
              playback={playback}
              follow={follow}
              selection={selection}
              revealed={revealed}
              onSelect={setSelection}
              onToggle={toggle}
            />
          )}
        </main>
        <SidePanel
          layout={layout}
          entities={transcript.entities}
          selection={selection}
          revealed={revealed}
          actions={actions}
        />
      </div>
      <NoiseStrip transcript={transcript} time={playback.time} onSeek={playback.seek} />
      <Player
        playback={playback}
        duration={transcript.recording.duration}
        follow={follow}
        onFollow={setFollow}
      />
      {attended && <AttentionDialog job={job.id} segment={attended} onClose={() => setAttentionOf(null)} />}
    </>
  );
}

function useActions(
  document: OpenDocument,
  layout: ReturnType<typeof layOut>,
  playback: Playback,
  reveal: (entity: string) => void,
  select: (selection: Selection) => void,
  showAttention: (segment: string) => void,
): SpanActions {
  const { edit } = document;
  const { play } = playback;
  return useMemo(
    () => ({
      reveal,
      select,
      attention(word) {
        const segment = layout.segments.find(({ pieces }) =>
          pieces.some((piece) => piece.kind === 'word' && piece.word.id === word),
        );
        if (segment) showAttention(segment.id);
      },
      decide: (entity, decision, everywhere) =>
        edit((transcript) => (everywhere ? decideAllAlike : decideEntity)(transcript, entity, decision)),
      relabel: (entity, label) => edit((transcript) => relabelEntity(transcript, entity, label)),
      mask(words, label, everywhere) {
        edit((transcript) => (everywhere ? addEntityEverywhere : addEntity)(transcript, label, words));
        window.getSelection()?.removeAllRanges();
        select(NOTHING);
      },
      hear(words) {
        const first = layout.words.get(words[0]!);
        const last = layout.words.get(words[words.length - 1]!);
        if (first && last) play(first.start, last.end);
      },
    }),
    [edit, layout, play, reveal, select, showAttention],
  );
}

/** Ctrl+Z and Ctrl+Shift+Z (⌘ on a Mac), anywhere but in a text field. */
function useUndoKeys({ undo, redo }: OpenDocument): void {
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return;
      event.preventDefault();
      if (event.shiftKey) redo();
      else undo();
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [undo, redo]);
}
