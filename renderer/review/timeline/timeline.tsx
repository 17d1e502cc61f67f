import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useImperativeHandle,
  useMemo,
  useRef,
  useState,
  type WheelEvent,
} from 'react';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { clock } from '../../common/format.ts';
import { m } from '../../messages/messages.ts';
import { NoiseStrip } from '../acoustics/noiseStrip.tsx';
import type { TranscriptLayout } from '../layout.ts';
import { edgesOf, type Order, stopAt } from '../order.ts';
import type { Selection } from '../selection.ts';
import type { Playback } from '../usePlayback.ts';
import { drawLanes, LANES_HEIGHT, RULER_HEIGHT, WORDS_TOP } from './drawLanes.ts';
import { DrawnWave } from './drawnWave.ts';
import { runKey } from './keys.ts';
import { laneItems, regionBeside } from './laneItems.ts';
import { PanBar } from './panBar.tsx';
import { useTouch } from './useTouch.ts';
import { useWaveform } from './useWaveform.ts';
import { type View, xOf } from './view.ts';

/** Seconds: a player stands a little beside where it was put. */
const BESIDE = 0.01;

export interface TimelineHandle {
  /** One step closer (1), wider (-1), or the whole recording (0). */
  zoom(step: 1 | -1 | 0): void;
}

/** The recording over time: ruler, waveform with masked regions, words, noise and head weights, all on one axis. */
export function Timeline({
  ref,
  job,
  transcript,
  layout,
  order,
  selection,
  playback,
  follow,
  onPick,
  onPanned,
  onZoom,
}: {
  ref: RefObject<TimelineHandle | null>;
  job: string;
  transcript: Transcript;
  layout: TranscriptLayout;
  order: Order;
  selection: Selection;
  playback: Playback;
  /** Whether the playhead is kept in view. */
  follow: boolean;
  /** Selects a place of the text; its index in the order. */
  onPick: (stop: number) => void;
  /** The person looks at another part than the one that is playing. */
  onPanned: () => void;
  /** Whether the whole recording is in view. */
  onZoom: (whole: boolean) => void;
}) {
  const { duration } = transcript.recording;
  const known = useWaveform(job);
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const wave = useRef<DrawnWave | null>(null);
  const [view, setView] = useState<View>({ start: 0, end: duration });
  const axis = useRef<HTMLDivElement>(null);
  const latestZoom = useRef(onZoom);
  latestZoom.current = onZoom;

  useEffect(() => {
    const drawn = new DrawnWave(host.current!, duration, (next) => {
      setView(next);
      latestZoom.current(next.end - next.start > duration - 0.01);
    });
    wave.current = drawn;
    return () => {
      wave.current = null;
      drawn.destroy();
    };
  }, [duration]);
  useEffect(() => {
    if (known.kind === 'known') wave.current?.draw(known.waveform);
  }, [known]);

  const items = useMemo(
    () => laneItems(order, layout, edgesOf(order, selection)),
    [order, layout, selection],
  );
  const stopUnder = (time: number) => {
    const at = stopAt(order, time + BESIDE);
    const stop = order.stops[at];
    return stop && time <= stop.end ? at : null;
  };
  const touch = useTouch({
    view,
    duration,
    loop: playback.loop,
    onSeek: playback.seek,
    onLoop: playback.setLoop,
    onClick(time, y) {
      playback.seek(time);
      const at = stopUnder(time);
      // On the wave only masked regions are things of their own; a click elsewhere is a place in time.
      if (at !== null && (y >= WORDS_TOP || (y > RULER_HEIGHT && items[at]!.hue !== null))) onPick(at);
    },
  });
  const loop = touch.marked ?? playback.loop;
  useLanes(canvas, { view, items, loop });
  usePlayhead(axis, wave, view, playback, follow);

  const zoom = (step: 1 | -1 | 0, around?: number) => {
    const now = playback.now();
    const middle = (view.start + view.end) / 2;
    wave.current?.zoom(step, around ?? (now >= view.start && now <= view.end ? now : middle));
  };
  useImperativeHandle(ref, () => ({ zoom }));

  const pan = (start: number) => {
    onPanned();
    wave.current?.scrollTo(start);
  };
  const wheel = (event: WheelEvent<HTMLElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const span = view.end - view.start;
    if (event.ctrlKey) {
      const around = view.start + ((event.clientX - left) / width) * span;
      zoom(event.deltaY < 0 ? 1 : -1, around);
    } else if (span < duration) pan(view.start + ((event.deltaX + event.deltaY) / width) * span);
  };
  const key = (event: KeyboardEvent) => {
    const region = (step: 1 | -1) => {
      const next = regionBeside(items, playback.now(), step);
      if (next === null) return;
      playback.seek(items[next]!.start);
      onPick(next);
    };
    const pick = () => {
      const at = stopUnder(playback.now());
      if (at !== null) onPick(at);
    };
    if (runKey(event, { duration, skip: playback.skip, seek: playback.seek, zoom, region, pick }))
      event.preventDefault();
  };
  const here = stopUnder(playback.time);
  const place = m.player.positionOf(clock(playback.time), clock(duration));
  return (
    <section className="timeline" aria-label={m.timeline.name}>
      <div className="timeline-axis" ref={axis}>
        <div
          className="timeline-lanes"
          style={{ height: LANES_HEIGHT }}
          role="slider"
          tabIndex={0}
          aria-label={m.timeline.waveform}
          aria-valuemin={0}
          aria-valuemax={Math.round(duration)}
          aria-valuenow={Math.round(playback.time)}
          aria-valuetext={here === null ? place : `${place} · ${order.stops[here]!.text}`}
          data-gripping={touch.gripping || undefined}
          onKeyDown={key}
          onWheel={wheel}
          {...touch.handlers}
        >
          <div ref={host} className="timeline-wave" style={{ top: RULER_HEIGHT }} />
          <canvas ref={canvas} className="timeline-canvas" />
        </div>
        {known.kind !== 'known' && (
          <p className="timeline-note" role="status">
            <span>{known.kind === 'reading' ? m.timeline.reading : known.sentence}</span>
          </p>
        )}
        <NoiseStrip transcript={transcript} view={view} time={playback.time} onSeek={playback.seek} />
        <div className="timeline-now" aria-hidden="true" />
      </div>
      <PanBar view={view} duration={duration} onPan={pan} />
    </section>
  );
}

/** Draws the lanes when what they show has changed, or the size or the colours of the window. */
function useLanes(canvas: RefObject<HTMLCanvasElement | null>, lanes: Parameters<typeof drawLanes>[1]): void {
  const latest = useRef(lanes);
  latest.current = lanes;
  const { view, items, loop } = lanes;
  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn again when one of them changes
  useEffect(() => {
    if (canvas.current) drawLanes(canvas.current, latest.current);
  }, [canvas, view, items, loop]);
  useEffect(() => {
    const draw = () => canvas.current && drawLanes(canvas.current, latest.current);
    const size = new ResizeObserver(draw);
    size.observe(canvas.current!);
    const theme = window.matchMedia('(prefers-color-scheme: dark)');
    theme.addEventListener('change', draw);
    return () => {
      size.disconnect();
      theme.removeEventListener('change', draw);
    };
  }, [canvas]);
}

/** Moves the playhead over all lanes, without rendering anything again, and keeps it in view when following. */
function usePlayhead(
  axis: RefObject<HTMLDivElement | null>,
  wave: RefObject<DrawnWave | null>,
  view: View,
  { playing, now, time }: Playback,
  follow: boolean,
): void {
  // A seek while paused moves it, too.
  const still = playing ? null : time;
  useEffect(() => {
    if (still !== null) wave.current?.bring(still);
  }, [wave, still]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a seek while paused moves the line
  useEffect(() => {
    let frame = 0;
    const move = () => {
      const at = now();
      wave.current?.show(at);
      if (playing && follow) wave.current?.bring(at);
      const line = axis.current?.querySelector<HTMLElement>('.timeline-now');
      if (line && axis.current) {
        const inside = at >= view.start && at <= view.end;
        line.style.visibility = inside ? '' : 'hidden';
        line.style.transform = `translateX(${xOf(at, view, axis.current.clientWidth)}px)`;
      }
      if (playing) frame = requestAnimationFrame(move);
    };
    move();
    return () => cancelAnimationFrame(frame);
  }, [axis, wave, view, playing, now, follow, still]);
}
