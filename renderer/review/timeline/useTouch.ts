import { type PointerEvent, useRef, useState } from 'react';
import type { Stretch } from '../usePlayback.ts';
import { timeAt, type View, xOf } from './view.ts';

/** Pixels that a press may tremble and still be a click. */
const TREMBLE = 4;
/** Pixels on either side of a loop's edge at which it is taken hold of. */
const GRIP = 6;
/** Seconds; what is shorter was not meant as a loop. */
const SHORTEST_LOOP = 0.1;

interface Press {
  readonly x: number;
  readonly time: number;
  /** `seek` moves the playhead; `loop` marks a stretch from `time` on, or moves one edge of the loop. */
  readonly kind: 'seek' | 'loop';
  moved: boolean;
}

/** What a pointer does on the lanes: a click, dragging the playhead, and dragging a loop (with Shift, or by its edges). */
export function useTouch(given: {
  readonly view: View;
  readonly duration: number;
  readonly loop: Stretch | null;
  /** `y` in pixels from the top of the lanes. */
  onClick(time: number, y: number): void;
  onSeek(time: number): void;
  onLoop(loop: Stretch): void;
}) {
  const { view, duration, loop } = given;
  const press = useRef<Press | null>(null);
  const [marked, setMarked] = useState<Stretch | null>(null);
  const [gripping, setGripping] = useState(false);

  const placeOf = (event: PointerEvent<HTMLElement>) => {
    const { left, top, width } = event.currentTarget.getBoundingClientRect();
    const x = event.clientX - left;
    return { x, y: event.clientY - top, width, time: timeAt(x, view, width, duration) };
  };
  /** The edge of the loop that stays where it is when the other one is dragged from here. */
  const heldEdge = (x: number, width: number): number | null => {
    if (!loop) return null;
    if (Math.abs(xOf(loop.start, view, width) - x) <= GRIP) return loop.end;
    return Math.abs(xOf(loop.end, view, width) - x) <= GRIP ? loop.start : null;
  };

  return {
    marked,
    gripping,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        if (event.button !== 0) return;
        const { x, time, width } = placeOf(event);
        const held = heldEdge(x, width);
        event.currentTarget.setPointerCapture(event.pointerId);
        press.current = {
          x,
          time: held ?? time,
          kind: held !== null || event.shiftKey ? 'loop' : 'seek',
          moved: false,
        };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const { x, time, width } = placeOf(event);
        const { current } = press;
        if (!current) {
          setGripping(heldEdge(x, width) !== null);
          return;
        }
        if (!current.moved && Math.abs(x - current.x) < TREMBLE) return;
        current.moved = true;
        if (current.kind === 'seek') given.onSeek(time);
        else setMarked({ start: Math.min(current.time, time), end: Math.max(current.time, time) });
      },
      onPointerUp(event: PointerEvent<HTMLElement>) {
        const { current } = press;
        press.current = null;
        if (!current) return;
        const { time, y } = placeOf(event);
        if (!current.moved) given.onClick(time, y);
        else if (marked && marked.end - marked.start >= SHORTEST_LOOP) given.onLoop(marked);
        setMarked(null);
      },
      onPointerCancel() {
        press.current = null;
        setMarked(null);
      },
    },
  };
}
