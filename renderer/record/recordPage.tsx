import { useEffect, useRef, useState } from 'react';
import { Blank } from '../common/blank.tsx';
import { Confirm } from '../common/confirm.tsx';
import { clock } from '../common/format.ts';
import { Icon } from '../common/icon.tsx';
import { type AppView, attempt } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { LevelMeter } from './levelMeter.tsx';
import { LiveCaptions } from './liveCaptions.tsx';
import { type Recorder, useRecorder } from './useRecorder.ts';

/** The page on which a talk is recorded from the microphone. */
export function RecordPage({
  app,
  onClose,
  onBusy,
}: {
  app: AppView;
  onClose: () => void;
  /** Whether something is recorded that leaving the page would cut off. */
  onBusy: (busy: boolean) => void;
}) {
  const recorder = useRecorder();
  const [discarding, setDiscarding] = useState(false);
  const { phase, job } = recorder;
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  const begun = job !== null;
  const failed = phase === 'denied' || phase === 'none' || phase === 'busy';
  const latestBusy = useRef(onBusy);
  latestBusy.current = onBusy;
  useEffect(() => {
    latestBusy.current(begun);
    return () => latestBusy.current(false);
  }, [begun]);
  useWarningBeforeLeaving(begun && app.runtime === 'browser');

  const stop = (keep: boolean) => void attempt(() => recorder.stop(keep).finally(onClose));
  return (
    <div className="home">
      <header className="home-bar">
        {!begun && (
          <button type="button" className="quiet" onClick={onClose}>
            <Icon name="back" />
            {m.review.back}
          </button>
        )}
        <h1 ref={title} tabIndex={-1} className="page-title">
          {m.record.title}
        </h1>
      </header>
      <main className="home-main record">
        {failed ? (
          <Failure recorder={recorder} runtime={app.runtime} onStop={stop} />
        ) : (
          <section className="record-desk" data-phase={phase} aria-label={m.record.title}>
            <p className="record-state" role="status">
              <span className="record-dot" aria-hidden="true" />
              {m.record.phases[phase]}
            </p>
            <Clock seconds={recorder.seconds} running={phase === 'recording'} />
            <LevelMeter level={recorder.level} active={phase === 'ready' || phase === 'recording'} />
            {recorder.trouble !== null && (
              <p className="warning" role="alert">
                <Icon name="warning" />
                {recorder.trouble}
              </p>
            )}
            <div className="record-actions">
              {!begun && (
                <button
                  type="button"
                  className="primary record-main"
                  disabled={phase !== 'ready'}
                  onClick={recorder.start}
                >
                  <Icon name="microphone" />
                  {m.record.start}
                </button>
              )}
              {begun && (
                <>
                  <button
                    type="button"
                    className="outlined"
                    disabled={phase === 'stopping'}
                    onClick={phase === 'recording' ? recorder.pause : recorder.resume}
                  >
                    <Icon name={phase === 'recording' ? 'pause' : 'microphone'} />
                    {phase === 'recording' ? m.player.pause : m.queueList.resume}
                  </button>
                  <button
                    type="button"
                    className="primary record-main"
                    disabled={phase === 'stopping'}
                    onClick={() => stop(true)}
                  >
                    <Icon name="stop" />
                    {m.record.stop}
                  </button>
                  <button
                    type="button"
                    className="quiet"
                    disabled={phase === 'stopping'}
                    onClick={() => setDiscarding(true)}
                  >
                    {m.record.discard}
                  </button>
                </>
              )}
            </div>
            <Devices recorder={recorder} />
          </section>
        )}
        {begun ? (
          <LiveCaptions job={job} />
        ) : failed ? null : (
          <p className="queue-note">{app.keepsTranscripts ? m.record.kept : m.record.notKept}</p>
        )}
      </main>
      {discarding && (
        <Confirm
          title={m.record.discardTitle}
          text={m.record.discardText}
          answer={m.record.discard}
          onAnswer={() => stop(false)}
          onClose={() => setDiscarding(false)}
        />
      )}
    </div>
  );
}

function Clock({ seconds, running }: { seconds: () => number; running: boolean }) {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => tick((count) => count + 1), 250);
    return () => clearInterval(timer);
  }, [running]);
  return <p className="record-clock">{clock(seconds())}</p>;
}

function Devices({ recorder }: { recorder: Recorder }) {
  const { phase, devices, device } = recorder;
  // While it records the microphone stays: another one would leave a gap that nobody sees.
  if (devices.length < 2 || phase === 'recording' || phase === 'stopping') return null;
  return (
    <label className="record-device">
      <span>{m.record.microphone}</span>
      <select value={device} onChange={(event) => recorder.open(event.target.value)}>
        {devices.map(({ id, name }, at) => (
          <option key={id} value={id}>
            {name || m.record.numbered(at + 1)}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Why there is no microphone, and what to do about it. */
function Failure({
  recorder,
  runtime,
  onStop,
}: {
  recorder: Recorder;
  runtime: AppView['runtime'];
  onStop: (keep: boolean) => void;
}) {
  const { phase, job } = recorder;
  const why = phase as 'denied' | 'none' | 'busy';
  const { title, text } = m.record.failures[why];
  return (
    <Blank icon={why === 'none' ? 'microphone' : 'warning'} title={title} text={text} alert>
      {why === 'denied' && <p>{runtime === 'electron' ? m.record.allowInSystem : m.record.allowInBrowser}</p>}
      <div className="record-actions">
        <button
          type="button"
          className={job === null ? 'primary' : 'outlined'}
          onClick={() => recorder.open(null)}
        >
          <Icon name="retry" />
          {m.queueList.retry}
        </button>
        {job !== null && (
          <button type="button" className="primary" onClick={() => onStop(true)}>
            <Icon name="stop" />
            {m.record.stop}
          </button>
        )}
      </div>
    </Blank>
  );
}

/** A browser asks before it closes the page; in the app's window the recording is found at the next start. */
function useWarningBeforeLeaving(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [active]);
}
