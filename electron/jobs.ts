import { UserError } from '../core/errors.ts';
import type { JobProgress } from '../core/project/progress.ts';
import type { Transcript } from '../core/transcript/schema.ts';
import type { Job } from './contract.ts';
import { CancelledError, type TaskNews } from './engineLink.ts';

/** A recording in the queue with what only the host knows. */
export interface QueuedJob {
  readonly id: string;
  readonly name: string;
  readonly folder: string;
  /** Null when only the interface can read the recording. */
  readonly path: string | null;
  /** Milliseconds since 1970. */
  readonly added: number;
  state: Job['state'];
  progress: JobProgress | null;
  error: string | null;
  /** Sentences about what could not be read of the recording. */
  warnings: readonly string[];
  transcript: Transcript | null;
  /** Segments of it, by id, whose words a person has changed and nothing has searched for personal data yet. */
  unsearched: readonly string[];
}

interface QueueOptions {
  /** Transcribes one recording; throws UserError or CancelledError. */
  transcribe(job: QueuedJob, news: TaskNews): Promise<Transcript>;
  /** Stops a running transcription; its promise then rejects with CancelledError. */
  stop(job: QueuedJob): void;
  /** A job is new or has changed. */
  changed(job: QueuedJob): void;
  /** The order or the pause has changed. */
  rearranged(): void;
  /** The last waiting job has ended, after so many that ended well or failed. */
  finished(done: number, failed: number): void;
}

/** Recordings one after another (one alone uses all cores); a failed one never stops the next. */
export class JobQueue {
  private readonly jobs = new Map<string, QueuedJob>();
  private active: QueuedJob | null = null;
  /** Set while the active job is stopped by a pause: it waits again instead of being cancelled. */
  private pausing: QueuedJob | null = null;
  private isPaused = false;
  /** Set while something else needs the processor. */
  private isHeld = false;
  /** How the jobs since the queue was last empty ended. */
  private ended = { done: 0, failed: 0 };

  constructor(private readonly options: QueueOptions) {}

  /** Adds a recording at the end; an id that is taken is ignored. */
  add(recording: Pick<QueuedJob, 'id' | 'name' | 'folder' | 'path'>): void {
    if (this.jobs.has(recording.id)) return;
    this.restore({ ...recording, added: Date.now(), state: 'waiting' });
    this.options.changed(this.jobs.get(recording.id)!);
    this.startNext();
  }

  /** Puts back a job of an earlier run; an id that is taken is ignored. Nothing starts by it. */
  restore(
    earlier: Pick<QueuedJob, 'id' | 'name' | 'folder' | 'path' | 'added' | 'state'> & Partial<QueuedJob>,
  ): void {
    if (this.jobs.has(earlier.id)) return;
    this.jobs.set(earlier.id, {
      progress: null,
      error: null,
      warnings: [],
      transcript: null,
      unsearched: [],
      ...earlier,
    });
  }

  get(id: string): QueuedJob | undefined {
    return this.jobs.get(id);
  }

  all(): QueuedJob[] {
    return [...this.jobs.values()];
  }

  get paused(): boolean {
    return this.isPaused;
  }

  /**
   * Starts no further job. The running one is stopped and waits again where it can go on from its journal; one whose
   * recording only the interface can read runs to its end, since stopping it would lose its work.
   */
  pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    this.stopActive();
    this.options.rearranged();
  }

  resume(): void {
    if (!this.isPaused) return;
    this.isPaused = false;
    this.options.rearranged();
    this.startNext();
  }

  /** Starts no job while it is held, and lets the running one wait where it can go on later; no pause of the person's. */
  hold(held: boolean): void {
    this.isHeld = held;
    if (held && !this.isPaused) this.stopActive();
    if (!held) this.startNext();
  }

  /** Moves a waiting job before (-1) or behind (1) the waiting job beside it. */
  move(id: string, step: 1 | -1): void {
    const all = this.all();
    const waiting = all.filter((job) => job.state === 'waiting');
    const at = waiting.findIndex((job) => job.id === id);
    const other = waiting[at + step];
    if (at < 0 || !other) return;
    const job = waiting[at]!;
    const swapped = all.map((one) => (one === job ? other : one === other ? job : one));
    this.jobs.clear();
    for (const one of swapped) this.jobs.set(one.id, one);
    this.options.rearranged();
  }

  cancel(id: string): void {
    const job = this.jobs.get(id);
    if (job?.state === 'waiting') this.change(job, { state: 'cancelled' });
    else if (job?.state === 'running') {
      this.pausing = null;
      this.options.stop(job);
    }
  }

  retry(id: string): void {
    const job = this.jobs.get(id);
    if (job?.state !== 'failed' && job?.state !== 'cancelled') return;
    this.change(job, { state: 'waiting', error: null, progress: null, warnings: [] });
    this.startNext();
  }

  /** Takes a job out of the list; a running one is stopped first. */
  remove(id: string): void {
    this.cancel(id);
    this.jobs.delete(id);
  }

  /** Keeps the person's edits of a finished transcript. */
  setTranscript(job: QueuedJob, transcript: Transcript, unsearched = job.unsearched): void {
    this.change(job, { transcript, unsearched });
  }

  private change(job: QueuedJob, change: Partial<QueuedJob>): void {
    Object.assign(job, change);
    if (this.jobs.has(job.id)) this.options.changed(job);
  }

  private stopActive(): void {
    if (!this.active || this.active.path === null) return;
    this.pausing = this.active;
    this.options.stop(this.active);
  }

  /** Starts the next job, unless one runs. */
  startNext(): void {
    if (this.active || this.isPaused || this.isHeld) return;
    const next = this.all().find((job) => job.state === 'waiting');
    if (!next) {
      const { done, failed } = this.ended;
      this.ended = { done: 0, failed: 0 };
      if (done + failed > 0) this.options.finished(done, failed);
      return;
    }
    this.active = next;
    this.run(next).finally(() => {
      this.active = null;
      this.startNext();
    });
  }

  private async run(job: QueuedJob): Promise<void> {
    this.change(job, { state: 'running' });
    try {
      const transcript = await this.options.transcribe(job, {
        progress: (progress) => this.change(job, { progress }),
        warning: (sentence) => {
          if (!job.warnings.includes(sentence)) this.change(job, { warnings: [...job.warnings, sentence] });
        },
      });
      this.ended.done++;
      this.change(job, { state: 'done', transcript });
    } catch (error) {
      if (!(error instanceof CancelledError)) {
        this.ended.failed++;
        this.change(job, { state: 'failed', progress: null, error: sentence(error, job.name) });
      } else if (this.pausing === job) this.change(job, { state: 'waiting' });
      else this.change(job, { state: 'cancelled', progress: null });
    } finally {
      this.pausing = null;
    }
  }
}

/** What a person is told of a failure; only UserErrors speak for themselves. */
function sentence(error: unknown, name: string): string {
  if (error instanceof UserError) return error.message;
  return `Something in Sotto failed while it worked on ${name}; try again, and report it if it happens twice.`;
}
