import { useEffect, useMemo, useRef, useState } from 'react';
import type { Policy } from '../../core/redaction/policy.ts';
import { findText, replacementsFor } from '../../core/transcript/find.ts';
import { replaceRuns } from '../../core/transcript/replace.ts';
import type { Transcript } from '../../core/transcript/schema.ts';
import type { Job } from '../../electron/contract.ts';
import { Blank } from '../common/blank.tsx';
import { m } from '../messages/messages.ts';
import { AttentionDialog } from './acoustics/attentionDialog.tsx';
import { NoiseNote } from './acoustics/noiseNote.tsx';
import { AlsoWrittenBar } from './alsoWrittenBar.tsx';
import { CasePanel } from './casePanel.tsx';
import { FindBar } from './findBar.tsx';
import type { TranscriptLayout } from './layout.ts';
import { edgesOf, orderOf, readable, selectBetween, selectStop } from './order.ts';
import { Player } from './player.tsx';
import { NOTHING, type Selection } from './selection.ts';
import { ShortcutSheet } from './shortcutSheet.tsx';
import { SidePanel } from './sidePanel.tsx';
import { stretchesOf } from './stretches.ts';
import { Timeline, type TimelineHandle } from './timeline/timeline.tsx';
import { type TextHandle, TranscriptText } from './transcriptText.tsx';
import { useActions } from './useActions.ts';
import { useCommands } from './useCommands.ts';
import { useCopy } from './useCopy.ts';
import type { OpenDocument } from './useDocument.ts';
import { SAME_WORD, useEditing } from './useEditing.ts';
import { useKeys } from './useKeys.ts';
import { usePlayback } from './usePlayback.ts';
import { useSearch } from './useSearch.ts';
import type { Typed } from './useSearchAgain.ts';

/** What the bar of the page asks of the text below it. */
export interface Tool {
  readonly kind: 'find' | 'shortcuts' | 'panel' | null;
  /** Another number for each time it is asked for. */
  readonly round: number;
}

/** An open transcript: the text, the panel beside it and the player, and everything that can be done with them. */
export function Body({
  job,
  document,
  typed,
  transcript,
  layout,
  policy,
  letters,
  tool,
  query,
  onLetters,
  onTool,
  onExport,
  onPrint,
}: {
  job: Job;
  document: OpenDocument;
  typed: Typed;
  transcript: Transcript;
  layout: TranscriptLayout;
  policy: Policy;
  /** Whether letters alone are shortcuts. */
  letters: boolean;
  tool: Tool;
  /** Searched for when it opens; '' for nothing. */
  query: string;
  onLetters: (letters: boolean) => void;
  onTool: (kind: Tool['kind']) => void;
  onExport: () => void;
  onPrint: () => void;
}) {
  const { edit } = document;
  const order = useMemo(() => orderOf(layout), [layout]);
  const stretches = useMemo(() => stretchesOf(transcript, policy), [transcript, policy]);
  const playback = usePlayback(job, stretches);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [revealed, setRevealed] = useState('');
  const [follow, setFollow] = useState(true);
  const [attentionOf, setAttentionOf] = useState<string | null>(null);
  const attended = layout.segments.find(({ id }) => id === attentionOf);
  const text = useRef<TextHandle>(null);
  const timeline = useRef<TimelineHandle>(null);
  const [whole, setWhole] = useState(true);
  const page = useRef<HTMLDivElement>(null);
  const editing = useEditing(transcript, edit);

  /** Selects and shows; keyboard and lists come here, clicks need no scrolling. */
  const go = (next: Selection) => {
    setSelection(next);
    const edges = edgesOf(order, next);
    if (!edges) return;
    const moving = next.kind === 'words' && !next.backwards ? edges[1] : edges[0];
    text.current?.bring(order.stops[moving]!);
  };
  const search = useSearch(
    transcript,
    edit,
    ({ words }) => {
      const [first, last] = [order.stopOfWord.get(words[0]!), order.stopOfWord.get(words[words.length - 1]!)];
      if (first !== undefined && last !== undefined) go(selectBetween(order, first, last));
    },
    () => text.current?.focus(),
  );
  const state = { transcript, layout, order, selection, playback, follow };
  const actions = useActions({
    ...state,
    edit,
    go,
    select: setSelection,
    setRevealed,
    begin: editing.begin,
    showAttention: setAttentionOf,
    bring: (stop) => text.current?.bring(stop),
  });
  const commands = useCommands({
    ...state,
    document,
    actions,
    search,
    go,
    setFollow,
    focusText: () => text.current?.focus(),
    bring: (stop) => text.current?.bring(stop),
    zoom: (step) => timeline.current?.zoom(step),
    onTool,
    onExport,
    onPrint,
  });
  useKeys(commands, page, letters);
  useCopy(page, layout, order, selection, typed);
  // The bar's button asks for the same as the key.
  const { show } = search;
  const asked = tool.kind === 'find' ? tool.round : 0;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it is asked for again
  useEffect(() => {
    if (asked > 0) show('find');
  }, [asked]);
  const entity =
    selection.kind === 'entity' ? transcript.entities.find(({ id }) => id === selection.id) : undefined;
  const selectedWords = entity ? [entity.id, ...entity.words] : [];
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the transcript opens
  useEffect(() => {
    if (query !== '') show('find', { query });
  }, []);
  const doubtful = useMemo(() => order.stops.filter((stop) => stop.doubtful).length, [order]);

  return (
    <>
      {search.open !== null && <FindBar search={search} focusReplacement={search.open === 'replace'} />}
      {editing.also && search.open === null && (
        <AlsoWrittenBar
          also={editing.also}
          onReplace={() => {
            const { before, after } = editing.also!;
            edit((latest) =>
              replaceRuns(latest, replacementsFor(latest, findText(latest, before, SAME_WORD), after)),
            );
            editing.forget();
          }}
          onLook={() => {
            const { before, after } = editing.also!;
            search.show('replace', { query: before, replacement: after, ...SAME_WORD });
            editing.forget();
          }}
          onDismiss={editing.forget}
        />
      )}
      <div className="review-body">
        <main className="review-main" ref={page}>
          <NoiseNote
            transcript={transcript}
            onGo={(time) => {
              playback.seek(time);
              const stop = order.stops.find(({ end }) => end > time);
              if (stop) text.current?.bring(stop);
            }}
          />
          {layout.segments.length === 0 ? (
            <Blank icon="microphone" title={m.review.nothingSaidTitle} text={m.review.nothingSaid} />
          ) : (
            <TranscriptText
              ref={text}
              layout={layout}
              order={order}
              speakers={transcript.speakers}
              playback={playback}
              follow={follow && editing.editing === null}
              selection={selection}
              selectedWords={selectedWords}
              revealed={revealed}
              found={search.found}
              editing={editing.editing}
              onSelect={setSelection}
              onReveal={actions.spans.reveal}
              onEdit={editing.begin}
              onEdited={(segment, retyped, how) => {
                const word = editing.end(segment, retyped, how);
                if (word !== null) setSelection({ kind: 'words', ids: [word] });
                if (how.kind === 'done') text.current?.focus();
              }}
              onSpeaker={actions.speakerOfSegment}
              onScrolled={() => {
                if (playback.playing) setFollow(false);
              }}
            />
          )}
          {playback.playing && !follow && (
            <button type="button" className="jump-pill" onClick={() => actions.jump(setFollow)}>
              {m.player.jump}
            </button>
          )}
        </main>
        {layout.segments.length > 0 && (
          <SidePanel
            layout={layout}
            transcript={transcript}
            selection={selection}
            selectedText={readable(order, selection)}
            doubtful={doubtful}
            waiting={actions.waiting}
            onNextSpan={actions.nextSpan}
            revealed={revealed}
            spans={actions.spans}
            words={actions.words}
            speakers={actions.speakers}
            opened={tool.kind === 'panel'}
            casePanel={<CasePanel job={job.id} document={document} transcript={transcript} />}
            onClose={() => onTool(null)}
          />
        )}
        <Timeline
          ref={timeline}
          job={job.id}
          transcript={transcript}
          layout={layout}
          order={order}
          selection={selection}
          playback={playback}
          follow={follow}
          onPick={(stop) => go(selectStop(order.stops[stop]!))}
          onPanned={() => {
            if (playback.playing) setFollow(false);
          }}
          onZoom={setWhole}
        />
      </div>
      <p className="only-heard" role="status">
        {selection.kind === 'none' ? '' : m.words.selected(readable(order, selection))}
      </p>
      <Player
        playback={playback}
        duration={transcript.recording.duration}
        follow={follow}
        onFollow={setFollow}
        onJump={() => actions.jump(setFollow)}
        onLoop={actions.loop}
        zoom={{ whole, by: (step) => timeline.current?.zoom(step) }}
      />
      {attended && <AttentionDialog job={job.id} segment={attended} onClose={() => setAttentionOf(null)} />}
      {tool.kind === 'shortcuts' && (
        <ShortcutSheet letters={letters} onLetters={onLetters} onClose={() => onTool(null)} />
      )}
    </>
  );
}
