import { useEffect, useRef, useState } from 'react';
import type { Job } from '../../electron/contract.ts';
import { clock, counted, languageName, roughTime } from '../common/format.ts';
import { Icon } from '../common/icon.tsx';
import { call } from '../host/client.ts';
import { attempt } from '../host/store.ts';

type Progress = NonNullable<Job['progress']>;

/** One recording of the queue with what can be done about it. */
export function JobCard({ job, onOpen, focus }: { job: Job; onOpen: (job: string) => void; focus: boolean }) {
  const open = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focus) open.current?.focus();
  }, [focus]);

  return (
    <li className="job" data-state={job.state} aria-label={job.name}>
      <div className="job-text">
        <p className="job-name">
          {job.state === 'done' ? (
            <button ref={open} type="button" className="job-open" onClick={() => onOpen(job.id)}>
              {job.name}
            </button>
          ) : (
            job.name
          )}
          {job.folder !== '' && <span className="job-folder">{job.folder}</span>}
        </p>
        <Status job={job} />
      </div>
      <Actions job={job} onOpen={onOpen} />
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
        {job.error}
      </p>
    );
  return (
    <>
      <p className="job-status">{statusOf(job, since)}</p>
      {job.warnings.map((warning) => (
        <p key={warning} className="job-status job-warning">
          {warning}
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
      return 'Waiting';
    case 'cancelled':
      return 'Cancelled';
    case 'running':
      return job.progress ? progressText(job.progress, since) : 'Getting ready…';
    case 'done':
      return job.summary ? summaryText(job.summary) : 'Done';
    case 'failed':
      return job.error ?? '';
  }
}

const STAGES: Readonly<Record<Progress['stage'], string>> = {
  opening: 'Opening',
  listening: 'Listening',
  redacting: 'Masking personal data',
  done: 'Finishing',
};

function progressText(progress: Progress, since: number): string {
  const { stage, audioSeconds, duration, elapsed, remaining } = progress;
  const parts = [STAGES[stage]];
  if (stage === 'listening')
    parts.push(
      duration === null ? `${clock(audioSeconds)} heard` : `${clock(audioSeconds)} of ${clock(duration)}`,
    );
  parts.push(`${clock(elapsed + since)} elapsed`);
  if (remaining !== null) parts.push(`about ${roughTime(remaining - since)} left`);
  return parts.join(' · ');
}

function summaryText({ duration, words, language, masked }: NonNullable<Job['summary']>): string {
  if (words === 0) return `${clock(duration)} · No speech was heard in this recording`;
  return [
    clock(duration),
    languageName(language),
    counted(words, 'word'),
    `${counted(masked, 'span')} masked`,
  ].join(' · ');
}

function Bar({ progress, name }: { progress: Progress | null; name: string }) {
  // Without a first result there is nothing to show but that work goes on.
  const share =
    progress?.duration && progress.audioSeconds > 0 ? progress.audioSeconds / progress.duration : null;
  return (
    <progress
      className="job-bar"
      aria-label={`Progress of ${name}`}
      max={1}
      {...(share === null ? {} : { value: Math.min(share, 1) })}
    />
  );
}

function Actions({ job, onOpen }: { job: Job; onOpen: (job: string) => void }) {
  const { state, name } = job;
  const act = (method: 'cancelJob' | 'retryJob' | 'removeJob') => () =>
    void attempt(() => call(method, { job: job.id }));
  return (
    <div className="job-actions">
      {state === 'done' && (
        <button
          type="button"
          className="outlined"
          aria-label={`Review ${name}`}
          onClick={() => onOpen(job.id)}
        >
          Review
        </button>
      )}
      {(state === 'running' || state === 'waiting') && (
        <button type="button" className="outlined" aria-label={`Cancel ${name}`} onClick={act('cancelJob')}>
          Cancel
        </button>
      )}
      {(state === 'failed' || state === 'cancelled') && (
        <button
          type="button"
          className="outlined"
          aria-label={`Try again: ${name}`}
          onClick={act('retryJob')}
        >
          <Icon name="retry" />
          Try again
        </button>
      )}
      {state !== 'running' && state !== 'waiting' && (
        <button
          type="button"
          className="plain"
          aria-label={`Remove ${name} from the list`}
          title="Remove from the list"
          onClick={act('removeJob')}
        >
          <Icon name="cancel" />
        </button>
      )}
    </div>
  );
}
