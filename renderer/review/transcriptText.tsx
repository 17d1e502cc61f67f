import { type KeyboardEvent, type MouseEvent, useEffect, useMemo, useRef } from 'react';
import type { TranscriptLayout } from './layout.ts';
import { Segment } from './segment.tsx';
import { markedWords, type Selection } from './selection.ts';
import type { Playback } from './usePlayback.ts';

interface TranscriptTextProps {
  readonly layout: TranscriptLayout;
  readonly playback: Playback;
  readonly follow: boolean;
  readonly selection: Selection;
  readonly revealed: ReadonlySet<string>;
  readonly onSelect: (selection: Selection) => void;
  readonly onToggle: (entity: string) => void;
}

/**
 * The text. One tab stop for its words: arrow keys move from word to word and chip to chip, Enter plays a word or shows
 * a chip's original, Shift with arrows marks several words.
 */
export function TranscriptText(props: TranscriptTextProps) {
  const { layout, playback, follow, selection, revealed, onSelect, onToggle } = props;
  const root = useRef<HTMLDivElement>(null);
  usePlayingMark(root, layout, playback, follow);
  const revealedIn = useMemo(() => idsBySegment(layout, revealed), [layout, revealed]);
  const chosen = useMemo(
    () =>
      idsBySegment(
        layout,
        new Set(
          selection.kind === 'words' ? selection.ids : selection.kind === 'entity' ? [selection.id] : [],
        ),
      ),
    [layout, selection],
  );

  const click = (event: MouseEvent) => {
    const marked = root.current ? markedWords(root.current) : [];
    if (marked.length > 1) {
      onSelect({ kind: 'words', ids: marked });
      return;
    }
    const target = event.target as HTMLElement;
    const time = target.closest<HTMLElement>('[data-time]')?.dataset.time;
    if (time !== undefined) playback.play(Number(time));
    const entity = target.closest<HTMLElement>('[data-entity]')?.dataset.entity;
    if (entity !== undefined) {
      onToggle(entity);
      onSelect({ kind: 'entity', id: entity });
    }
    const word = target.closest<HTMLElement>('[data-word]')?.dataset.word;
    if (word !== undefined) choose(word);
  };
  const choose = (word: string) => {
    onSelect({ kind: 'words', ids: [word] });
    playback.play(layout.words.get(word)!.start);
  };

  const key = (event: KeyboardEvent) => {
    if (!root.current || event.altKey || event.ctrlKey || event.metaKey) return;
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      move(root.current, step, event.shiftKey);
    } else if (event.key === 'Enter' && selection.kind === 'words') {
      const first = layout.words.get(selection.ids[0]!);
      if (first && event.target === root.current) playback.play(first.start);
    } else if (event.key === 'Escape') onSelect({ kind: 'none' });
  };
  const move = (element: HTMLElement, step: number, extend: boolean) => {
    const stops = [...element.querySelectorAll<HTMLElement>('[data-word], [data-entity]')];
    const at = stops.findIndex((stop) => isSelected(stop, selection, step));
    const next = stops[at < 0 ? 0 : Math.min(Math.max(at + step, 0), stops.length - 1)];
    if (!next) return;
    next.scrollIntoView({ block: 'nearest' });
    const { word, entity } = next.dataset;
    if (entity !== undefined) {
      next.focus();
      onSelect({ kind: 'entity', id: entity });
    } else if (word !== undefined) {
      element.focus();
      const ids = selection.kind === 'words' && extend ? selection.ids : [];
      onSelect({ kind: 'words', ids: ids.includes(word) ? ids : step > 0 ? [...ids, word] : [word, ...ids] });
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for form controls
    <div
      ref={root}
      className="transcript"
      role="group"
      aria-label="Transcript; arrow keys move from word to word, Enter plays"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the words are reached by arrow keys from here
      tabIndex={0}
      onClick={click}
      onKeyDown={key}
    >
      {layout.segments.map((segment) => (
        <Segment
          key={segment.id}
          segment={segment}
          revealed={revealedIn.get(segment.id) ?? ''}
          selected={chosen.get(segment.id) ?? ''}
        />
      ))}
    </div>
  );
}

/** Whether a stop is the end of the selection from which the next step goes on. */
function isSelected(stop: HTMLElement, selection: Selection, step: number): boolean {
  if (selection.kind === 'entity') return stop.dataset.entity === selection.id;
  if (selection.kind === 'none') return false;
  const edge = step > 0 ? selection.ids[selection.ids.length - 1] : selection.ids[0];
  return stop.dataset.word === edge;
}

/** For each segment, which of the ids lie in it, joined by blanks. */
function idsBySegment(layout: TranscriptLayout, ids: ReadonlySet<string>): Map<string, string> {
  const found = new Map<string, string>();
  if (ids.size === 0) return found;
  for (const segment of layout.segments) {
    const here = segment.pieces
      .map((piece) => (piece.kind === 'word' ? piece.word.id : piece.entity.id))
      .filter((id) => ids.has(id));
    if (here.length > 0) found.set(segment.id, here.join(' '));
  }
  return found;
}

/** Marks the word being said, without rendering anything again, and keeps it in view when following. */
function usePlayingMark(
  root: { readonly current: HTMLDivElement | null },
  layout: TranscriptLayout,
  playback: Playback,
  follow: boolean,
): void {
  const { playing, now, time } = playback;
  // A seek while paused moves the mark, too.
  const still = playing ? null : time;
  useEffect(() => {
    const starts = stopsOf(layout);
    let marked: HTMLElement | null = null;
    let frame = 0;
    const mark = () => {
      const stop = still === 0 ? null : stopAt(starts, still ?? now());
      const element =
        stop === null ? null : (root.current?.querySelector<HTMLElement>(stop.selector) ?? null);
      if (element !== marked) {
        marked?.removeAttribute('data-playing');
        element?.setAttribute('data-playing', '');
        marked = element;
        if (playing && follow) element?.scrollIntoView({ block: 'nearest' });
      }
      if (playing) frame = requestAnimationFrame(mark);
    };
    mark();
    return () => {
      cancelAnimationFrame(frame);
      marked?.removeAttribute('data-playing');
    };
  }, [root, layout, playing, follow, now, still]);
}

interface Stop {
  readonly start: number;
  readonly end: number;
  readonly selector: string;
}

function stopsOf(layout: TranscriptLayout): Stop[] {
  return layout.segments.flatMap(({ id, pieces }) =>
    pieces.map((piece) =>
      piece.kind === 'word'
        ? { start: piece.word.start, end: piece.word.end, selector: `[data-word="${piece.word.id}"]` }
        : {
            start: piece.start,
            end: piece.end,
            selector: `[data-segment="${id}"] [data-entity="${piece.entity.id}"]`,
          },
    ),
  );
}

/** What is said at `time`: the last stop that has begun, if it has not ended half a second ago. */
function stopAt(stops: readonly Stop[], time: number): Stop | null {
  let low = 0;
  let high = stops.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stops[middle]!.start <= time) low = middle + 1;
    else high = middle;
  }
  const stop = stops[low - 1];
  return stop && time < stop.end + 0.5 ? stop : null;
}
