import { mkdir, readdir, readFile, realpath, rm } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import { z } from 'zod';
import { UserError } from '../core/errors.ts';
import { writeFileAtomically } from '../core/export/atomicFile.ts';

/** In a folder that the person chose; what else is there is not Sotto's. */
const OWN_FOLDER = 'Sotto transcripts';
const PLACE_FILE = 'place';
const placeSchema = z.strictObject({ version: z.literal(1), folder: z.string() });

/** Where the transcripts are kept: with their key, or in a folder of the person's choice, whose name lies beside the key. */
export class Place {
  private constructor(
    private readonly home: string,
    private chosen: string | null,
    /** Whether the chosen folder is there: its disk may be elsewhere today. */
    readonly isThere: boolean,
  ) {}

  static async open(home: string): Promise<Place> {
    const text = await readFile(join(home, PLACE_FILE), 'utf8').catch(() => null);
    const folder = text === null ? null : folderIn(text);
    if (folder === null) return new Place(home, null, true);
    return new Place(home, folder, await isFolder(folder));
  }

  get folder(): string {
    return this.chosen ?? this.home;
  }

  get isChosen(): boolean {
    return this.chosen !== null;
  }

  /** From now on and in later runs. @param chosen null for beside the key. @throws UserError `disk` */
  async choose(chosen: string | null): Promise<void> {
    const file = join(this.home, PLACE_FILE);
    if (chosen === null) await rm(file, { force: true });
    else await writeFileAtomically(file, Buffer.from(JSON.stringify({ version: 1, folder: chosen })));
    this.chosen = chosen;
  }
}

function isFolder(path: string): Promise<boolean> {
  return readdir(path).then(
    () => true,
    () => false,
  );
}

function folderIn(text: string): string | null {
  try {
    return placeSchema.parse(JSON.parse(text)).folder;
  } catch {
    return null;
  }
}

/**
 * The folder of Sotto's own in one that the person chose, made and empty.
 * @param own folders of the program and of its data.
 * @throws UserError when the folder is part of Sotto, may not be written, or holds transcripts already.
 */
export async function ownFolderIn(chosen: string, own: readonly string[]): Promise<string> {
  const name = basename(chosen) || chosen;
  const real = await realpath(chosen).catch(() => chosen);
  for (const folder of own) {
    const inside = `${await realpath(folder).catch(() => folder)}${sep}`;
    if (`${real}${sep}`.startsWith(inside))
      throw new UserError('usage', `“${name}” belongs to Sotto itself; choose a folder of your own.`);
  }
  const folder = join(real, OWN_FOLDER);
  const there = await readdir(folder).catch(() => []);
  if (there.length > 0)
    throw new UserError(
      'usage',
      `In “${name}” there is a folder “${OWN_FOLDER}” already with something in it; choose another folder.`,
    );
  try {
    // Not with its parents: Node never ends where a file system such as /proc refuses that.
    if (!(await isFolder(folder))) await mkdir(folder, { mode: 0o700 });
    const probe = join(folder, '.probe');
    await writeFileAtomically(probe, Buffer.from('Sotto'));
    await rm(probe);
  } catch (cause) {
    throw new UserError('disk', `Sotto may not write in “${name}”; choose another folder.`, { cause });
  }
  return folder;
}
