import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Job } from '../../electron/contract.ts';
import { mediaOf } from '../host/store.ts';
import { BleepTone } from './bleepTone.ts';
import { firstWhere } from './firstWhere.ts';

/** A stretch of the recording in seconds. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Where playing does something else than going on; both in order, not overlapping. */
export interface Stretches {
  /** Nobody speaks. */
  readonly silent: readonly Stretch[];
  /** Masked, as the exported audio replaces it. */
  readonly masked: readonly Stretch[];
}

const SLOWEST = 0.5;
const FASTEST = 3;
export const RATES = [SLOWEST, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, FASTEST];

export interface Playback {
  /** Attach to the audio element. */
  readonly ref: (element: HTMLAudioElement | null) => void;
  readonly source: string | null;
  readonly playing: boolean;
  /** Seconds; changes a few times a second while playing. */
  readonly time: number;
  readonly rate: number;
  /** The browser engine cannot play this recording. */
  readonly failed: boolean;
  /** What is played again and again. */
  readonly loop: Stretch | null;
  readonly skipsSilence: boolean;
  readonly bleeps: boolean;
  toggle(): void;
  pause(): void;
  /** Plays from `time`, up to `end` if given. */
  play(time: number, end?: number): void;
  seek(time: number): void;
  /** Forward by so many seconds, back if negative. */
  skip(seconds: number): void;
  setRate(rate: number): void;
  /** The next speed up (1) or down (-1). */
  stepRate(step: 1 | -1): void;
  /** Plays a stretch again and again; null goes on after it. */
  setLoop(stretch: Stretch | null): void;
  toggleSkip(): void;
  toggleBleeps(): void;
  /** The exact position now. */
  now(): number;
}

const START = {
  playing: false,
  time: 0,
  rate: 1,
  failed: false,
  loop: null as Stretch | null,
  skipsSilence: false,
  bleeps: false,
};

/**
 * An audio element and its state; only one of a page plays at a time. Pitch is kept at every speed, as browsers do by
 * default.
 * @param bleepsAtFirst whether masked stretches are bleeped at first.
 */
export function usePlayback(job: Job, stretches: Stretches, bleepsAtFirst = false): Playback {
  const media = mediaOf(job);
  const source = useObjectUrl(media);
  const audio = useRef<HTMLAudioElement | null>(null);
  const stopAt = useRef<number | null>(null);
  const [state, setState] = useState({ ...START, bleeps: bleepsAtFirst });
  const change = useCallback(
    (part: Partial<typeof START>) => setState((current) => ({ ...current, ...part })),
    [],
  );

  const ref = useCallback(
    (element: HTMLAudioElement | null) => {
      audio.current = element;
      if (!element) return;
      element.onplay = () => {
        for (const other of document.querySelectorAll('audio')) if (other !== element) other.pause();
        change({ playing: true });
      };
      element.onpause = () => change({ playing: false });
      element.onended = () => change({ playing: false });
      element.onerror = () => change({ failed: true, playing: false });
      element.onratechange = () => change({ rate: element.playbackRate });
      element.onseeked = () => change({ time: element.currentTime });
      element.ontimeupdate = () => change({ time: element.currentTime });
    },
    [change],
  );
  useTick(audio, stopAt, state, stretches);

  const { loop, skipsSilence, bleeps } = state;
  const controls = useMemo(() => {
    const start = () => void audio.current?.play().catch(() => {});
    const seek = (time: number) => {
      stopAt.current = null;
      if (audio.current) audio.current.currentTime = Math.max(0, time);
    };
    const setRate = (wanted: number) => {
      if (audio.current) audio.current.playbackRate = Math.min(Math.max(wanted, SLOWEST), FASTEST);
    };
    return {
      toggle() {
        stopAt.current = null;
        if (audio.current?.paused) start();
        else audio.current?.pause();
      },
      pause: () => audio.current?.pause(),
      play(time: number, end?: number) {
        stopAt.current = end ?? null;
        if (audio.current) audio.current.currentTime = time;
        start();
      },
      seek,
      skip: (seconds: number) => seek((audio.current?.currentTime ?? 0) + seconds),
      setRate,
      stepRate(step: 1 | -1) {
        // The element's own, since the state follows later.
        const now = audio.current?.playbackRate ?? 1;
        const faster = RATES.find((choice) => choice > now + 0.001);
        const slower = RATES.findLast((choice) => choice < now - 0.001);
        setRate((step > 0 ? faster : slower) ?? now);
      },
      setLoop(stretch: Stretch | null) {
        stopAt.current = null;
        change({ loop: stretch });
        if (!stretch) return;
        if (audio.current) audio.current.currentTime = stretch.start;
        start();
      },
      toggleSkip: () => change({ skipsSilence: !skipsSilence }),
      toggleBleeps: () => change({ bleeps: !bleeps }),
      now: () => audio.current?.currentTime ?? 0,
    };
  }, [change, skipsSilence, bleeps]);
  return useMemo(() => ({ ref, source, ...state, loop, ...controls }), [ref, source, state, loop, controls]);
}

/** While playing, looks at the position in every frame: `timeupdate` comes too seldom to stop at the end of a word. */
function useTick(
  audio: { readonly current: HTMLAudioElement | null },
  stopAt: { current: number | null },
  state: typeof START,
  stretches: Stretches,
): void {
  const { playing, loop, skipsSilence, bleeps } = state;
  const latest = useRef(stretches);
  latest.current = stretches;
  useEffect(() => {
    if (!playing) return;
    const tone = bleeps ? new BleepTone() : null;
    let frame = 0;
    const tick = () => {
      frame = requestAnimationFrame(tick);
      const element = audio.current;
      if (!element) return;
      const { currentTime: time } = element;
      const { silent, masked } = latest.current;
      const silence = skipsSilence && stopAt.current === null ? stretchAt(silent, time) : null;
      if (stopAt.current !== null && time >= stopAt.current) {
        stopAt.current = null;
        element.pause();
      } else if (loop && (time >= loop.end || time < loop.start - 0.5)) element.currentTime = loop.start;
      else if (silence && !loop) element.currentTime = silence.end;
      if (!tone) return;
      // A frame ahead: what is masked must not be heard even for its first instant.
      const inside = stretchAt(masked, time) ?? stretchAt(masked, time + 0.06 * element.playbackRate);
      element.muted = inside !== null;
      tone.sound(inside !== null);
    };
    frame = requestAnimationFrame(tick);
    return () => {
      cancelAnimationFrame(frame);
      tone?.end();
      if (audio.current) audio.current.muted = false;
    };
  }, [audio, stopAt, playing, loop, skipsSilence, bleeps]);
}

/** The stretch in which a time lies. */
function stretchAt(stretches: readonly Stretch[], time: number): Stretch | null {
  const stretch = stretches[firstWhere(stretches, ({ start }) => start > time) - 1];
  return stretch && time < stretch.end ? stretch : null;
}

/** An address for the file; object URLs are given back when the page is left. */
function useObjectUrl(media: File | string | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (media === null || typeof media === 'string') {
      setUrl(media);
      return;
    }
    const made = URL.createObjectURL(media);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [media]);
  return url;
}
