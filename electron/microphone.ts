import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SEALED_EXTENSION, SealedRecording, SealedWriter } from '../core/audio/sealedRecording.ts';
import { UserError } from '../core/errors.ts';
import { type FoundRecording, idSchema } from './contract.ts';
import type { Keeping } from './vault.ts';

const KEY_BYTES = 32;

/** A recording that is being made. */
interface Current {
  readonly job: string;
  readonly writer: SealedWriter;
}

/** What became of a recording. */
interface Stopped {
  /** That can be heard. */
  readonly seconds: number;
  /** A UserError when the disk refused the rest; null when all of it is there. */
  readonly trouble: unknown;
}

/**
 * Recordings made in the app: each is on the disk, sealed, from its first second on, so that a crash costs a third of a
 * second of it. Where nothing can be kept they are sealed with a key that ends with this process.
 */
export class Microphone {
  private readonly kept: string;
  private readonly unkept: string;
  /** Of recordings that end with this process. */
  private readonly ownKeys = new Map<string, Buffer>();
  private current: Current | null = null;

  /** @param folder of its own, in which nothing else lies. */
  constructor(
    folder: string,
    private readonly vault: Pick<Keeping, 'projects'>,
  ) {
    this.kept = join(folder, 'kept');
    this.unkept = join(folder, 'unkept');
  }

  /** What an earlier run left behind, without what has become a transcript (`done`), the newest first. */
  async found(done: ReadonlySet<string>): Promise<FoundRecording[]> {
    if (this.ownKeys.size === 0) await rm(this.unkept, { recursive: true, force: true });
    if (this.vault.projects === null) return [];
    const found: FoundRecording[] = [];
    for (const name of await readdir(this.kept).catch(() => [])) {
      const job = name.slice(0, -SEALED_EXTENSION.length);
      if (!name.endsWith(SEALED_EXTENSION) || !idSchema.safeParse(job).success || done.has(job)) continue;
      const recording = await this.open(job).catch(() => null);
      if (recording === null) continue;
      const { birthtimeMs, mtimeMs } = await stat(this.path(job));
      const begun = birthtimeMs > 0 ? birthtimeMs : mtimeMs;
      if (recording.samples > 0) found.push({ job, seconds: recording.seconds, begun });
      else await this.remove(job);
    }
    return found.sort((a, b) => b.begun - a.begun);
  }

  /** The recording that is being made; null when none is. */
  get recording(): string | null {
    return this.current?.job ?? null;
  }

  /** @throws UserError `usage` when one is being made already; `disk`. */
  async start(job: string, rate: number): Promise<void> {
    if (this.current) throw new UserError('usage', 'Sotto is recording already; stop that recording first.');
    if (this.vault.projects === null) this.ownKeys.set(job, randomBytes(KEY_BYTES));
    await mkdir(dirname(this.path(job)), { recursive: true, mode: 0o700 }).catch(() => {});
    this.current = { job, writer: await SealedWriter.create(this.path(job), this.key(job), rate) };
  }

  /** @throws UserError `not-found` when it is not being made any longer; `disk`. */
  push(job: string, samples: Float32Array): Promise<void> {
    if (this.current?.job !== job)
      throw new UserError('not-found', 'That recording has ended; what was heard of it is in the list.');
    return this.current.writer.append(samples);
  }

  /** Ends the recording that is being made; null when it was not being made. */
  async stop(job: string): Promise<Stopped | null> {
    if (this.current?.job !== job) return null;
    const { writer } = this.current;
    this.current = null;
    const trouble = await writer.finish().then(
      () => null,
      (error: unknown) => error,
    );
    return { seconds: (await this.open(job)).seconds, trouble };
  }

  async open(job: string): Promise<SealedRecording> {
    return SealedRecording.open(this.path(job), this.key(job));
  }

  path(job: string): string {
    return join(this.ownKeys.has(job) ? this.unkept : this.kept, `${job}${SEALED_EXTENSION}`);
  }

  /** @throws UserError `not-found` where its key is not at hand: it was made in an earlier run, or the vault is locked. */
  key(job: string): Buffer {
    const key = this.ownKeys.get(job) ?? this.vault.projects?.derivedKey(`recording ${job}`);
    if (!key) throw new UserError('not-found', 'That recording is no longer there.');
    return key;
  }

  async remove(job: string): Promise<void> {
    const path = this.path(job);
    this.ownKeys.delete(job);
    await rm(path, { force: true });
  }

  async removeAll(): Promise<void> {
    this.ownKeys.clear();
    for (const folder of [this.kept, this.unkept]) await rm(folder, { recursive: true, force: true });
  }
}
