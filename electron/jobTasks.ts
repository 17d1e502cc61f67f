import type { Host, HostEvent } from './contract.ts';
import type { EngineLink, TaskNews } from './engineLink.ts';
import type { AudioMessage, RecordingOfTask, ResultOf, Task } from './engineMessages.ts';
import { newId } from './ids.ts';
import type { QueuedJob } from './jobs.ts';
import { engineDecodes } from './recordings.ts';

type TranscribeTask = Extract<Task, { kind: 'transcribe' }>;

/** What the tasks need of the host. */
interface Links {
  /** Opens a recording that was made here, base64; null for any other. */
  keyOf(job: QueuedJob): string | null;
  /** Whether the engine's wish for sound is answered elsewhere. */
  wants(task: string, stream: string): boolean;
  /** Where the interface reads a recording that has a path. */
  mediaUrl(job: string): string | null;
  /** Whether there is an interface. */
  listening(): boolean;
  emit(event: HostEvent): void;
}

/** The engine's tasks that read a job's recording, and the sound of it, which the interface may have to decode for them. */
export class JobTasks {
  /** The job whose recording a task reads. */
  private readonly jobOfTask = new Map<string, QueuedJob>();
  /** Streams that the interface is decoding, with the task that wants them. */
  private readonly decoding = new Map<string, string>();
  /** Tasks whose decoding ended with the page that did it. */
  private readonly orphaned = new Set<string>();

  constructor(
    private readonly engine: EngineLink,
    private readonly links: Links,
  ) {}

  readonly calls: Pick<Host, 'startAudio' | 'pushAudio' | 'endAudio' | 'failAudio'> = {
    startAudio: async ({ job: _, ...start }) => this.audio({ type: 'start', ...start }),
    pushAudio: async ({ job: _, ...samples }) => this.audio({ type: 'samples', ...samples }),
    endAudio: async ({ stream }) => this.audio({ type: 'end', stream }),
    failAudio: async ({ stream, why }) => this.audio({ type: 'fail', stream, why }),
  };

  /** Hears a job through; the task has the job's id. @throws UserError, or CancelledError. */
  async transcribe(
    job: QueuedJob,
    wish: Omit<TranscribeTask, 'kind' | keyof RecordingOfTask>,
    news: TaskNews,
  ): Promise<ResultOf<TranscribeTask>> {
    const task: TranscribeTask = { kind: 'transcribe', ...this.sourceOf(job), ...wish };
    const run = () => this.engine.run(job.id, task, job.name, news);
    this.jobOfTask.set(job.id, job);
    try {
      // A page that was reloaded can read a recording again by its path, and the journal keeps what was finished.
      return await run().catch((error: unknown) => {
        if (this.orphaned.delete(job.id) && job.path !== null) return run();
        throw error;
      });
    } finally {
      this.orphaned.delete(job.id);
      this.jobOfTask.delete(job.id);
    }
  }

  /** Runs any other task that reads a job's recording. @throws UserError */
  async hearing<T extends Task>(task: T, job: QueuedJob): Promise<ResultOf<T>> {
    const id = newId();
    this.jobOfTask.set(id, job);
    try {
      return await this.engine.run(id, task, job.name);
    } finally {
      this.jobOfTask.delete(id);
    }
  }

  /** Where a task reads a job's recording. */
  sourceOf(job: QueuedJob): RecordingOfTask {
    const { path, name } = job;
    return { recording: path, decodedElsewhere: !engineDecodes(path), key: this.links.keyOf(job), name };
  }

  /** Where the interface reads a job's recording; null when it holds the file itself. */
  mediaUrl(job: QueuedJob): string | null {
    return job.path === null ? null : this.links.mediaUrl(job.id);
  }

  /** A task wants the sound of its recording from `from` (seconds) on. */
  wantAudio(task: string, stream: string, from: number): void {
    if (this.links.wants(task, stream)) return;
    const job = this.jobOfTask.get(task);
    if (!job) return;
    this.decoding.set(stream, task);
    if (this.links.listening())
      this.links.emit({ type: 'decode', job: job.id, stream, from, media: this.mediaUrl(job) });
    else void this.audio({ type: 'fail', stream, why: 'gone' });
  }

  /** The page that decoded recordings is gone, and what it was decoding with it. */
  interfaceLost(): void {
    for (const [stream, task] of this.decoding) {
      this.orphaned.add(task);
      void this.audio({ type: 'fail', stream, why: 'gone' });
    }
  }

  private async audio(message: AudioMessage): Promise<{ more: boolean }> {
    const more = await this.engine.audio(message);
    if (message.type === 'end' || message.type === 'fail' || !more) this.decoding.delete(message.stream);
    return { more };
  }
}
