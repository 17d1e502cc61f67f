import { z } from 'zod';
import { type CaseRegister, caseRegisterSchema } from '../core/redaction/caseRegister.ts';
import { newSalt } from '../core/redaction/replacements.ts';
import { transcriptSchema } from '../core/transcript/schema.ts';
import { idSchema } from './contract.ts';
import { SealedFolder } from './sealedFolder.ts';
import { type PersonalSettings, personalSettingsSchema } from './settingsSchema.ts';

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

/** A recording of the queue that is no transcript yet. */
const queuedSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  folder: z.string(),
  /** Never null, since only the page of that time could read the others. */
  path: z.string(),
  added: z.number(),
  /** One that ran waits again. */
  state: z.enum(['waiting', 'failed', 'cancelled']),
  error: z.string().nullable(),
  warnings: z.array(z.string()).readonly(),
});
const waitingSchema = z.strictObject({
  version: z.literal(2),
  paused: z.boolean(),
  /** In their order. */
  jobs: z.array(queuedSchema),
});
/** The recordings that were not finished when the program ended. */
export type Waiting = z.infer<typeof waitingSchema>;

/** Version 1 knew only those that waited. */
const firstWaitingSchema = z
  .strictObject({
    version: z.literal(1),
    paused: z.boolean(),
    jobs: z.array(queuedSchema.pick({ id: true, name: true, folder: true, path: true })),
  })
  .transform(
    (first): Waiting => ({
      ...first,
      version: 2,
      jobs: first.jobs.map((job) => ({
        ...job,
        added: Date.now(),
        state: 'waiting',
        error: null,
        warnings: [],
      })),
    }),
  );

const WAITING_FILE = 'waiting';
const CASES_FILE = 'cases';
const SETTINGS_FILE = 'settings';
const EXTENSION = '.project';

/** Whether a file of the folder is one of these documents, or one that was set aside. */
export function isKeptFile(file: string): boolean {
  const name = file.endsWith('.old') ? file.slice(0, -'.old'.length) : file;
  return name.endsWith(EXTENSION) || [WAITING_FILE, CASES_FILE, SETTINGS_FILE].includes(name);
}

/** Finished transcripts on disk, each a file of its own, with what belongs to them; all sealed under the vault's key. */
export class Projects {
  private readonly files: SealedFolder;

  /** @param key 32 bytes, which the vault keeps. */
  constructor(folder: string, key: Buffer) {
    this.files = new SealedFolder(folder, key);
  }

  /** A key for something else that is kept for this person, the same every time. */
  derivedKey(purpose: string): Buffer {
    return this.files.derivedKey(purpose);
  }

  /** All projects that can be read, the oldest first; a damaged file is left alone. */
  async all(): Promise<Project[]> {
    const names = (await this.files.names()).filter((name) => name.endsWith(EXTENSION));
    const projects = await Promise.all(names.map((name) => this.read(name)));
    return projects.filter((project) => project !== null).sort((a, b) => a.added - b.added);
  }

  /** @throws UserError `disk` */
  save(project: Project): Promise<void> {
    return this.files.write(`${project.id}${EXTENSION}`, project.id, project);
  }

  /** @throws UserError `disk` */
  remove(id: string): Promise<void> {
    return this.files.remove(`${id}${EXTENSION}`);
  }

  /** What {@link saveWaiting} wrote last; null when that cannot be read or was never written. */
  async waiting(): Promise<Waiting | null> {
    const content = await this.files.read(WAITING_FILE, WAITING_FILE).catch(() => null);
    return z.union([waitingSchema, firstWaitingSchema]).safeParse(content).data ?? null;
  }

  /** @throws UserError `disk` */
  saveWaiting(waiting: Waiting): Promise<void> {
    return this.files.write(WAITING_FILE, WAITING_FILE, waiting);
  }

  /** The cases that {@link saveCases} wrote last; none when they were never written, or cannot be read: then the file is set aside. */
  async cases(): Promise<CaseRegister[]> {
    return (await this.document(CASES_FILE, z.array(caseRegisterSchema))) ?? [];
  }

  /** @throws UserError `disk` */
  saveCases(cases: readonly CaseRegister[]): Promise<void> {
    return this.files.write(CASES_FILE, CASES_FILE, cases);
  }

  /** What of the settings is personal, as {@link saveSettings} wrote it last; null as for the cases. */
  settings(): Promise<PersonalSettings | null> {
    return this.document(SETTINGS_FILE, personalSettingsSchema);
  }

  /** @throws UserError `disk` */
  saveSettings(settings: PersonalSettings): Promise<void> {
    return this.files.write(SETTINGS_FILE, SETTINGS_FILE, settings);
  }

  /** Resolves when everything is on the disk. */
  settled(): Promise<void> {
    return this.files.settled();
  }

  /** Moves everything to another folder, as {@link SealedFolder.moveTo}. */
  moveTo(folder: string, enter: () => Promise<void>): Promise<{ left: boolean }> {
    return this.files.moveTo(folder, isKeptFile, enter);
  }

  /** A document of its own, null where there is none; one that cannot be read is set aside. */
  private async document<T>(file: string, schema: z.ZodType<T>): Promise<T | null> {
    const content = await this.files.read(file, file).catch(() => null);
    const { success, data } = schema.safeParse(content);
    if (success) return data;
    await this.files.setAside(file);
    return null;
  }

  private async read(name: string): Promise<Project | null> {
    try {
      const content = await this.files.read(name, name.slice(0, -EXTENSION.length));
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
