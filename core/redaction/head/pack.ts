import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { openPackOf, type Pack } from '../../pack.ts';
import { LABELS, type Label } from '../../transcript/schema.ts';

const count = z.number().int().positive();

/** What a redactor's manifest says beyond the fields that every pack has (models/training/redactor/README.md). */
const redactorManifestSchema = z.looseObject({
  kind: z.literal('redactor'),
  /** `O`, then `B-` and `I-` of every label: the classes of `probabilities`. */
  classes: z.array(z.string()).refine((classes) => labelsOf(classes) !== null),
  /** From this probability of being personal on, a word is masked. */
  threshold: z.number().gt(0).lt(1),
  /** The encoder states that it was trained with; `listens` is false where it was trained on text alone. */
  recogniser: z.looseObject({
    stateWidth: count,
    statesPerSecond: z.literal(50),
    listens: z.boolean().default(true),
  }),
  /** Pieces of a window, those before and after what is decided, and those of a word. */
  window: z.looseObject({ pieces: count, context: count, longestWord: count }),
  /** Seconds; longer pauses are alike to it. */
  longestPause: z.number().positive(),
});
type RedactorManifest = z.infer<typeof redactorManifestSchema>;

/** A redactor's pack with its manifest understood. */
export interface RedactorPack extends Pack {
  readonly manifest: Pack['manifest'] & RedactorManifest;
  /** Of the classes, in their order. */
  readonly labels: readonly Label[];
}

/** The labels whose B and I the classes after O are; null where they are something else. */
function labelsOf(classes: readonly string[]): Label[] | null {
  const labels = LABELS.filter((label) => classes.includes(`B-${label}`)).sort(
    (a, b) => classes.indexOf(`B-${a}`) - classes.indexOf(`B-${b}`),
  );
  const expected = ['O', ...labels.flatMap((label) => [`B-${label}`, `I-${label}`])];
  return labels.length > 0 && expected.join() === classes.join() ? labels : null;
}

/** Whether there is a redactor's pack in the folder `redactor` of `models`. */
export function hasRedactorPack(models: string): boolean {
  return existsSync(join(models, 'redactor', 'manifest.json'));
}

/**
 * Opens and checks a redactor's pack.
 * @throws UserError `pack-damaged` when a file is missing, cut short or altered, or the manifest does not describe a
 *   redactor.
 */
export async function openRedactorPack(directory: string): Promise<RedactorPack> {
  const pack = await openPackOf(directory, redactorManifestSchema, 'a redactor');
  return {
    ...pack,
    labels: labelsOf(pack.manifest.classes)!,
  };
}
