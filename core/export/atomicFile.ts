import { randomBytes } from 'node:crypto';
import { chmod, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.ts';

/** Modes of a file that nobody else may read, and of one that they may as far as the umask lets them. */
const PRIVATE = 0o600;
const PUBLIC = 0o666;

/** A file that is being written beside its place and takes it only when it is whole. */
export interface AtomicFile {
  /** Writes all bytes at a position, by default after what was written last. */
  write(bytes: Uint8Array, position?: number): Promise<void>;
}

/**
 * Writes a file so that its path holds either all of it or what it held before, also after a crash: into a new file in
 * the same folder, flushed to the disk, then renamed.
 * @throws UserError `disk` when the folder cannot be written or the disk is full; nothing is left behind then.
 */
export async function writeFileAtomically(path: string, bytes: Uint8Array): Promise<void> {
  await writeAtomically(path, (file) => file.write(bytes));
}

/**
 * As {@link writeFileAtomically}, for a file that is written piece by piece. When `fill` or `check` throws, nothing is
 * left behind and the error is passed on.
 * @param check sees the whole file before it takes its place; until then nobody else may read it, also where this
 * process is killed meanwhile.
 */
export async function writeAtomically(
  path: string,
  fill: (file: AtomicFile) => Promise<void>,
  check?: (temporary: string) => Promise<void>,
): Promise<void> {
  // Named without the file's own name, which could be too long with an ending, and could be personal data.
  const temporary = join(dirname(path), `.sotto-${randomBytes(8).toString('hex')}.part`);
  let handle: FileHandle | null = null;
  try {
    handle = await onDisk(path, open(temporary, 'wx', check ? PRIVATE : PUBLIC));
    await fill(sequentialFile(path, handle));
    await onDisk(path, handle.sync());
    await onDisk(path, handle.close());
    handle = null;
    if (check) {
      await check(temporary);
      await onDisk(path, chmod(temporary, PUBLIC & ~process.umask()));
    }
    await onDisk(path, rename(temporary, path));
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
  await flushFolder(dirname(path));
}

function sequentialFile(path: string, handle: FileHandle): AtomicFile {
  let end = 0;
  return {
    async write(bytes, position = end) {
      let written = 0;
      while (written < bytes.length) {
        const { bytesWritten } = await onDisk(
          path,
          handle.write(bytes, written, bytes.length - written, position + written),
        );
        written += bytesWritten;
      }
      end = Math.max(end, position + bytes.length);
    },
  };
}

/** Makes the new name survive a power cut; some systems cannot open folders, and there the rename must do. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close().catch(() => undefined);
}

/** What went wrong and what to do next, by the system's error code. */
const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room and try again',
  EDQUOT: 'your space on this disk is used up; make room and try again',
  EFBIG: 'the disk does not take files of that size; choose another disk',
  EACCES: 'the folder may not be written; choose another folder',
  EPERM: 'the folder may not be written; choose another folder',
  EROFS: 'the disk is read-only; choose another folder',
  ENOENT: 'the folder does not exist; choose another folder',
  ENOTDIR: 'the folder does not exist; choose another folder',
  EISDIR: 'a folder of that name is already there; choose another name',
  ENOTEMPTY: 'a folder of that name is already there; choose another name',
  EEXIST: 'a folder of that name is already there; choose another name',
  ENAMETOOLONG: 'the name is too long; choose a shorter one',
  EBUSY: 'another program uses it; close that program and try again',
};

async function onDisk<T>(path: string, operation: Promise<T>): Promise<T> {
  try {
    return await operation;
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    const reason = REASONS[code] ?? `the disk reports ${code || 'a fault'}; try another folder`;
    throw new UserError('disk', `${basename(path)} could not be written: ${reason}.`, { cause });
  }
}
