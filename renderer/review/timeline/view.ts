import { firstWhere } from '../firstWhere.ts';

/** The part of a recording that is in view, in seconds; every lane of the timeline shows the same. */
export interface View {
  readonly start: number;
  readonly end: number;
}

/** Pixels for a second at the closest zoom: letters of quick speech have room there. */
const CLOSEST = 240;
const ZOOM_STEP = 2;
/** Steps of the ruler in seconds; the first that leaves a label enough room is taken. */
const TICKS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600];
const TICK_PITCH = 72;

/** Where a time lies in a lane `width` pixels wide. */
export function xOf(time: number, view: View, width: number): number {
  return ((time - view.start) / (view.end - view.start)) * width;
}

/** The time at a place of a lane, inside the recording. */
export function timeAt(x: number, view: View, width: number, duration: number): number {
  const time = view.start + (x / width) * (view.end - view.start);
  return Math.min(Math.max(time, 0), duration);
}

/**
 * Pixels for a second one step closer (1) or wider (-1).
 * @param fit pixels for a second at which the whole recording is in view; nothing is wider.
 */
export function zoomed(now: number, step: 1 | -1, fit: number): number {
  return Math.min(Math.max(now * ZOOM_STEP ** step, fit), Math.max(CLOSEST, fit));
}

/** Times of the ruler's labels in view, in seconds. */
export function ticksOf(view: View, width: number): number[] {
  const second = width / (view.end - view.start);
  const step = TICKS.find((tick) => tick * second >= TICK_PITCH) ?? TICKS[TICKS.length - 1]!;
  const first = Math.ceil(view.start / step);
  const last = Math.floor(view.end / step);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => (first + i) * step);
}

/** Indices `[from, to)` of what touches the view, by halving; what is given is in order of its times. */
export function inView(
  items: readonly { readonly start: number; readonly end: number }[],
  view: View,
): readonly [number, number] {
  const from = firstWhere(items, (item) => item.end >= view.start);
  const to = firstWhere(items, (item) => item.start > view.end);
  return [from, Math.max(from, to)];
}
