import { UserError } from '../core/errors.ts';
import type { JobQueue, QueuedJob } from './jobs.ts';
import type { Keeping } from './vault.ts';

/** Finished transcripts on the disk: each written when it is new or was edited, and put back in a later run. */
export class KeptTranscripts {
  /** What of each job was last written. */
  private readonly written = new Map<string, Pick<QueuedJob, 'transcript' | 'unsearched'>>();

  /** @param failed is told in a sentence when the disk refuses. */
  constructor(
    private readonly vault: Pick<Keeping, 'projects'>,
    private readonly queue: () => JobQueue,
    private readonly failed: (sentence: string) => void,
  ) {}

  /** Puts back the transcripts of earlier runs; @returns their jobs. */
  async restore(): Promise<ReadonlySet<string>> {
    for (const project of (await this.vault.projects?.all()) ?? []) {
      this.written.set(project.id, project);
      this.queue().restore({ ...project, state: 'done' });
    }
    return new Set(this.written.keys());
  }

  keep(job: QueuedJob): void {
    const { id, name, folder, path, added, transcript, unsearched } = job;
    const { projects } = this.vault;
    const written = this.written.get(id);
    if (!projects || transcript === null) return;
    if (written?.transcript === transcript && written.unsearched === unsearched) return;
    this.written.set(id, { transcript, unsearched });
    projects
      .save({ version: 2, id, name, folder, path, added, transcript, unsearched })
      .catch((error: unknown) => {
        this.written.delete(id);
        this.failed(error instanceof UserError ? error.message : `${name} could not be kept on the disk.`);
      });
  }

  /** Writes everything again: it is kept from now on, or under another key. */
  keepAll(): void {
    this.written.clear();
    for (const job of this.queue().all()) this.keep(job);
  }

  async remove(job: string): Promise<void> {
    this.written.delete(job);
    await this.vault.projects?.remove(job);
  }

  /** Everything that was written is gone. */
  forget(): void {
    this.written.clear();
  }
}
