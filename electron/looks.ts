import { UserError } from '../core/errors.ts';
import type { Policy } from '../core/redaction/policy.ts';
import type { Entity, Transcript } from '../core/transcript/schema.ts';
import type { CallInput, HeadAttention, Waveform } from './contract.ts';
import type { QueuedJob } from './jobs.ts';
import type { JobTasks } from './jobTasks.ts';
import type { Packs } from './packs.ts';
import type { SettingsFile } from './settings.ts';
import type { Shell } from './shell.ts';
import type { Waveforms } from './waveforms.ts';

type Finished = { job: QueuedJob; transcript: Transcript };

/** Further looks of the engine at a recording or its text, beside hearing it through. */
export class Looks {
  constructor(
    private readonly shell: Shell,
    private readonly settings: SettingsFile,
    private readonly packs: Packs,
    private readonly waveforms: Waveforms,
    private readonly tasks: Pick<JobTasks, 'sourceOf' | 'hearing'>,
    private readonly links: {
      policy(): Policy;
      /** @throws UserError `not-found` */
      finished(job: string): Finished;
    },
  ) {}

  /** Everything found is kept, so that a change of policy needs no second search. */
  searchingPolicy(): Policy {
    return { ...this.links.policy(), allow: [] };
  }

  /** What is found in segments that were edited, and nothing marks yet. */
  async search({ job, transcript }: Finished, edited: readonly string[]): Promise<Entity[]> {
    const policy = this.searchingPolicy();
    const where = { transcript, edited: [...edited], models: this.shell.models };
    return (await this.tasks.hearing({ kind: 'search', policy, ...where }, job)).found;
  }

  /** Hears a stretch again, for one head's attention over it. */
  async headAttention(input: CallInput<'headAttention'>): Promise<HeadAttention> {
    const { job: id, ...wish } = input;
    const { job, transcript } = this.links.finished(id);
    const pack = await this.packs.bySha256(transcript.model.sha256);
    if (pack === null)
      throw new UserError(
        'not-found',
        `The model pack "${transcript.model.pack}" that made this transcript is no longer installed; transcribe the recording again to see the attention of the one that is.`,
      );
    const task = { kind: 'attention' as const, job: id, pack, ...this.tasks.sourceOf(job), ...wish };
    const { attention } = await this.tasks.hearing(task, job);
    return attention;
  }

  /** What the engine does while a recording is made. */
  async liveTask() {
    const { language, pack, threads } = this.settings.current;
    return {
      kind: 'live' as const,
      name: 'the microphone',
      models: this.shell.models,
      pack: await this.packs.directory(pack),
      threads,
      language,
      policy: this.links.policy(),
    };
  }

  /** The loudness of a recording over its time, heard once. */
  waveform(id: string): Promise<Waveform> {
    const { job } = this.links.finished(id);
    return this.waveforms.get(id, async () => {
      const task = { kind: 'waveform' as const, ...this.tasks.sourceOf(job) };
      return (await this.tasks.hearing(task, job)).waveform;
    });
  }
}
