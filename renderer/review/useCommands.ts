import { addSpeaker, assignSegmentSpeaker, assignTurn } from '../../core/transcript/speakers.ts';
import { m } from '../messages/messages.ts';
import type { Tool } from './body.tsx';
import { edgesOf, extended, paragraphBeside, type Stop, selectStop, stopBeside } from './order.ts';
import { SKIP_SECONDS } from './player.tsx';
import { NOTHING, type Selection } from './selection.ts';
import type { Actions, ReviewState } from './useActions.ts';
import type { OpenDocument } from './useDocument.ts';
import type { Commands } from './useKeys.ts';
import type { Search } from './useSearch.ts';

/** What each key of `shortcuts.ts` does. */
export function useCommands(
  given: ReviewState & {
    readonly document: OpenDocument;
    readonly actions: Actions;
    readonly search: Search;
    go(selection: Selection): void;
    setFollow(follow: boolean): void;
    focusText(): void;
    bring(stop: Stop): void;
    zoom(step: 1 | -1): void;
    onTool(kind: Tool['kind']): void;
    onExport(): void;
    onPrint(): void;
  },
): Commands {
  const { order, selection, playback, document, actions, search, go } = given;
  const edges = edgesOf(order, selection);
  const selected = edges ? order.stops.slice(edges[0], edges[1] + 1) : [];
  const words = selected.flatMap((stop) => stop.words);

  const move = (stop: Stop | null) => {
    if (!stop) return;
    given.focusText();
    go(selectStop(stop));
  };
  const extend = (step: 1 | -1) => {
    if (selection.kind !== 'entity') {
      go(extended(order, selection, step));
      return;
    }
    actions.spans.resize(selection.id, 'end', step);
  };
  const span = selection.kind === 'entity' ? selection.id : null;
  const speaker = (event: KeyboardEvent) => {
    const number = Number(event.key);
    const { speakers } = given.transcript;
    if (number <= speakers.length) actions.giveSelection(speakers[number - 1]?.id ?? null);
    else if (number === speakers.length + 1 && words.length > 0)
      // The next free number is a new speaker, in the same step.
      document.edit((latest) => {
        const added = addSpeaker(latest, m.speakers.newName(number));
        const id = added.speakers[added.speakers.length - 1]!.id;
        const segment = latest.segments.find((part) => part.words.some((word) => word.id === words[0]));
        return selection.kind === 'words' && words.length > 1
          ? assignTurn(added, words, id)
          : assignSegmentSpeaker(added, segment!.id, id);
      });
  };

  return {
    play: playback.toggle,
    back: () => playback.skip(-SKIP_SECONDS),
    forward: () => playback.skip(SKIP_SECONDS),
    slower: () => playback.stepRate(-1),
    faster: () => playback.stepRate(1),
    hear() {
      const first = selected[0];
      if (!first) return;
      if (words.length > 1) actions.words.hear(words);
      else playback.play(first.start);
    },
    loop: actions.loop,
    skip: playback.toggleSkip,
    bleep: playback.toggleBleeps,
    zoomIn: () => given.zoom(1),
    zoomOut: () => given.zoom(-1),
    follow: () => given.setFollow(!given.follow),
    jump: () => actions.jump(given.setFollow),
    nextWord: () => move(stopBeside(order, selection, 1)),
    previousWord: () => move(stopBeside(order, selection, -1)),
    nextParagraph: () => move(paragraphBeside(order, selection, 1)),
    previousParagraph: () => move(paragraphBeside(order, selection, -1)),
    extendRight: () => extend(1),
    extendLeft: () => extend(-1),
    nextDoubtful: () => actions.walk(1),
    previousDoubtful: () => actions.walk(-1),
    escape() {
      if (search.open !== null) search.close();
      else go(NOTHING);
    },
    edit() {
      if (words[0] !== undefined) actions.words.edit(words[0]);
    },
    confirm() {
      if (words.length === 0) return;
      actions.words.confirm(words);
      if (selected.some(({ doubtful }) => doubtful)) actions.walk(1);
    },
    remove() {
      if (words.length > 0) actions.words.remove(words);
    },
    split() {
      if (words[0] !== undefined) actions.words.split(words[0]);
    },
    join() {
      if (words[0] !== undefined) actions.words.join(words[0]);
    },
    speaker,
    undo: document.undo,
    redo: document.redo,
    find: () => search.show('find'),
    replace: () => search.show('replace'),
    nextSpan: actions.nextSpan,
    accept: () => span !== null && actions.spans.decide(span, 'accepted', false),
    reject: () => span !== null && actions.spans.decide(span, 'rejected', false),
    acceptAll: () => span !== null && actions.spans.decide(span, 'accepted', true),
    rejectAll: () => span !== null && actions.spans.decide(span, 'rejected', true),
    growStart: () => span !== null && actions.spans.resize(span, 'start', 1),
    shrinkStart: () => span !== null && actions.spans.resize(span, 'start', -1),
    mask() {
      if (selection.kind === 'words') actions.spans.mask(selection.ids, 'PERSON', true);
    },
    reveal: () => span !== null && actions.spans.reveal(span),
    shortcuts: () => given.onTool('shortcuts'),
    export: given.onExport,
    print: given.onPrint,
  };
}
