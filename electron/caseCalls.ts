import { z } from 'zod';
import { transcriptSchema } from '../core/transcript/schema.ts';
import { call, idSchema, nothing } from './contractParts.ts';

/** What the interface may ask about cases: recordings in which the same people have the same aliases. */
export const caseCalls = {
  /** The cases, with the people of each as names without capitals; entries of one number are one person. */
  cases: call(
    nothing,
    z.array(
      z.strictObject({
        id: z.string(),
        name: z.string(),
        recordings: z.number().int(),
        people: z.array(z.strictObject({ number: z.number().int(), names: z.string() })),
      }),
    ),
  ),
  /** Puts a transcript into a case, into a new one (`name`), or with both null into none; answers with it. */
  setCase: call(
    z.strictObject({
      job: idSchema,
      case: z.string().nullable(),
      name: z.string().min(1).max(200).nullable(),
    }),
    transcriptSchema,
  ),
  /** Two people of the job's case are one; answers with the transcript. */
  mergeInCase: call(
    z.strictObject({ job: idSchema, number: z.number().int(), other: z.number().int() }),
    transcriptSchema,
  ),
  /** An entry of the case's people is somebody else than the others of its number; answers with the transcript. */
  splitInCase: call(z.strictObject({ job: idSchema, entry: z.number().int() }), transcriptSchema),
} as const;
