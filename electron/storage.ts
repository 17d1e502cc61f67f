import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Bytes of all files in a folder and below; 0 where there is none. */
export async function bytesIn(folder: string): Promise<number> {
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
