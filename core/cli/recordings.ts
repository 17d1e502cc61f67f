import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import { isRecordingName } from '../audio/recordingFiles.ts';
import { UserError } from '../errors.ts';

export interface Recording {
  readonly path: string;
  /** File name without its ending, unless two recordings differ only in that. */
  readonly name: string;
  /** Folder for the results. */
  readonly folder: string;
}

/**
 * The recordings that the command line names: files as they are, folders searched through. With `out`, a folder's
 * inner structure is kept below it.
 * @throws UserError `not-found` for a path that does not exist, `empty` for a folder without recordings.
 */
export async function findRecordings(paths: readonly string[], out: string | null): Promise<Recording[]> {
  const found: Recording[] = [];
  for (const path of paths) {
    const info = await stat(path).catch((cause: unknown) => {
      throw new UserError('not-found', `${path} was not found; check the name and the folder.`, { cause });
    });
    if (!info.isDirectory()) {
      found.push(recording(path, out ?? dirname(path)));
      continue;
    }
    const inside = await audioFilesIn(path);
    if (inside.length === 0)
      throw new UserError(
        'empty',
        `The folder ${path} holds no recordings; name a folder with audio or video files.`,
      );
    for (const file of inside)
      found.push(recording(file, out === null ? dirname(file) : join(out, relative(path, dirname(file)))));
  }
  return tellApart(found);
}

/** Where meeting.wav and meeting.mp3 would write the same results, their names keep the ending. */
function tellApart(recordings: readonly Recording[]): Recording[] {
  const target = ({ folder, name }: Recording) => join(folder, name);
  const times = new Map<string, number>();
  for (const item of recordings) times.set(target(item), (times.get(target(item)) ?? 0) + 1);
  return recordings.map((item) =>
    times.get(target(item))! > 1 ? { ...item, name: basename(item.path) } : item,
  );
}

function recording(path: string, folder: string): Recording {
  return { path, folder, name: basename(path, extname(path)) };
}

async function audioFilesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const files: string[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) files.push(...(await audioFilesIn(path)));
    else if (isRecordingName(entry.name)) files.push(path);
  }
  return files;
}
