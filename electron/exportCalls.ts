import { z } from 'zod';
import { EXPORT_FORMATS } from '../core/export/exporter.ts';
import { replacementSchema } from '../core/redaction/policy.ts';
import { call, idSchema, passphraseSchema } from './contractParts.ts';
import { policyNameSchema } from './settingsSchema.ts';

/** A finished file waiting to be fetched once by the browser. */
const downloadSchema = z.strictObject({ name: z.string(), url: z.string() });

export const exportResultSchema = z.discriminatedUnion('kind', [
  /** `folder` is a name for people to read. */
  z.strictObject({ kind: z.literal('saved'), files: z.array(z.string()), folder: z.string() }),
  z.strictObject({ kind: z.literal('downloads'), downloads: z.array(downloadSchema) }),
  z.strictObject({ kind: z.literal('dismissed') }),
]);
export type ExportResult = z.infer<typeof exportResultSchema>;

/** What may be read in an exported file. */
const maskingFields = {
  job: idSchema,
  redacted: z.boolean(),
  policy: policyNameSchema,
  /** Instead of the policy's own. */
  replacement: replacementSchema,
  /** Whether it says who speaks, and when each paragraph begins where the format can do without. */
  speakers: z.boolean().default(true),
  times: z.boolean().default(true),
};

/** What the interface may ask about files that leave: writing them, looking at them beforehand, and the way back. */
export const exportCalls = {
  exportTranscript: call(
    z.strictObject({
      ...maskingFields,
      formats: z.array(z.enum(EXPORT_FORMATS)),
      /** Also the recording with the masked spans bleeped. */
      audio: z.boolean(),
      /** Also a report on what was masked and why, beside redacted files. */
      audit: z.boolean(),
      /** Passphrase of a map back to the originals, written beside redacted files; null for no map. */
      map: passphraseSchema.nullable(),
    }),
    exportResultSchema,
  ),
  /** Puts the originals back into a redacted text by the map that was exported with it; nothing is written. */
  reidentify: call(
    z.strictObject({
      file: z.strictObject({ name: z.string(), text: z.string() }),
      map: z.strictObject({ name: z.string(), text: z.string() }),
      passphrase: passphraseSchema,
    }),
    z.strictObject({
      text: z.string(),
      /** Places that hold what was said there, the fullest form of it, or still what was put in its place. */
      exact: z.number().int(),
      fullest: z.number().int(),
      left: z.number().int(),
    }),
  ),
  /** The beginning of a file as it would be written; fails as its export would. */
  previewExport: call(
    z.strictObject({
      ...maskingFields,
      format: z.enum(EXPORT_FORMATS),
      /** All of it instead, as printing needs it. */
      whole: z.boolean(),
    }),
    z.strictObject({
      /** As it would be called. */
      name: z.string(),
      text: z.string(),
      /** Of the whole text. */
      characters: z.number().int(),
    }),
  ),
  /** Writes a policy as a file that can be handed out. */
  exportPolicy: call(z.strictObject({ policy: policyNameSchema }), exportResultSchema),
} as const;
