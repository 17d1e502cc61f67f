import { useEffect, useState } from 'react';
import type { Job } from '../../electron/contract.ts';
import { Confirm } from '../common/confirm.tsx';
import { clock, roughTime } from '../common/format.ts';
import { Icon } from '../common/icon.tsx';
import { call } from '../host/client.ts';
import { attempt } from '../host/store.ts';
import { told } from '../messages/failures.ts';
import { m } from '../messages/messages.ts';

type Progress = NonNullable<Job['progress']>;

/** One recording of the queue with what can be done about it. */
export function JobCard({
  job,
  moves,
}: {
  job: Job;
  /** Whether it can be moved before or behind another one. */
  moves: { readonly up: boolean; readonly down: boolean };
}) {
  return (
    <li className="job" data-state={job.state} aria-label={job.name}>
      <div className="job-text">
        <p className="job-name">
          {job.name}
          {job.folder !== '' && <span className="job-folder">{job.folder}</span>}
        </p>
        <Status job={job} />
      </div>
      <Actions job={job} moves={moves} />
      {job.state === 'running' && <Bar progress={job.progress} name={job.name} />}
    </li>
  );
}

function Status({ job }: { job: Job }) {
  const running = job.state === 'running' ? job.progress : null;
  const since = useSecondsSince(running);
  if (job.state === 'failed')
    return (
      <p className="job-status job-error" role="status">
        <Icon name="warning" />
        {told(job.error ?? '')}
      </p>
    );
  return (
    <>
      <p className="job-status">{statusOf(job, since)}</p>
      {job.warnings.map((warning) => (
        <p key={warning} className="job-status job-warning">
          {told(warning)}
        </p>
      ))}
    </>
  );
}

/** Seconds since `report` came, so that the clock runs on between two reports of the engine. */
function useSecondsSince(report: Progress | null): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    setSeconds(0);
    if (report === null) return;
    const began = performance.now();
    const timer = setInterval(() => setSeconds((performance.now() - began) / 1000), 1000);
    return () => clearInterval(timer);
  }, [report]);
  return seconds;
}

function statusOf(job: Job, since: number): string {
  switch (job.state) {
    case 'waiting':
      return job.progress && job.progress.audioSeconds > 0
        ? m.queueList.stoppedAt(clock(job.progress.audioSeconds))
        : m.queueList.waiting;
    case 'cancelled':
      return m.queueList.cancelled;
    case 'running':
      return job.progress ? progressText(job.progress, since) : m.queueList.gettingReady;
    case 'done':
      return m.queueList.done;
    case 'failed':
      return told(job.error ?? '');
  }
}

function progressText(progress: Progress, since: number): string {
  const { stage, audioSeconds, duration, elapsed, remaining } = progress;
  const parts: string[] = [m.queueList.stages[stage]];
  if (stage === 'listening')
    parts.push(
      duration === null
        ? m.queueList.heard(clock(audioSeconds))
        : m.queueList.heardOf(clock(audioSeconds), clock(duration)),
    );
  parts.push(m.queueList.elapsed(clock(elapsed + since)));
  if (remaining !== null) parts.push(m.queueList.left(roughTime(remaining - since)));
  return parts.join(' · ');
}

function Bar({ progress, name }: { progress: Progress | null; name: string }) {
  // Without a first result there is nothing to show but that work goes on.
  const share =
    progress?.duration && progress.audioSeconds > 0 ? progress.audioSeconds / progress.duration : null;
  return (
    <progress
      className="job-bar"
      aria-label={m.queueList.progressOf(name)}
      max={1}
      {...(share === null ? {} : { value: Math.min(share, 1) })}
    />
  );
}

function Actions({ job, moves }: { job: Job; moves: { readonly up: boolean; readonly down: boolean } }) {
  const { state, name, id, recorded } = job;
  const [removing, setRemoving] = useState(false);
  const act = (method: 'cancelJob' | 'retryJob' | 'removeJob') => () =>
    void attempt(() => call(method, { job: id }));
  const move = (step: 1 | -1) => void attempt(() => call('moveJob', { job: id, step }));
  return (
    <div className="job-actions">
      {(moves.up || moves.down) && (
        <>
          <button
            type="button"
            className="plain"
            aria-label={m.queueList.sooner(name)}
            disabled={!moves.up}
            onClick={() => move(-1)}
          >
            <Icon name="up" />
          </button>
          <button
            type="button"
            className="plain"
            aria-label={m.queueList.later(name)}
            disabled={!moves.down}
            onClick={() => move(1)}
          >
            <Icon name="down" />
          </button>
        </>
      )}
      {(state === 'running' || state === 'waiting') && (
        <button
          type="button"
          className="outlined"
          aria-label={m.queueList.cancelNamed(name)}
          onClick={act('cancelJob')}
        >
          {m.common.cancel}
        </button>
      )}
      {(state === 'failed' || state === 'cancelled') && (
        <>
          <button
            type="button"
            className="outlined"
            aria-label={m.queueList.retryNamed(name)}
            onClick={act('retryJob')}
          >
            <Icon name="retry" />
            {m.queueList.retry}
          </button>
          <button
            type="button"
            className="plain"
            aria-label={m.queueList.removeNamed(name)}
            title={m.queueList.remove}
            onClick={recorded ? () => setRemoving(true) : act('removeJob')}
          >
            <Icon name="cancel" />
          </button>
        </>
      )}
      {removing && (
        <Confirm
          title={m.record.dropTitle}
          text={m.record.dropText(name)}
          answer={m.record.drop}
          onAnswer={act('removeJob')}
          onClose={() => setRemoving(false)}
        />
      )}
    </div>
  );
}
