import { UserError } from '../core/errors.ts';
import { writeAtomically } from '../core/export/atomicFile.ts';
import type { FoundRecording, Host, HostEvent } from './contract.ts';
import type { EngineLink } from './engineLink.ts';
import type { Task } from './engineMessages.ts';
import type { JobQueue } from './jobs.ts';
import { LiveCaptions } from './liveCaptions.ts';
import type { Microphone } from './microphone.ts';
import { isSealed } from './recordings.ts';
import type { Shell } from './shell.ts';

type RecorderCalls =
  | 'startRecording'
  | 'pushRecording'
  | 'stopRecording'
  | 'recoverRecording'
  | 'saveRecording';

/** Records from the microphone: sound to the disk, captions to the window, and in the end a job in the queue. */
export class Recorder {
  private readonly captions: LiveCaptions;
  private found: FoundRecording[] = [];

  constructor(
    private readonly microphone: Microphone,
    private readonly queue: JobQueue,
    private readonly shell: Shell,
    engine: EngineLink,
    private readonly liveTask: () => Promise<Extract<Task, { kind: 'live' }>>,
    private readonly emit: (event: HostEvent) => void,
  ) {
    this.captions = new LiveCaptions(engine, {
      caption: (job, caption) => emit({ type: 'caption', job, caption }),
      ended: (job, message) => emit({ type: 'captionsEnded', job, message }),
    });
  }

  readonly calls: Pick<Host, RecorderCalls> = {
    startRecording: async ({ job, rate }) => {
      await this.microphone.start(job, rate);
      // The recording has the processor to itself, so that its captions keep up.
      this.queue.hold(true);
      void this.caption(job, rate);
      return {};
    },
    pushRecording: async ({ job, samples: [samples] }) => {
      this.captions.push(samples!);
      await this.microphone.push(job, samples!);
      return {};
    },
    stopRecording: async ({ job, keep, name }) => {
      await this.stop(job, keep, name);
      return {};
    },
    recoverRecording: async ({ job, keep, name }) => {
      if (!this.found.some((one) => one.job === job))
        throw new UserError('not-found', 'That recording is no longer there.');
      this.found = this.found.filter((one) => one.job !== job);
      if (keep) this.add(job, name);
      else await this.microphone.remove(job);
      return {};
    },
    saveRecording: async ({ job }) => {
      const queued = this.queue.get(job);
      if (!queued || !isSealed(queued.path))
        throw new UserError('not-found', 'That recording is no longer there.');
      const recording = await this.microphone.open(job);
      const paths = await this.shell.chooseTargets([`${queued.name}.wav`], null);
      if (paths === null) return { kind: 'dismissed' };
      await writeAtomically(paths[0]!, async (file) => {
        for await (const bytes of recording.wav()) await file.write(bytes);
      });
      return this.shell.deliver(paths);
    },
  };

  /** Recordings that were not stopped and are no transcript yet. */
  get unfinished(): readonly FoundRecording[] {
    return this.found;
  }

  /** Looks for them; before the window opens. @param done jobs that have their transcript. */
  async look(done: ReadonlySet<string>): Promise<void> {
    this.found = await this.microphone.found(done);
  }

  /** Whether the engine's wish for sound is for the recording that is being made; then it comes. */
  wants(task: string, stream: string): boolean {
    return this.captions.want(task, stream);
  }

  /** The page that recorded is gone: what it sent is kept. */
  async interfaceLost(): Promise<void> {
    const job = this.microphone.recording;
    if (job === null) return;
    await this.stop(job, true, 'Recording').catch((error: unknown) => {
      if (error instanceof UserError) this.emit({ type: 'notice', message: error.message });
    });
  }

  /** Opens a job's recording, base64; null for what was not made here. */
  keyOf(job: { readonly id: string; readonly path: string | null }): string | null {
    return isSealed(job.path) ? this.microphone.key(job.id).toString('base64') : null;
  }

  /** Deletes the sound of a job that was recorded here. */
  async remove(job: string): Promise<void> {
    await this.microphone.remove(job);
  }

  async removeAll(): Promise<void> {
    this.found = [];
    await this.microphone.removeAll();
  }

  private async caption(job: string, rate: number): Promise<void> {
    try {
      this.captions.start(job, rate, await this.liveTask());
    } catch (error) {
      const why = error instanceof UserError ? error.message : 'Something in Sotto failed.';
      this.emit({ type: 'captionsEnded', job, message: why });
    }
  }

  private async stop(job: string, keep: boolean, name: string): Promise<void> {
    try {
      const stopped = await this.microphone.stop(job);
      if (stopped === null) throw new UserError('not-found', 'That recording has ended already.');
      if (keep && stopped.seconds > 0) this.add(job, name);
      else await this.microphone.remove(job);
      if (keep && stopped.trouble) throw stopped.trouble;
    } finally {
      // Whatever the disk did, the queue goes on.
      if (!this.microphone.recording) void this.captions.stop().finally(() => this.queue.hold(false));
    }
  }

  private add(job: string, name: string): void {
    this.queue.add({ id: job, name, folder: '', path: this.microphone.path(job) });
  }
}
