import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../core/errors.ts';
import { writeFileAtomically } from '../core/export/atomicFile.ts';
import { type CaseRegister, caseRegisterSchema } from '../core/redaction/caseRegister.ts';
import { newSalt } from '../core/redaction/replacements.ts';
import { transcriptSchema } from '../core/transcript/schema.ts';
import { idSchema } from './contract.ts';

const projectSchema = z.strictObject({
  version: z.literal(2),
  id: idSchema,
  name: z.string(),
  folder: z.string(),
  path: z.string().nullable(),
  /** Milliseconds since 1970. */
  added: z.number(),
  transcript: transcriptSchema,
  /** Segments of it, by id, whose words a person has changed and nothing has searched for personal data yet. */
  unsearched: z.array(z.string()).readonly().default([]),
});
/** A finished recording as it is kept. */
export type Project = z.infer<typeof projectSchema>;

/** The salt of version 1 was a hash of what was said; only a case's was random. */
const firstSchema = projectSchema.extend({ version: z.literal(1) }).transform(
  (first): Project => ({
    ...first,
    version: 2,
    transcript: first.transcript.case ? first.transcript : { ...first.transcript, salt: newSalt() },
  }),
);

const waitingSchema = z.strictObject({
  version: z.literal(1),
  paused: z.boolean(),
  /** In their order; `path` is never null, since only the page of that time could read the others. */
  jobs: z.array(z.strictObject({ id: idSchema, name: z.string(), folder: z.string(), path: z.string() })),
});
/** The recordings that were not finished when the program ended. */
export type Waiting = z.infer<typeof waitingSchema>;
const WAITING_FILE = 'waiting';
const CASES_FILE = 'cases';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Finished transcripts on disk, each a file of its own, encrypted with AES-256-GCM (nonce, tag, ciphertext; the id is
 * authenticated with it). The key is the vault's.
 */
export class Projects {
  /** Files are written one after another, so that the last edit is the one that stays. */
  private written: Promise<void> = Promise.resolve();

  /** @param key 32 bytes, which the vault keeps. */
  constructor(
    private readonly folder: string,
    private readonly key: Buffer,
  ) {}

  /** A key for something else that is kept for this person, the same every time. */
  derivedKey(purpose: string): Buffer {
    return createHmac('sha256', this.key).update(purpose).digest();
  }

  /** All projects that can be read, the oldest first; a damaged file is left alone. */
  async all(): Promise<Project[]> {
    const names = (await readdir(this.folder)).filter((name) => name.endsWith('.project'));
    const projects = await Promise.all(names.map((name) => this.read(name)));
    return projects.filter((project) => project !== null).sort((a, b) => a.added - b.added);
  }

  /** @throws UserError `disk` */
  save(project: Project): Promise<void> {
    return this.afterOthers(() => this.seal(`${project.id}.project`, project.id, project));
  }

  /** @throws UserError `disk` */
  remove(id: string): Promise<void> {
    return this.afterOthers(() => this.erase(id));
  }

  /** What {@link saveWaiting} wrote last; null when that cannot be read or was never written. */
  async waiting(): Promise<Waiting | null> {
    const parsed = waitingSchema.safeParse(await this.unseal(WAITING_FILE, WAITING_FILE).catch(() => null));
    return parsed.success ? parsed.data : null;
  }

  /** @throws UserError `disk` */
  saveWaiting(waiting: Waiting): Promise<void> {
    return this.afterOthers(() => this.seal(WAITING_FILE, WAITING_FILE, waiting));
  }

  /** The cases that {@link saveCases} wrote last; none when they were never written, or cannot be read: then the file is set aside. */
  async cases(): Promise<CaseRegister[]> {
    const content = await this.unseal(CASES_FILE, CASES_FILE).catch(() => null);
    const cases = z.array(caseRegisterSchema).safeParse(content).data;
    if (cases) return cases;
    const file = join(this.folder, CASES_FILE);
    await rename(file, `${file}.old`).catch(() => undefined);
    return [];
  }

  /** @throws UserError `disk` */
  saveCases(cases: readonly CaseRegister[]): Promise<void> {
    return this.afterOthers(() => this.seal(CASES_FILE, CASES_FILE, cases));
  }

  /** Resolves when everything is on the disk. */
  settled(): Promise<void> {
    return this.written;
  }

  private afterOthers(step: () => Promise<void>): Promise<void> {
    const done = this.written.then(step);
    this.written = done.catch(() => {});
    return done;
  }

  /** @param name authenticated with the content, so that no file can take another's place. */
  private async seal(file: string, name: string, content: unknown): Promise<void> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(name));
    const sealed = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
    await writeFileAtomically(join(this.folder, file), Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
  }

  private async unseal(file: string, name: string): Promise<unknown> {
    const bytes = await readFile(join(this.folder, file));
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(plain.toString('utf8'));
  }

  private async erase(id: string): Promise<void> {
    await rm(this.path(id), { force: true }).catch((cause: unknown) => {
      throw new UserError(
        'disk',
        'A transcript could not be removed from the disk; check the permissions of Sotto’s folder.',
        { cause },
      );
    });
  }

  private path(id: string): string {
    return join(this.folder, `${id}.project`);
  }

  private async read(name: string): Promise<Project | null> {
    try {
      const content = await this.unseal(name, name.slice(0, -'.project'.length));
      const current = projectSchema.safeParse(content);
      if (current.success) return current.data;
      const upgraded = firstSchema.parse(content);
      // A full disk does not keep it from being read; it is upgraded again another day.
      await this.save(upgraded).catch(() => {});
      return upgraded;
    } catch {
      return null;
    }
  }
}
