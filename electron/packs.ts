import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { AppState } from './contract.ts';

const shownSchema = z.looseObject({
  kind: z.literal('recognizer'),
  languages: z.array(z.string()),
  files: z.record(z.string(), z.looseObject({ bytes: z.number() })),
});

/** The recogniser packs in a models folder, by name; the engine checks their hashes when it opens one. */
export async function installedPacks(models: string): Promise<AppState['packs']> {
  const folders = await readdir(models).catch(() => []);
  const packs = await Promise.all(folders.sort().map((name) => packAt(join(models, name), name)));
  return packs.filter((pack) => pack !== null);
}

/** The folder of the pack whose manifest has this sha256, as a transcript names it; null when it is not installed. */
export async function packFolder(models: string, sha256: string): Promise<string | null> {
  for (const name of await readdir(models).catch(() => [])) {
    const manifest = await readFile(join(models, name, 'manifest.json')).catch(() => null);
    if (manifest !== null && createHash('sha256').update(manifest).digest('hex') === sha256)
      return join(models, name);
  }
  return null;
}

async function packAt(folder: string, name: string): Promise<AppState['packs'][number] | null> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch(() => 'null');
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch {
    return null;
  }
  const shown = shownSchema.safeParse(manifest);
  if (!shown.success) return null;
  const bytes = Object.values(shown.data.files).reduce((sum, file) => sum + file.bytes, 0);
  return { name, bytes, languages: shown.data.languages };
}
