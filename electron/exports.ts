import { UserError } from '../core/errors.ts';
import { openMap } from '../core/export/aliasMap.ts';
import { writeFileAtomically } from '../core/export/atomicFile.ts';
import { reidentify } from '../core/export/reidentify.ts';
import { applyDenyList } from '../core/redaction/denyList.ts';
import { POLICY_PRESETS, type Policy } from '../core/redaction/policy.ts';
import { assertPassphrase } from '../core/sealed.ts';
import type { Transcript } from '../core/transcript/schema.ts';
import { type CallGiven, type CallInput, type CallOutput, type ExportResult, policyOf } from './contract.ts';
import type { EngineLink } from './engineLink.ts';
import { newId } from './ids.ts';
import type { QueuedJob } from './jobs.ts';
import type { JobTasks } from './jobTasks.ts';
import type { SettingsFile } from './settings.ts';
import type { Shell } from './shell.ts';

/** What the host knows of jobs. */
interface Links {
  /** @throws UserError `not-found` */
  finished(job: string): Finished;
  /** The same, when what was typed is searched for personal data. */
  settled(job: string): Promise<Finished>;
}
type Finished = { job: QueuedJob; transcript: Transcript };

/** Everything that leaves as a file: what it may hold, what it is called, and a look at it beforehand. */
export class Exports {
  constructor(
    private readonly shell: Shell,
    private readonly settings: SettingsFile,
    private readonly engine: EngineLink,
    private readonly tasks: Pick<JobTasks, 'sourceOf' | 'hearing'>,
    private readonly links: Links,
  ) {}

  /** A policy with the person's lists of what is always and never masked; by default the chosen one. */
  policy(name?: string): Policy {
    const policy = policyOf(this.settings.current, name);
    if (policy === null)
      throw new UserError('not-found', `There is no policy "${name}" any longer; choose another one.`);
    return policy;
  }

  /** What may be read in an exported file, with everything marked that the policy's list names. */
  private async masking(
    input: Pick<CallGiven<'previewExport'>, 'job' | 'redacted' | 'policy' | 'replacement'>,
  ) {
    const { job, transcript } = await (input.redacted
      ? this.links.settled(input.job)
      : this.links.finished(input.job));
    const policy: Policy = { ...this.policy(input.policy), replacement: input.replacement };
    return { job, policy, transcript: applyDenyList(transcript, policy) };
  }

  /** The beginning of a file as it would be written. @throws UserError as its export would. */
  async preview(input: CallGiven<'previewExport'>): Promise<CallOutput<'previewExport'>> {
    const { job, transcript, policy } = await this.masking(input);
    const { redacted, format, whole, speakers, times } = input;
    const file = { transcript, policy, redacted, format, whole, beside: { speakers, times } };
    const { title, text, characters } = await this.engine.run(
      newId(),
      { kind: 'preview', ...file },
      job.name,
    );
    const name = `${title}.${redacted ? 'redacted' : 'full'}.${format}`;
    return { name, text, characters };
  }

  /** What the files of an export are called. */
  private async title(
    { redacted }: { redacted: boolean },
    job: QueuedJob,
    transcript: Transcript,
    policy: Policy,
  ): Promise<string> {
    if (!redacted) return transcript.recording.name;
    return (await this.engine.run(newId(), { kind: 'title', transcript, policy }, job.name)).title;
  }

  /** Hands out a policy as it was added: the person's own lists stay here. */
  async writePolicy(name: string): Promise<ExportResult> {
    const own = this.settings.current.policies.find((policy) => policy.name === name);
    const policy = own ?? POLICY_PRESETS[this.policy(name).name as keyof typeof POLICY_PRESETS];
    const file = `${name.replace(/[^\p{L}\p{N}._ -]+/gu, '-')}.policy.json`;
    const paths = await this.shell.chooseTargets([file], null);
    if (paths === null) return { kind: 'dismissed' };
    await writeFileAtomically(paths[0]!, Buffer.from(`${JSON.stringify(policy, null, 2)}\n`));
    return this.shell.deliver(paths);
  }

  /** Writes the files of an export where the person chooses. */
  async write(input: CallGiven<'exportTranscript'>): Promise<ExportResult> {
    const { job, transcript, policy } = await this.masking(input);
    const audio = input.audio && input.redacted;
    if (input.formats.length === 0 && !audio)
      throw new UserError('usage', 'Nothing is chosen to export; choose at least one format.');
    const title = await this.title(input, job, transcript, policy);
    const extensions = [...input.formats, ...(audio ? ['wav'] : [])];
    const audit = input.audit && input.redacted;
    const passphrase = input.redacted ? input.map : null;
    if (passphrase !== null) assertPassphrase(passphrase);
    const names = [
      ...extensions.map((extension) => `${title}.${input.redacted ? 'redacted' : 'full'}.${extension}`),
      ...(audit ? [`${title}.audit.json`, `${title}.audit.html`] : []),
      ...(passphrase === null ? [] : [`${title}.map`]),
    ];
    const paths = await this.shell.chooseTargets(names, job.path);
    if (paths === null) return { kind: 'dismissed' };
    await this.tasks.hearing(
      {
        kind: 'export',
        transcript,
        policy,
        redacted: input.redacted,
        beside: { speakers: input.speakers, times: input.times },
        files: input.formats.map((format, index) => ({ format, path: paths[index]! })),
        audit: audit ? { json: paths[extensions.length]!, html: paths[extensions.length + 1]! } : null,
        map: passphrase === null ? null : { path: paths[paths.length - 1]!, passphrase },
        models: this.shell.models,
        audio: audio
          ? {
              path: paths[input.formats.length]!,
              ...this.tasks.sourceOf(job),
            }
          : null,
      },
      job,
    );
    return this.shell.deliver(paths);
  }

  /** Puts the originals back into a redacted text; it is shown, never written. */
  async reidentify({ file, map, passphrase }: CallInput<'reidentify'>): Promise<CallOutput<'reidentify'>> {
    const opened = await openMap(map.text, passphrase, map.name);
    return reidentify(Buffer.from(file.text), opened, file.name);
  }
}
