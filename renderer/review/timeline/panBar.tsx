import { useEffect, useRef } from 'react';
import { m } from '../../messages/messages.ts';
import type { View } from './view.ts';

/** The scroll bar of a zoomed timeline; nothing while the whole recording is in view. */
export function PanBar({
  view,
  duration,
  onPan,
}: {
  view: View;
  duration: number;
  onPan: (start: number) => void;
}) {
  const bar = useRef<HTMLDivElement>(null);
  const span = view.end - view.start;
  const whole = span > duration - 0.01;
  useEffect(() => {
    const element = bar.current;
    if (!element) return;
    const wanted = (view.start / duration) * element.scrollWidth;
    // Its own scrolling comes back here rounded; moving it again would hold it up.
    if (Math.abs(element.scrollLeft - wanted) > 1) element.scrollLeft = wanted;
  }, [view, duration]);
  if (whole) return null;
  return (
    <div
      ref={bar}
      className="timeline-pan"
      role="scrollbar"
      tabIndex={0}
      aria-label={m.timeline.pan}
      aria-controls="root"
      aria-orientation="horizontal"
      aria-valuemin={0}
      aria-valuemax={Math.round(duration - span)}
      aria-valuenow={Math.round(view.start)}
      onScroll={({ currentTarget: { scrollLeft, scrollWidth } }) => {
        const start = (scrollLeft / scrollWidth) * duration;
        if (Math.abs(start - view.start) > (2 / scrollWidth) * duration) onPan(start);
      }}
    >
      <div style={{ width: `${(100 * duration) / span}%` }} />
    </div>
  );
}
