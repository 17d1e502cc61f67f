import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { UserError } from './errors.ts';

/** `manifest.json` of every folder under `models/`. */
const packManifestSchema = z.looseObject({
  name: z.string(),
  version: z.string(),
  kind: z.enum(['recognizer', 'vad', 'redactor']),
  license: z.string(),
  source: z.string(),
  files: z.record(
    z.string(),
    z.strictObject({ sha256: z.string().length(64), bytes: z.number().int().positive() }),
  ),
});
export type PackManifest = z.infer<typeof packManifestSchema>;

/** A model pack whose files are all there and whole. */
export interface Pack {
  readonly directory: string;
  readonly manifest: PackManifest;
  /** sha256 of manifest.json: names the pack exactly, since the manifest holds every file's hash. */
  readonly sha256: string;
  /** Absolute path of a file that the manifest lists. */
  path(file: string): string;
}

/**
 * Opens a model pack and checks every file against the manifest before anything is decoded.
 * @throws UserError `pack-damaged` when the manifest is missing or a file is missing, cut short or altered.
 */
export async function openPack(directory: string): Promise<Pack> {
  const name = basename(directory);
  const damaged = (what: string, cause?: unknown) =>
    new UserError(
      'pack-damaged',
      `The model pack "${name}" cannot be used: ${what}; install the pack again.`,
      { cause },
    );
  let bytes: Buffer;
  try {
    bytes = await readFile(join(directory, 'manifest.json'));
  } catch (cause) {
    throw damaged('its manifest.json is missing', cause);
  }
  let manifest: PackManifest;
  try {
    manifest = packManifestSchema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (cause) {
    throw damaged('its manifest.json is not valid', cause);
  }
  for (const [file, expected] of Object.entries(manifest.files)) {
    const size = await stat(join(directory, file)).then(
      (s) => s.size,
      () => -1,
    );
    if (size < 0) throw damaged(`its file ${file} is missing`);
    if (size !== expected.bytes)
      throw damaged(`its file ${file} has ${size} bytes instead of ${expected.bytes}`);
    if ((await sha256OfFile(join(directory, file))) !== expected.sha256)
      throw damaged(`its file ${file} is altered`);
  }
  return {
    directory,
    manifest,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    path(file) {
      if (!(file in manifest.files)) throw damaged(`its manifest does not list ${file}`);
      return join(directory, file);
    },
  };
}

/**
 * As {@link openPack}, with the part of the manifest that only packs of one kind have.
 * @param kind for messages: "a recogniser".
 */
export async function openPackOf<S extends z.ZodType>(
  directory: string,
  schema: S,
  kind: string,
): Promise<Pack & { readonly manifest: PackManifest & z.infer<S> }> {
  const pack = await openPack(directory);
  const parsed = schema.safeParse(pack.manifest);
  if (!parsed.success)
    throw new UserError(
      'pack-damaged',
      `The model pack "${pack.manifest.name}" cannot be used: its manifest.json does not describe ${kind}; install the pack again.`,
      { cause: parsed.error },
    );
  return { ...pack, manifest: { ...pack.manifest, ...(parsed.data as z.infer<S> & object) } };
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
