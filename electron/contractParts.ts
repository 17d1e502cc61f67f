import { z } from 'zod';

/** Opaque: names a job, a stream or a finished download; never a path. */
export const idSchema = z.string().regex(/^[0-9a-f]{32}$/);

export const passphraseSchema = z.string().min(1).max(1000);

export const nothing = z.strictObject({});

/** What a call takes and what it answers with. */
export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output };
}
