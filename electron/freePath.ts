import { access } from 'node:fs/promises';
import { join, parse } from 'node:path';

/** A path in `folder` that nothing has yet: `name`, or `name (2)` and so on; no export overwrites a file unasked. */
export async function freePath(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; ; number++) {
    const path = join(folder, number === 1 ? name : `${stem} (${number})${ext}`);
    const taken = await access(path).then(
      () => true,
      () => false,
    );
    if (!taken) return path;
  }
}
