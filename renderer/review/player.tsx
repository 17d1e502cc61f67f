import { clock } from '../common/format.ts';
import { Icon } from '../common/icon.tsx';
import { m } from '../messages/messages.ts';
import { type Playback, RATES } from './usePlayback.ts';

export const SKIP_SECONDS = 5;

/** The pinned player. */
export function Player({
  playback,
  duration,
  follow,
  onFollow,
  onJump,
  onLoop,
  zoom,
}: {
  playback: Playback;
  duration: number;
  follow: boolean;
  onFollow: (follow: boolean) => void;
  onJump: () => void;
  /** Loops what is selected, or ends the loop. */
  onLoop: () => void;
  zoom: {
    /** Whether the whole recording is in view. */
    readonly whole: boolean;
    readonly by: (step: 1 | -1 | 0) => void;
  };
}) {
  const { playing, time, rate, failed, source, loop, skipsSilence, bleeps } = playback;
  const unplayable = failed || source === null;
  return (
    <section className="player" aria-label={m.player.name}>
      {/* biome-ignore lint/a11y/useMediaCaption: the transcript beside it is the caption */}
      <audio ref={playback.ref} src={source ?? undefined} preload="metadata" />
      {unplayable ? (
        <p className="player-note">{m.player.unplayable}</p>
      ) : (
        <>
          <div className="player-buttons">
            <button
              type="button"
              className="plain"
              aria-label={m.player.back(SKIP_SECONDS)}
              onClick={() => playback.skip(-SKIP_SECONDS)}
            >
              <Icon name="rewind" />
            </button>
            <button
              type="button"
              className="play"
              aria-label={playing ? m.player.pause : m.player.play}
              onClick={playback.toggle}
            >
              <PlayIcon playing={playing} />
            </button>
            <button
              type="button"
              className="plain"
              aria-label={m.player.forward(SKIP_SECONDS)}
              onClick={() => playback.skip(SKIP_SECONDS)}
            >
              <Icon name="forward" />
            </button>
          </div>
          <div className="player-place">
            <span className="player-time">{clock(time)}</span>
            <input
              type="range"
              className="player-seek"
              aria-label={m.player.position}
              aria-valuetext={m.player.positionOf(clock(time), clock(duration))}
              min={0}
              max={duration}
              step={0.1}
              value={Math.min(time, duration)}
              onChange={(event) => playback.seek(event.currentTarget.valueAsNumber)}
            />
            <span className="player-time">{clock(duration)}</span>
          </div>
          <Zoom {...zoom} />
          <div className="player-tools">
            <label className="player-rate">
              <span className="only-heard">{m.player.speed}</span>
              <select value={rate} onChange={(event) => playback.setRate(Number(event.target.value))}>
                {RATES.map((choice) => (
                  <option key={choice} value={choice}>{`${choice}×`}</option>
                ))}
              </select>
            </label>
            <Toggle
              on={loop !== null}
              icon="loop"
              name={m.player.loop}
              hint={m.player.loopHint}
              change={onLoop}
            />
            <Toggle on={skipsSilence} icon="skip" name={m.player.skip} change={playback.toggleSkip} />
            <Toggle
              on={bleeps}
              icon="bleep"
              name={m.player.bleep}
              hint={m.player.bleepHint}
              change={playback.toggleBleeps}
            />
            <Toggle
              on={follow}
              icon="follow"
              name={m.player.follow}
              hint={m.player.followHint}
              change={() => onFollow(!follow)}
            />
            <button type="button" className="quiet" onClick={onJump} title={m.player.jump}>
              <Icon name="jump" />
              <span className="wide-only">{m.player.jump}</span>
            </button>
          </div>
        </>
      )}
    </section>
  );
}

/** How much of the timeline above is in view. */
function Zoom({ whole, by }: { whole: boolean; by: (step: 1 | -1 | 0) => void }) {
  const steps = [
    { icon: 'zoomOut', step: -1, name: m.timeline.zoomOut, off: whole },
    { icon: 'zoomIn', step: 1, name: m.timeline.zoomIn, off: false },
    { icon: 'whole', step: 0, name: m.timeline.whole, off: whole },
  ] as const;
  return (
    <div className="player-zoom">
      {steps.map(({ icon, step, name, off }) => (
        <button
          key={icon}
          type="button"
          className="plain"
          aria-label={name}
          title={name}
          disabled={off}
          onClick={() => by(step)}
        >
          <Icon name={icon} />
        </button>
      ))}
    </div>
  );
}

function Toggle({
  on,
  icon,
  name,
  hint,
  change,
}: {
  on: boolean;
  icon: 'loop' | 'skip' | 'bleep' | 'follow';
  name: string;
  hint?: string;
  change: () => void;
}) {
  return (
    <button type="button" className="toggle" aria-pressed={on} title={hint ?? name} onClick={change}>
      <Icon name={icon} />
      <span className="wide-only">{name}</span>
    </button>
  );
}

function PlayIcon({ playing }: { playing: boolean }) {
  return (
    <svg className="icon-solid" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
      <path d={playing ? 'M5 3h4v14H5zM11 3h4v14h-4z' : 'M6 3l11 7-11 7z'} />
    </svg>
  );
}
