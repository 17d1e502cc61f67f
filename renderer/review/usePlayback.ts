import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Job } from '../../electron/contract.ts';
import { mediaOf } from '../host/store.ts';

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
  toggle(): void;
  /** Plays from `time`, up to `end` if given. */
  play(time: number, end?: number): void;
  seek(time: number): void;
  setRate(rate: number): void;
  /** The exact position now. */
  now(): number;
}

/** The one audio element of a review and its state. */
export function usePlayback(job: Job): Playback {
  const media = mediaOf(job);
  const source = useObjectUrl(media);
  const audio = useRef<HTMLAudioElement | null>(null);
  const stopAt = useRef<number | null>(null);
  const [state, setState] = useState({ playing: false, time: 0, rate: 1, failed: false });

  const ref = useCallback((element: HTMLAudioElement | null) => {
    audio.current = element;
    if (!element) return;
    const change = (part: Partial<typeof state>) => setState((current) => ({ ...current, ...part }));
    element.onplay = () => change({ playing: true });
    element.onpause = () => change({ playing: false });
    element.onended = () => change({ playing: false });
    element.onerror = () => change({ failed: true, playing: false });
    element.onratechange = () => change({ rate: element.playbackRate });
    element.onseeked = () => change({ time: element.currentTime });
    element.ontimeupdate = () => change({ time: element.currentTime });
  }, []);

  // `timeupdate` comes four times a second, too seldom to stop at the end of a word.
  useEffect(() => {
    if (!state.playing) return;
    let frame = 0;
    const tick = () => {
      const element = audio.current;
      if (element && stopAt.current !== null && element.currentTime >= stopAt.current) {
        stopAt.current = null;
        element.pause();
      }
      frame = requestAnimationFrame(tick);
    };
    frame = requestAnimationFrame(tick);
    return () => cancelAnimationFrame(frame);
  }, [state.playing]);

  const controls = useMemo(() => {
    const start = () => void audio.current?.play().catch(() => {});
    return {
      toggle() {
        stopAt.current = null;
        if (audio.current?.paused) start();
        else audio.current?.pause();
      },
      play(time: number, end?: number) {
        stopAt.current = end ?? null;
        if (audio.current) audio.current.currentTime = time;
        start();
      },
      seek(time: number) {
        stopAt.current = null;
        if (audio.current) audio.current.currentTime = Math.max(0, time);
      },
      setRate(rate: number) {
        if (audio.current) audio.current.playbackRate = rate;
      },
      now: () => audio.current?.currentTime ?? 0,
    };
  }, []);
  return { ref, source, ...state, ...controls };
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
