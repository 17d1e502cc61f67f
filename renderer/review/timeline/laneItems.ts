import { labelHue } from '../../common/labels.ts';
import type { TranscriptLayout } from '../layout.ts';
import type { Order } from '../order.ts';
import type { LaneItem } from './drawLanes.ts';

/** Everything that stands in the lanes: words, and masked spans by their aliases, in the order they are said. */
export function laneItems(
  order: Order,
  layout: TranscriptLayout,
  edges: readonly [number, number] | null,
): LaneItem[] {
  const labels = new Map(layout.masked.map(({ entity }) => [entity.id, entity.label]));
  return order.stops.map(({ kind, id, segment, start, end, text }, at) => {
    const label = kind === 'entity' ? labels.get(id) : undefined;
    return {
      start,
      end,
      text,
      hue: label === undefined ? null : labelHue(label),
      voice: layout.segments[segment]?.speaker?.place ?? null,
      selected: edges !== null && at >= edges[0] && at <= edges[1],
    };
  });
}

/** Index of the first masked region after (1) or before (-1) a time; null where there is none. */
export function regionBeside(items: readonly LaneItem[], time: number, step: 1 | -1): number | null {
  // The playhead stands a little beside where it was put.
  const aside = 0.01;
  const at =
    step > 0
      ? items.findIndex(({ hue, start }) => hue !== null && start > time + aside)
      : items.findLastIndex(({ hue, start }) => hue !== null && start < time - aside);
  return at < 0 ? null : at;
}
