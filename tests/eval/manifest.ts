import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../core/errors.ts';

const lineSchema = z
  .looseObject({
    audio: z.string().optional(),
    file: z.string().optional(),
    start: z.number().nonnegative().default(0),
    dur: z.number().positive().optional(),
    text: z.string(),
    set: z.string().default('all'),
  })
  .refine((line) => line.audio !== undefined || line.file !== undefined, 'needs "audio"');

/** A stretch of a recording and what is said in it. */
export interface Utterance {
  /** Absolute path of the recording. */
  readonly audio: string;
  /** Seconds in the recording; the end is Infinity where the line names no duration. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly set: string;
}

/**
 * Reads a manifest: a line is `{audio, start?, dur?, text, set?}`, in seconds, audio (or `file`) relative to the
 * manifest.
 * @throws UserError when the manifest is missing or a line cannot be understood.
 */
export async function readManifest(path: string): Promise<Utterance[]> {
  const content = await readFile(path, 'utf8').catch((cause) => {
    throw new UserError('not-found', `The manifest ${path} cannot be read; check the path.`, { cause });
  });
  const utterances: Utterance[] = [];
  for (const [i, line] of content.split('\n').entries()) {
    if (line.trim() === '') continue;
    try {
      const { audio, file, start, dur, text, set } = lineSchema.parse(JSON.parse(line));
      const end = dur === undefined ? Infinity : start + dur;
      utterances.push({ audio: resolve(dirname(path), (audio ?? file)!), start, end, text, set });
    } catch (cause) {
      throw new UserError(
        'usage',
        `Line ${i + 1} of ${path} is not a manifest line; it should be {"audio", "text", "start"?, "dur"?, "set"?}.`,
        { cause },
      );
    }
  }
  return utterances;
}
