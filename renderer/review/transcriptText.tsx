import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import {
  type ChangeEvent,
  type MouseEvent,
  type Ref,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
} from 'react';
import type { Retyped } from '../../core/transcript/retype.ts';
import { m } from '../messages/messages.ts';
import type { TranscriptLayout } from './layout.ts';
import { type Order, type Stop, selectBetween, selectStop, stopAt } from './order.ts';
import { type Caret, type EditEnd, ParagraphEditor } from './paragraphEditor.tsx';
import { Segment } from './segment.tsx';
import type { Selection } from './selection.ts';
import type { Editing } from './useEditing.ts';
import type { Playback } from './usePlayback.ts';

export interface TextHandle {
  /** Brings a stop into view. */
  bring(stop: Stop): void;
  focus(): void;
}

interface TranscriptTextProps {
  readonly ref: Ref<TextHandle>;
  readonly layout: TranscriptLayout;
  readonly order: Order;
  readonly speakers: readonly { readonly id: string; readonly name: string }[];
  readonly playback: Playback;
  readonly follow: boolean;
  readonly selection: Selection;
  /** The selected entity's words and its id. */
  readonly selectedWords: readonly string[];
  readonly revealed: string;
  /** Words in which the searched text is found. */
  readonly found: ReadonlySet<string>;
  readonly editing: Editing | null;
  onSelect(selection: Selection): void;
  onReveal(entity: string): void;
  onEdit(segment: string, caret: Caret): void;
  onEdited(segment: string, retyped: Retyped[], end: EditEnd): void;
  onSpeaker(segment: string, speaker: string | null): void;
  /** The person scrolls while something plays. */
  onScrolled(): void;
}

/** Pixels of a line, and of what a paragraph has besides, for a first guess of heights that are measured later. */
const LINE = 30;
const CHARACTERS_A_LINE = 68;

/**
 * The text. Only paragraphs near the view exist as elements, so that hours of it scroll as smoothly as minutes. One tab
 * stop; which keys do what is in `shortcuts.ts`.
 */
export function TranscriptText(props: TranscriptTextProps) {
  const { layout, order, playback, follow, selection, editing } = props;
  const { onSelect, onReveal, onEdit } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const root = useRef<HTMLDivElement>(null);
  const { segments } = layout;
  const heights = useMemo(() => segments.map(({ pieces }) => guessedHeight(pieces.length)), [segments]);
  const list = useVirtualizer({
    count: segments.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[index]!,
    getItemKey: (index) => segments[index]!.id,
    overscan: 4,
    useFlushSync: false,
  });
  const view = useRef({ list, root });
  view.current.list = list;
  useImperativeHandle(props.ref, () => ({
    bring: (stop) => bring(view.current.list, root.current, stop),
    focus: () => root.current?.focus({ preventScroll: true }),
  }));
  usePlayingMark(root, order, playback, follow, (stop) => bring(view.current.list, root.current, stop));

  // Where a drag began: the element itself may be out of the list when it ends.
  const dragFrom = useRef<number | null>(null);
  const press = (event: MouseEvent) => {
    dragFrom.current = stopUnder(event.target as Node, order);
  };
  const click = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    if (target.closest('.paragraph-editor, select')) return;
    const time = target.closest<HTMLElement>('[data-time]')?.dataset.time;
    if (time !== undefined) {
      playback.play(Number(time));
      return;
    }
    const to = draggedTo(order);
    const from = dragFrom.current;
    if (from !== null && to !== null && from !== to) {
      onSelect(selectBetween(order, from, to));
      return;
    }
    const at = stopUnder(target, order);
    if (at === null) return;
    const stop = order.stops[at]!;
    onSelect(selectStop(stop));
    if (stop.kind === 'entity') onReveal(stop.id);
    else playback.play(stop.start);
  };
  const doubleClick = (event: MouseEvent) => {
    const target = event.target as HTMLElement;
    const segment = target.closest<HTMLElement>('[data-segment]')?.dataset.segment;
    const word = target.closest<HTMLElement>('[data-word]')?.dataset.word;
    if (segment === undefined || word === undefined) return;
    playback.pause();
    onEdit(segment, { word });
  };
  const choose = (event: ChangeEvent<HTMLDivElement>) => {
    const select = event.target as unknown as HTMLSelectElement;
    const segment = select.dataset.speakerOf;
    if (segment !== undefined) props.onSpeaker(segment, select.value || null);
  };

  const chosen = new Set(
    selection.kind === 'words' ? selection.ids : selection.kind === 'entity' ? props.selectedWords : [],
  );
  return (
    <div ref={scroller} className="review-text" tabIndex={-1} onWheel={props.onScrolled}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls */}
      <div
        ref={root}
        className="transcript"
        role="group"
        aria-label={m.review.transcript}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the words are reached by arrow keys from here
        tabIndex={0}
        style={{ height: list.getTotalSize() }}
        onMouseDown={press}
        onClick={click}
        onDoubleClick={doubleClick}
        onChange={choose}
        onKeyDown={() => {}}
      >
        {list.getVirtualItems().map(({ index, key, start }) => {
          const segment = segments[index]!;
          return (
            <div
              key={key}
              ref={list.measureElement}
              className="row"
              data-index={index}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Segment
                segment={segment}
                speakers={props.speakers}
                revealed={idsIn(segment.pieces, (id) => id === props.revealed)}
                selected={idsIn(segment.pieces, (id) => chosen.has(id))}
                found={idsIn(segment.pieces, (id) => props.found.has(id))}
                editor={
                  editing?.segment === segment.id ? (
                    <ParagraphEditor
                      key={editing.round}
                      segment={segment}
                      revealed={props.revealed}
                      caret={editing.caret}
                      onEnd={(retyped, end) => props.onEdited(segment.id, retyped, end)}
                    />
                  ) : null
                }
              />
            </div>
          );
        })}
      </div>
    </div>
  );
}

function guessedHeight(pieces: number): number {
  return 16 + LINE * Math.ceil((pieces * 6) / CHARACTERS_A_LINE);
}

/** Ids of words and entities in the pieces that `wanted` takes, joined by blanks. */
function idsIn(
  pieces: TranscriptLayout['segments'][number]['pieces'],
  wanted: (id: string) => boolean,
): string {
  return pieces
    .flatMap((piece) => (piece.kind === 'word' ? [piece.word.id] : [piece.entity.id, ...piece.words]))
    .filter(wanted)
    .join(' ');
}

/** The stop that a node belongs to. */
function stopUnder(node: Node | null, order: Order): number | null {
  const element = node instanceof HTMLElement ? node : node?.parentElement;
  const word = element?.closest<HTMLElement>('[data-word]')?.dataset.word;
  if (word !== undefined) return order.stopOfWord.get(word) ?? null;
  const chip = element?.closest<HTMLElement>('[data-entity]');
  const segment = chip?.closest<HTMLElement>('[data-index]')?.dataset.index;
  const [first, last] = order.stopsOfEntity.get(chip?.dataset.entity ?? '') ?? [];
  if (first === undefined || last === undefined) return null;
  for (let at = first; at <= last; at += 1)
    if (order.stops[at]!.segment === Number(segment) && order.stops[at]!.kind === 'entity') return at;
  return first;
}

/** The stop where the mouse or keyboard has just marked text up to. */
function draggedTo(order: Order): number | null {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed) return null;
  const node = selection.focusNode;
  const inside = stopUnder(node, order);
  if (inside !== null || !node) return inside;
  // Between two words the focus lies in the blank's text node.
  return stopUnder(node.previousSibling, order);
}

function elementOf(root: HTMLElement | null, stop: Stop): HTMLElement | null {
  const inSegment = `[data-index="${stop.segment}"]`;
  const selector = stop.kind === 'word' ? `[data-word="${stop.id}"]` : `[data-entity="${stop.id}"]`;
  return root?.querySelector<HTMLElement>(`${inSegment} ${selector}`) ?? null;
}

/** Scrolls a stop into view; a paragraph that has no element yet gets one first. */
function bring(list: Virtualizer<HTMLDivElement, Element>, root: HTMLElement | null, stop: Stop): void {
  const element = elementOf(root, stop);
  if (element) {
    element.scrollIntoView({ block: 'nearest' });
    return;
  }
  list.scrollToIndex(stop.segment, { align: 'center' });
  requestAnimationFrame(() =>
    requestAnimationFrame(() => elementOf(root, stop)?.scrollIntoView({ block: 'nearest' })),
  );
}

/** Marks the word being said, without rendering anything again, and keeps it in view when following. */
function usePlayingMark(
  root: RefObject<HTMLDivElement | null>,
  order: Order,
  playback: Playback,
  follow: boolean,
  show: (stop: Stop) => void,
): void {
  const { playing, now, time } = playback;
  // A seek while paused moves the mark, too.
  const still = playing ? null : time;
  const latestShow = useRef(show);
  latestShow.current = show;
  useEffect(() => {
    let marked: HTMLElement | null = null;
    let shown = -1;
    let frame = 0;
    const mark = () => {
      const at = still === 0 ? -1 : stopAt(order, still ?? now());
      const element = at < 0 ? null : elementOf(root.current, order.stops[at]!);
      if (element !== marked) {
        marked?.removeAttribute('data-playing');
        element?.setAttribute('data-playing', '');
        marked = element;
      }
      if (playing && follow && at >= 0 && at !== shown) {
        shown = at;
        latestShow.current(order.stops[at]!);
      }
      if (playing) frame = requestAnimationFrame(mark);
    };
    mark();
    return () => {
      cancelAnimationFrame(frame);
      marked?.removeAttribute('data-playing');
    };
  }, [root, order, playing, follow, now, still]);
}
