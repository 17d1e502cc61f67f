import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../core/errors.ts';
import { openPack } from '../core/pack.ts';
import type { AppState } from './contract.ts';
import type { Speeds } from './speeds.ts';

type ShownPack = AppState['packs'][number];
type InstalledPack = Omit<ShownPack, 'speed'>;

const shownSchema = z.looseObject({
  kind: z.literal('recognizer'),
  version: z.string(),
  license: z.string(),
  languages: z.array(z.string()),
  files: z.record(z.string(), z.looseObject({ bytes: z.number() })),
});

/** The recogniser packs: those that came with the program, and those that the person added. */
export class Packs {
  /**
   * @param shipped folder of the packs that came with the program.
   * @param added folder for the person's own; null where none can be added.
   */
  constructor(
    private readonly shipped: string,
    private readonly added: string | null,
    private readonly speeds: Pick<Speeds, 'of'>,
  ) {}

  /** All packs by name; the engine checks their hashes when it opens one. */
  async installed(): Promise<ShownPack[]> {
    const found = await Promise.all(this.folders().map((folder) => packsIn(folder, folder === this.added)));
    return found.flat().map((pack) => ({ ...pack, speed: this.speeds.of(pack.name) }));
  }

  /** Where a pack lies; one that is not installed is looked for, and missed with a sentence, where packs are shipped. */
  async directory(name: string): Promise<string> {
    for (const folder of this.folders())
      if ((await packAt(join(folder, name), name, false)) !== null) return join(folder, name);
    return join(this.shipped, name);
  }

  /** The folder of the pack whose manifest has this sha256, as a transcript names it; null when it is not installed. */
  async bySha256(sha256: string): Promise<string | null> {
    for (const folder of this.folders())
      for (const name of await readdir(folder).catch(() => [])) {
        const manifest = await readFile(join(folder, name, 'manifest.json')).catch(() => null);
        if (manifest !== null && createHash('sha256').update(manifest).digest('hex') === sha256)
          return join(folder, name);
      }
    return null;
  }

  /**
   * Reads every file of a pack and compares its hash with the manifest's.
   * @throws UserError `pack-damaged`
   */
  async verify(name: string): Promise<void> {
    await openPack(await this.directory(name));
  }

  /**
   * Copies a pack from a folder, after every file of it was checked.
   * @throws UserError when it is no whole recogniser pack, when there is one of its name, or when it cannot be copied.
   */
  async add(folder: string): Promise<string> {
    const name = basename(folder);
    if (this.added === null) throw new UserError('usage', 'Packs can only be added in Sotto’s own window.');
    await openPack(folder);
    if (!/^[\w.-]+$/.test(name) || (await packAt(folder, name, true)) === null)
      throw new UserError(
        'usage',
        `The folder “${name}” holds no model that recognises speech; choose a folder with a manifest of kind “recognizer”, named in letters, digits, dots and dashes.`,
      );
    if ((await this.installed()).some((pack) => pack.name === name))
      throw new UserError(
        'usage',
        `There is a pack called “${name}” already; rename the folder and add it again.`,
      );
    const unfinished = join(this.added, `.${name}.part`);
    try {
      await mkdir(this.added, { recursive: true, mode: 0o700 });
      await cp(folder, unfinished, { recursive: true });
      await rename(unfinished, join(this.added, name));
    } catch (cause) {
      await rm(unfinished, { recursive: true, force: true });
      throw new UserError(
        'disk',
        `The pack “${name}” could not be copied; free some disk space and add it again.`,
        {
          cause,
        },
      );
    }
    return name;
  }

  private folders(): string[] {
    return this.added === null ? [this.shipped] : [this.shipped, this.added];
  }
}

async function packsIn(folder: string, added: boolean): Promise<InstalledPack[]> {
  const names = await readdir(folder).catch(() => []);
  const packs = await Promise.all(names.sort().map((name) => packAt(join(folder, name), name, added)));
  return packs.filter((pack) => pack !== null);
}

async function packAt(folder: string, name: string, added: boolean): Promise<InstalledPack | null> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => 'null');
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return null;
  }
  const shown = shownSchema.safeParse(manifest);
  if (!shown.success) return null;
  const { version, license, languages, files } = shown.data;
  const bytes = Object.values(files).reduce((sum, file) => sum + file.bytes, 0);
  return { name, version, license, bytes, languages, added };
}
