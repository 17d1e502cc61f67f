import { clock } from '../common/format.ts';
import { Icon } from '../common/icon.tsx';
import type { Playback } from './usePlayback.ts';

const RATES = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];
const SKIP_SECONDS = 5;

/** The pinned player. Pitch is kept at every speed, as browsers do by default. */
export function Player({
  playback,
  duration,
  follow,
  onFollow,
}: {
  playback: Playback;
  duration: number;
  follow: boolean;
  onFollow: (follow: boolean) => void;
}) {
  const { playing, time, rate, failed, source } = playback;
  const unplayable = failed || source === null;
  return (
    <section className="player" aria-label="Player">
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript beside it is the caption */}
      <audio ref={playback.ref} src={source ?? undefined} preload="metadata" />
      {unplayable ? (
        <p className="player-note">This recording cannot be played here; the transcript is complete.</p>
      ) : (
        <>
          <div className="player-buttons">
            <button
              type="button"
              className="plain"
              aria-label={`Back ${SKIP_SECONDS} seconds`}
              onClick={() => playback.seek(time - SKIP_SECONDS)}
            >
              <Icon name="rewind" />
            </button>
            <button
              type="button"
              className="play"
              aria-label={playing ? 'Pause' : 'Play'}
              onClick={playback.toggle}
            >
              <PlayIcon playing={playing} />
            </button>
            <button
              type="button"
              className="plain"
              aria-label={`Forward ${SKIP_SECONDS} seconds`}
              onClick={() => playback.seek(time + SKIP_SECONDS)}
            >
              <Icon name="forward" />
            </button>
          </div>
          <span className="player-time">{clock(time)}</span>
          <input
            type="range"
            className="player-seek"
            aria-label="Position"
            aria-valuetext={`${clock(time)} of ${clock(duration)}`}
            min={0}
            max={duration}
            step={0.1}
            value={Math.min(time, duration)}
            onChange={(event) => playback.seek(event.currentTarget.valueAsNumber)}
          />
          <span className="player-time">{clock(duration)}</span>
          <label className="player-rate">
            <span className="only-heard">Speed</span>
            <select value={rate} onChange={(event) => playback.setRate(Number(event.target.value))}>
              {RATES.map((choice) => (
                <option key={choice} value={choice}>{`${choice}×`}</option>
              ))}
            </select>
          </label>
          <label className="player-follow">
            <input type="checkbox" checked={follow} onChange={(event) => onFollow(event.target.checked)} />
            Follow
          </label>
        </>
      )}
    </section>
  );
}

function PlayIcon({ playing }: { playing: boolean }) {
  return (
    <svg className="icon-solid" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={playing ? 'M5 3h4v14H5zM11 3h4v14h-4z' : 'M6 3l11 7-11 7z'} />
    </svg>
  );
}
