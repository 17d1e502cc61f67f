import { useState } from 'react';
import type { Job } from '../../electron/contract.ts';
import { clock } from '../common/format.ts';
import { Icon } from '../common/icon.tsx';
import { m } from '../messages/messages.ts';
import { type Stretches, usePlayback } from './usePlayback.ts';

/** Seconds that are heard before and after a bleep. */
const AROUND = 2;

/** Plays the recording as its audio is exported, from bleep to bleep. */
export function BleepPreview({ job, stretches }: { job: Job; stretches: Stretches }) {
  const playback = usePlayback(job, stretches, true);
  const [at, setAt] = useState(-1);
  const { masked } = stretches;
  const { playing, failed, source } = playback;
  const hear = (next: number) => {
    const stretch = masked[next];
    if (!stretch) return;
    setAt(next);
    playback.play(Math.max(0, stretch.start - AROUND), stretch.end + AROUND);
  };
  const unplayable = failed || source === null;
  return (
    <div className="bleep-preview">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript under the dialog is the caption */}
      <audio ref={playback.ref} src={source ?? undefined} preload="metadata" />
      {unplayable ? (
        <p>{m.bleepPreview.unplayable}</p>
      ) : masked.length === 0 ? (
        <p>{m.bleepPreview.none}</p>
      ) : (
        <>
          <button
            type="button"
            className="outlined"
            onClick={() => (playing ? playback.pause() : hear(Math.max(at, 0)))}
          >
            <Icon name={playing ? 'pause' : 'hear'} />
            {playing ? m.player.pause : m.bleepPreview.hear}
          </button>
          <button
            type="button"
            className="plain"
            aria-label={m.bleepPreview.previous}
            title={m.bleepPreview.previous}
            disabled={at <= 0}
            onClick={() => hear(at - 1)}
          >
            <Icon name="rewind" />
          </button>
          <button
            type="button"
            className="plain"
            aria-label={m.bleepPreview.next}
            title={m.bleepPreview.next}
            disabled={at + 1 >= masked.length}
            onClick={() => hear(at + 1)}
          >
            <Icon name="forward" />
          </button>
          <span role="status">
            {at < 0
              ? m.bleepPreview.count(masked.length)
              : m.bleepPreview.place(at + 1, masked.length, clock(masked[at]!.start))}
          </span>
        </>
      )}
    </div>
  );
}
