import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { readdir, readFile, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { writeFileAtomically } from '../core/export/atomicFile.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Documents on the disk, each a file of its own: JSON encrypted with AES-256-GCM (nonce, tag, ciphertext), with a name that
 * is authenticated with it, so that no file can take another's place.
 */
export class SealedFolder {
  /** Files are written one after another, so that the last edit is the one that stays. */
  private written: Promise<void> = Promise.resolve();

  /** @param key 32 bytes. */
  constructor(
    private folder: string,
    private readonly key: Buffer,
  ) {}

  /** A key for something else that is kept for this person, the same every time. */
  derivedKey(purpose: string): Buffer {
    return createHmac('sha256', this.key).update(purpose).digest();
  }

  /** The files' names. */
  names(): Promise<string[]> {
    return readdir(this.folder);
  }

  /** @throws Error when there is no such file, or it is not what {@link write} wrote. */
  async read(file: string, name: string): Promise<unknown> {
    const bytes = await readFile(join(this.folder, file));
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(name));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
    return JSON.parse(plain.toString('utf8'));
  }

  /** @throws UserError `disk` */
  write(file: string, name: string, content: unknown): Promise<void> {
    return this.afterOthers(async () => {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', this.key, nonce).setAAD(Buffer.from(name));
      const sealed = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
      await writeFileAtomically(join(this.folder, file), Buffer.concat([nonce, cipher.getAuthTag(), sealed]));
    });
  }

  /** @throws UserError `disk` */
  remove(file: string): Promise<void> {
    return this.afterOthers(() =>
      rm(join(this.folder, file), { force: true }).catch((cause: unknown) => {
        throw new UserError(
          'disk',
          'A transcript could not be removed from the disk; check the permissions of Sotto’s folder.',
          { cause },
        );
      }),
    );
  }

  /** Renames a file that cannot be read, so that what is written next does not take its place. */
  async setAside(file: string): Promise<void> {
    await rename(join(this.folder, file), join(this.folder, `${file}.old`)).catch(() => undefined);
  }

  /** Resolves when everything is on the disk. */
  settled(): Promise<void> {
    return this.written;
  }

  /**
   * Moves the files to a folder: they are copied, read back and compared; then `enter` makes the
   * new folder the place of later runs; then the old files are removed. What is written meanwhile goes to the new folder.
   * @param folder one that is there.
   * @param holds which files.
   * @returns whether old files could not be removed.
   * @throws UserError `disk`; then everything is where it was.
   */
  async moveTo(
    folder: string,
    holds: (file: string) => boolean,
    enter: () => Promise<void>,
  ): Promise<{ left: boolean }> {
    let left = false;
    await this.afterOthers(async () => {
      const old = this.folder;
      if (folder === old) return;
      const files = (await readdir(old)).filter(holds);
      const copied: string[] = [];
      try {
        for (const file of files) {
          const bytes = await readFile(join(old, file));
          copied.push(join(folder, file));
          await writeFileAtomically(join(folder, file), bytes);
          if (!(await readFile(join(folder, file))).equals(bytes)) throw new Error('copied wrong');
        }
        await enter();
      } catch (cause) {
        for (const path of copied) await rm(path, { force: true }).catch(() => {});
        await rmdir(folder).catch(() => {});
        throw new UserError(
          'disk',
          `The transcripts could not be copied to “${basename(dirname(folder))}” and stay where they are; free some space there or choose another folder.`,
          { cause },
        );
      }
      this.folder = folder;
      // What an earlier move could not remove here is not to come back.
      await removeFiles(folder, (file) => holds(file) && !files.includes(file));
      left = await removeFiles(old, (file) => files.includes(file));
    });
    return { left };
  }

  private afterOthers(step: () => Promise<void>): Promise<void> {
    const done = this.written.then(step);
    this.written = done.catch(() => {});
    return done;
  }
}

/** Removes files from a folder, and the folder when nothing else is in it. @returns whether some are still there. */
export async function removeFiles(folder: string, wanted: (file: string) => boolean): Promise<boolean> {
  let left = false;
  for (const file of (await readdir(folder).catch(() => [])).filter(wanted))
    await rm(join(folder, file), { force: true }).catch(() => {
      left = true;
    });
  await rmdir(folder).catch(() => {});
  return left;
}
