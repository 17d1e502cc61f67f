import { UserError } from '../core/errors.ts';
import type { JobQueue } from './jobs.ts';
import type { Waiting } from './projects.ts';
import type { Vault } from './vault.ts';

/**
 * Keeps what is no transcript yet on the disk: what runs and waits goes on after the program ended, however it ended, and
 * what failed or was cancelled is there to be tried again until the person takes it out of the list.
 */
export class WaitingRecordings {
  private earlier: Waiting | null = null;
  /** What was last written, to write only what has changed. */
  private written = '';
  private closed = false;

  /** @param failed is told in a sentence when the disk refuses. */
  constructor(
    private readonly vault: Pick<Vault, 'projects'>,
    private readonly queue: JobQueue,
    private readonly failed: (sentence: string) => void,
  ) {}

  /** Reads what an earlier run left. */
  async open(): Promise<void> {
    this.earlier = (await this.vault.projects?.waiting()) ?? null;
  }

  /** Takes up the earlier run's queue, once; when there is a page, since it may have to decode the first recording. */
  goOn(): void {
    const { earlier } = this;
    this.earlier = null;
    if (earlier?.paused) this.queue.pause();
    for (const job of earlier?.jobs ?? []) this.queue.restore(job);
    this.queue.startNext();
  }

  /** Writes what is no transcript yet when that has changed. */
  keep(): void {
    const { projects } = this.vault;
    if (!projects || this.closed || this.earlier) return;
    const jobs = this.queue.all().flatMap((job) => {
      const { id, name, folder, path, added, state, error, warnings } = job;
      if (state === 'done' || path === null) return [];
      const ended = state === 'failed' || state === 'cancelled' ? state : 'waiting';
      return [{ id, name, folder, path, added, state: ended, error, warnings } as const];
    });
    const paused = this.queue.paused && jobs.some(({ state }) => state === 'waiting');
    const waiting: Waiting = { version: 2, paused, jobs };
    const text = JSON.stringify(waiting);
    if (text === this.written) return;
    this.written = text;
    projects.saveWaiting(waiting).catch((error: unknown) => {
      this.written = '';
      if (error instanceof UserError) this.failed(error.message);
    });
  }

  /** Everything that was written is gone. */
  forget(): void {
    this.earlier = null;
    this.written = '';
  }

  /** What is stopped from now on is stopped by the end of the program, and waits. */
  close(): void {
    this.closed = true;
  }
}
