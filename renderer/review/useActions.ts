import { useMemo } from 'react';
import {
  addEntity,
  addEntityEverywhere,
  decideAllAlike,
  decideEntity,
  relabelEntity,
  resizeEntity,
} from '../../core/transcript/entities.ts';
import { mergePeople, renameAlias, splitPerson } from '../../core/transcript/people.ts';
import type { Label, Transcript } from '../../core/transcript/schema.ts';
import { mergeSegments, splitSegment } from '../../core/transcript/segments.ts';
import {
  addSpeaker,
  assignSegmentSpeaker,
  assignTurn,
  giveRole,
  mergeSpeakers,
  renameSpeaker,
} from '../../core/transcript/speakers.ts';
import { confirmWords, deleteWords } from '../../core/transcript/words.ts';
import { m } from '../messages/messages.ts';
import type { TranscriptLayout } from './layout.ts';
import { edgesOf, nextStop, type Order, resizedWords, type Stop, selectStop, stopAt } from './order.ts';
import type { Caret } from './paragraphEditor.tsx';
import { nextInQueue, reviewQueue } from './queue.ts';
import { NOTHING, type Selection } from './selection.ts';
import type { SpanActions, WordActions } from './sidePanel.tsx';
import type { SpeakerActions } from './speakersPanel.tsx';
import type { Playback } from './usePlayback.ts';

export interface ReviewState {
  readonly transcript: Transcript;
  readonly layout: TranscriptLayout;
  readonly order: Order;
  readonly selection: Selection;
  readonly playback: Playback;
  readonly follow: boolean;
}

export interface Actions {
  readonly spans: SpanActions;
  readonly words: WordActions;
  readonly speakers: SpeakerActions;
  /** Says who speaks what is selected: marked words become a turn of their own, otherwise it is the paragraph. */
  giveSelection(speaker: string | null): void;
  speakerOfSegment(segment: string, speaker: string | null): void;
  walk(step: 1 | -1): void;
  /** Masked spans that nobody has looked at. */
  readonly waiting: number;
  /** Goes to the most doubtful of them, or on from the selected one. */
  nextSpan(): void;
  loop(): void;
  jump(setFollow: (follow: boolean) => void): void;
}

/** Seconds heard before and after a doubtful word: a word alone is hard to understand. */
const AROUND_DOUBTFUL = 0.7;

/** Everything that a click or a key does to an open transcript. */
export function useActions(
  given: ReviewState & {
    edit(change: (transcript: Transcript) => Transcript): void;
    go(selection: Selection): void;
    select(selection: Selection): void;
    setRevealed(change: (current: string) => string): void;
    begin(segment: string, caret: Caret): void;
    showAttention(segment: string): void;
    bring(stop: Stop): void;
  },
): Actions {
  const { transcript, layout, order, selection, playback, edit, go, select } = given;
  const segmentOf = (word: string) => {
    const stop = order.stopOfWord.get(word);
    return stop === undefined ? undefined : layout.segments[order.stops[stop]!.segment];
  };
  const hear = (ids: readonly string[]) => {
    const first = layout.words.get(ids[0]!);
    const last = layout.words.get(ids[ids.length - 1]!);
    if (first && last) playback.play(first.start, last.end);
  };
  const selectedWords = () => {
    const edges = edgesOf(order, selection);
    return edges ? order.stops.slice(edges[0], edges[1] + 1).flatMap(({ words }) => words) : [];
  };
  const walk = (step: 1 | -1) => {
    const edges = edgesOf(order, selection);
    const from = edges ? edges[step > 0 ? 1 : 0] : step > 0 ? -1 : order.stops.length;
    const at = nextStop(order, from, step, ({ doubtful }) => doubtful);
    if (at < 0) return;
    const stop = order.stops[at]!;
    go(selectStop(stop));
    playback.play(Math.max(0, stop.start - AROUND_DOUBTFUL), stop.end + AROUND_DOUBTFUL);
  };

  const queue = useMemo(() => reviewQueue(layout), [layout]);
  const goToSpan = (id: string) => {
    go({ kind: 'entity', id });
    // What is readable has no stop of its own: its first word is shown.
    const word = transcript.entities.find((entity) => entity.id === id)?.words[0];
    const stop = order.stops[order.stopOfWord.get(word ?? '') ?? -1];
    if (stop) given.bring(stop);
  };

  const spans: SpanActions = {
    reveal: (entity) => given.setRevealed((current) => (current === entity ? '' : entity)),
    select,
    go: goToSpan,
    decide(entity, decision, everywhere) {
      const decided = (everywhere ? decideAllAlike : decideEntity)(transcript, entity, decision);
      edit(() => decided);
      if (!queue.some((waiting) => waiting.entity.id === entity)) return;
      const pending = new Set(
        decided.entities.filter((one) => one.decision === 'pending').map(({ id }) => id),
      );
      const next = nextInQueue(queue, entity, (id) => pending.has(id));
      if (next === null) select(NOTHING);
      else goToSpan(next);
    },
    resize(id, edge, step) {
      const entity = transcript.entities.find((one) => one.id === id);
      const resized = entity && resizedWords(order, entity.words, edge, step);
      if (resized) edit((latest) => resizeEntity(latest, id, resized));
    },
    relabel: (entity, label) => edit((latest) => relabelEntity(latest, entity, label)),
    mask(words, label: Label, everywhere) {
      edit((latest) => (everywhere ? addEntityEverywhere : addEntity)(latest, label, words));
      window.getSelection()?.removeAllRanges();
      select(NOTHING);
    },
    hear,
    rename: (entities, alias) => edit((latest) => renameAlias(latest, entities, alias)),
    merge: (entities) => edit((latest) => mergePeople(latest, entities)),
    split: (entities) => edit((latest) => splitPerson(latest, entities)),
  };
  const words: WordActions = {
    hear,
    edit(word) {
      const segment = segmentOf(word);
      if (!segment) return;
      playback.pause();
      given.begin(segment.id, { word });
    },
    confirm: (ids) => edit((latest) => confirmWords(latest, ids)),
    speaker: (ids, speaker) => give(ids, speaker),
    split: (word) => edit((latest) => splitSegment(latest, word)),
    join(word) {
      const segment = segmentOf(word);
      const before = segment && layout.segments[layout.segments.indexOf(segment) - 1];
      if (before) edit((latest) => mergeSegments(latest, before.id));
    },
    remove(ids) {
      const edges = edgesOf(order, selection);
      const next = edges && (order.stops[edges[1] + 1] ?? order.stops[edges[0] - 1]);
      edit((latest) => deleteWords(latest, ids));
      select(next ? selectStop(next) : NOTHING);
    },
    nextDoubtful: () => walk(1),
    attention: transcript.segments.some(({ acoustics }) => acoustics !== undefined)
      ? (word) => given.showAttention(segmentOf(word)?.id ?? '')
      : null,
  };
  const give = (ids: readonly string[], speaker: string | null) => {
    const segment = ids[0] === undefined ? undefined : segmentOf(ids[0]);
    if (ids.length > 1) edit((latest) => assignTurn(latest, ids, speaker));
    else if (segment) edit((latest) => assignSegmentSpeaker(latest, segment.id, speaker));
  };

  return {
    spans,
    words,
    speakers: {
      add: () => edit((latest) => addSpeaker(latest, m.speakers.newName(latest.speakers.length + 1))),
      rename: (speaker, name) => edit((latest) => renameSpeaker(latest, speaker, name)),
      role: (speaker, role) =>
        edit((latest) => {
          try {
            return giveRole(latest, speaker, role);
          } catch {
            // Nothing that can be a role was typed.
            return latest;
          }
        }),
      merge: (from, into) => edit((latest) => mergeSpeakers(latest, from, into)),
      hear: ({ start, end }) => playback.play(start, end),
    },
    giveSelection: (speaker) =>
      give(selection.kind === 'words' ? selection.ids : selectedWords().slice(0, 1), speaker),
    speakerOfSegment: (segment, speaker) => edit((latest) => assignSegmentSpeaker(latest, segment, speaker)),
    walk,
    waiting: queue.length,
    nextSpan() {
      const next = nextInQueue(queue, selection.kind === 'entity' ? selection.id : null, () => true);
      if (next !== null) goToSpan(next);
    },
    loop() {
      const edges = edgesOf(order, selection);
      if (playback.loop) playback.setLoop(null);
      else if (edges)
        playback.setLoop({ start: order.stops[edges[0]]!.start, end: order.stops[edges[1]]!.end });
      else {
        const segment = transcript.segments.findLast(({ start }) => start <= playback.now());
        if (segment) playback.setLoop({ start: segment.start, end: segment.end });
      }
    },
    jump(setFollow) {
      setFollow(true);
      const stop: Stop | undefined = order.stops[stopAt(order, playback.now())];
      const segment = layout.segments.findLastIndex(({ start }) => start <= playback.now());
      const near = stop ?? order.stops.find((other) => other.segment === segment);
      if (near) go(selectStop(near));
    },
  };
}
