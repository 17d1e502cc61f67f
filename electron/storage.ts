import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Host } from './contract.ts';
import { ownFolderIn } from './place.ts';
import type { Shell } from './shell.ts';
import type { Keeping } from './vault.ts';

/** Where the person's data lies, and another place for the transcripts. */
export class Storage {
  constructor(
    private readonly shell: Shell,
    private readonly vault: Keeping,
  ) {}

  readonly calls: Pick<Host, 'storage' | 'moveTranscripts'> = {
    storage: async () => {
      const { data } = this.shell;
      if (data === null) return null;
      const { folder } = this.vault;
      const elsewhere = folder?.chosen ? await bytesIn(folder.path) : 0;
      return { folder: data, bytes: (await bytesIn(data)) + elsewhere, transcripts: folder };
    },
    moveTranscripts: async ({ back }) => {
      if (back) return { moved: true, ...(await this.vault.move(null)) };
      const chosen = await this.shell.pickFolder('transcripts');
      if (chosen === null) return { moved: false, left: false };
      const { data, models } = this.shell;
      const own = [data ?? [], dirname(models), dirname(process.execPath)].flat();
      return { moved: true, ...(await this.vault.move(await ownFolderIn(chosen, own))) };
    },
  };
}

/** Bytes of all files in a folder and below; 0 where there is none. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries.map((entry) =>
      entry.isDirectory()
        ? bytesIn(join(folder, entry.name))
        : stat(join(folder, entry.name)).then(
            ({ size }) => size,
            () => 0,
          ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

/** Removes what is in a folder, the folder itself stays. */
export async function emptyFolder(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => []))
    await rm(join(folder, name), { recursive: true, force: true });
}
