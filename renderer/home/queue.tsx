import type { Job } from '../../electron/contract.ts';
import { Icon } from '../common/icon.tsx';
import { call } from '../host/client.ts';
import { type AppView, attempt } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { JobCard } from './jobCard.tsx';

/** Recordings that are not transcripts yet, with the progress of all of them, pause and order. */
export function Queue({ jobs, app }: { jobs: readonly Job[]; app: AppView }) {
  const waiting = jobs.filter(({ state }) => state === 'waiting');
  const open = jobs.filter(({ state }) => state === 'waiting' || state === 'running');
  const { batch, paused } = app;
  const ended = batch.length - open.length;
  const share = open.reduce((sum, job) => sum + shareOf(job), 0);
  return (
    <section aria-labelledby="queue-title">
      <div className="section-bar">
        <h2 id="queue-title" className="section-title">
          {m.queueList.title}
        </h2>
        {open.length > 0 && (
          <button
            type="button"
            className="outlined"
            onClick={() => void attempt(() => call('pauseQueue', { paused: !paused }))}
          >
            <Icon name={paused ? 'play' : 'pause'} />
            {paused ? m.queueList.resume : m.queueList.pause}
          </button>
        )}
      </div>
      {batch.length > 1 && (
        <div className="batch">
          <p role="status">{m.queueList.ofAll(ended, batch.length)}</p>
          <progress
            className="job-bar"
            aria-label={m.queueList.progressOfAll}
            max={batch.length}
            value={ended + share}
          />
        </div>
      )}
      {paused && <p className="queue-note">{m.queueList.paused}</p>}
      <ul className="queue">
        {jobs.map((job) => (
          <JobCard
            key={job.id}
            job={job}
            moves={{
              up: waiting.indexOf(job) > 0,
              down: waiting.includes(job) && waiting.indexOf(job) < waiting.length - 1,
            }}
          />
        ))}
      </ul>
    </section>
  );
}

/** How much of a running job is done, 0 to 1. */
function shareOf({ state, progress }: Job): number {
  if (state !== 'running' || !progress?.duration) return 0;
  return Math.min(1, progress.audioSeconds / progress.duration);
}
