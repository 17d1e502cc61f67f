import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import type { RecognizedSegment } from '../recognizer/recognized.ts';
import type { DetectedSpan } from '../redaction/detector.ts';
import { acousticsSchema, entitySchema } from '../transcript/schema.ts';
import type { Fingerprint } from './fingerprint.ts';

const wordSchema = z.object({ text: z.string(), start: z.number(), end: z.number(), confidence: z.number() });

const recognizedSchema = z.object({
  index: z.number(),
  start: z.number(),
  end: z.number(),
  words: z.array(wordSchema).readonly(),
  acoustics: acousticsSchema.optional(),
}) satisfies z.ZodType<RecognizedSegment>;

const { label, detector, rule, score, heard } = entitySchema.shape;
const wordIndex = z.number().int().nonnegative();
const spanSchema = z.object({
  from: wordIndex,
  to: wordIndex,
  label,
  detector,
  rule,
  score,
  heard,
}) satisfies z.ZodType<DetectedSpan>;

const entrySchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('language'), language: z.string() }),
  z.object({
    kind: z.literal('segments'),
    recognized: z.array(recognizedSchema).readonly(),
    /** What the redaction head found in them. */
    found: z.array(spanSchema).readonly().optional(),
    resume: z.number(),
  }),
]);

/** A step that need not be done again: the language was found, or a batch of segments is finished up to `resume` seconds. */
export type JournalEntry = z.infer<typeof entrySchema>;

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * What a job has finished, one encrypted line a step (AES-256-GCM: nonce, tag, ciphertext in base64), so that a job
 * that was killed goes on at its last finished segment. A line cut short by the kill is dropped.
 */
export class Journal {
  readonly entries: readonly JournalEntry[];
  private constructor(
    private readonly path: string,
    private readonly key: Buffer,
    private readonly file: FileHandle,
    entries: readonly JournalEntry[],
  ) {
    this.entries = entries;
  }

  /**
   * Opens the journal of one recording transcribed with one set of `settings` (any text that names pack and language);
   * other settings have another journal.
   * @throws UserError `disk` when the directory cannot be written.
   */
  static async open(directory: string, recording: Fingerprint, settings: string): Promise<Journal> {
    const name = createHash('sha256').update(`${recording.id}\n${settings}`).digest('hex').slice(0, 32);
    const path = join(directory, `${name}.journal`);
    try {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      const text = await readFile(path, 'utf8').catch(() => '');
      const { entries, length } = readEntries(text, recording.key);
      const file = await open(path, 'a', 0o600);
      await file.truncate(length);
      return new Journal(path, recording.key, file, entries);
    } catch (cause) {
      throw new UserError(
        'disk',
        `The folder for unfinished work, ${directory}, cannot be written; free some space or check its permissions.`,
        { cause },
      );
    }
  }

  /** Writes one step and waits until it is on the disk. */
  async append(entry: JournalEntry): Promise<void> {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', this.key, nonce);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(entry), 'utf8'), cipher.final()]);
    const line = Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
    try {
      await this.file.appendFile(`${line}\n`);
      await this.file.datasync();
    } catch (cause) {
      throw new UserError(
        'disk',
        'The disk is full or was removed; free some space and start again, finished parts are kept.',
        {
          cause,
        },
      );
    }
  }

  async close(): Promise<void> {
    await this.file.close();
  }

  /** Removes the journal of a job that is done. */
  async discard(): Promise<void> {
    await this.file.close();
    await rm(this.path, { force: true });
  }
}

/** The whole entries at the start of `text`, and how many bytes they take. */
function readEntries(text: string, key: Buffer): { entries: JournalEntry[]; length: number } {
  const entries: JournalEntry[] = [];
  let length = 0;
  for (const line of text.split('\n').slice(0, -1)) {
    const entry = unseal(line, key);
    if (!entry) break;
    entries.push(entry);
    length += line.length + 1;
  }
  return { entries, length };
}

function unseal(line: string, key: Buffer): JournalEntry | null {
  const bytes = Buffer.from(line, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return entrySchema.parse(JSON.parse(plain.toString('utf8')));
  } catch {
    return null;
  }
}
