import { z } from 'zod';
import type { Acoustics } from '../recognizer/acoustics.ts';

/** Kinds of personal data, as DESIGN's redactor names them; NRP is nationality, religion or party. */
export const LABELS = [
  'PERSON',
  'ORG',
  'LOCATION',
  'ADDRESS',
  'EMAIL',
  'PHONE',
  'URL',
  'DATE_OF_BIRTH',
  'DATE',
  'AGE',
  'ID_NUMBER',
  'CARD',
  'BANK',
  'CREDENTIAL',
  'NRP',
] as const;

export const labelSchema = z.enum(LABELS);
export type Label = z.infer<typeof labelSchema>;

const id = z.string().min(1);
const seconds = z.number().nonnegative();

/** One spoken word; seconds in the recording; confidence null where a person typed it. */
export const wordSchema = z.strictObject({
  id,
  text: z.string().min(1),
  start: seconds,
  end: seconds,
  confidence: z.number().min(0).max(1).nullable(),
  speaker: id.nullable(),
});
export type Word = z.infer<typeof wordSchema>;

const share = z.number().min(0).max(1);

/** The noise and the head weights of a stretch, as a tri-head encoder gives them; see {@link Acoustics}. */
export const acousticsSchema = z.strictObject({
  weights: z.strictObject({ spectral: share, temporal: share, noise: share }),
  from: z.number().int().nonnegative(),
  noise: z.array(share.nullable()).min(1).readonly(),
}) satisfies z.ZodType<Acoustics>;

export const segmentSchema = z.strictObject({
  id,
  start: seconds,
  end: seconds,
  words: z.array(wordSchema),
  /** Absent where the pack has no tri-head encoder, and in documents older than that. */
  acoustics: acousticsSchema.optional(),
});
export type Segment = z.infer<typeof segmentSchema>;

/** What a person called an alias or a role: one line without brackets, which the artefacts put around it. */
const calledSchema = z
  .string()
  .max(60)
  .regex(/^[^\s[\]](?:[^\r\n[\]]*[^\s[\]])?$/);

const speakerSchema = z.strictObject({
  id,
  name: z.string(),
  /** What they are in the recording, as a person said: Interviewer. */
  role: calledSchema.optional(),
});

/** A run of words that is personal data. The words are consecutive in the transcript and may cross a segment. */
export const entitySchema = z.strictObject({
  id,
  label: labelSchema,
  words: z.array(id).min(1),
  /** What found it: `rules` (structured data), `names` (list and context), `deny` (the deny list), `person` (by hand). */
  detector: z.enum(['rules', 'names', 'head', 'deny', 'person']),
  /** The rule that matched, for the reader who asks why; never the value itself. */
  rule: z.string(),
  score: z.number().min(0).max(1),
  /** What the person said of it; `pending` spans are masked like accepted ones. */
  decision: z.enum(['pending', 'accepted', 'rejected']),
  /**
   * What of the recording the head listened to, in seconds, and which share of its attention went there rather than to
   * the text alone. Absent where nothing was found by the sound.
   */
  heard: z.strictObject({ start: seconds, end: seconds, share }).optional(),
  /** Where somebody said who it is: entities with one id are one person, entities with different ids never are. */
  person: id.optional(),
  /** What somebody called its alias; it stands for every entity that shares the alias. */
  alias: calledSchema.optional(),
});
export type Entity = z.infer<typeof entitySchema>;

const number = z.number().int().positive();

/** Who and what has which alias: numbers by kind, as in `[PERSON_3]`. */
export const knownAliasesSchema = z.strictObject({
  people: z.array(
    z.strictObject({
      number,
      /** Folded names; several entries of one number are names of one person. */
      names: z.array(z.string()).min(1),
      gender: z.enum(['m', 'f']).nullable(),
    }),
  ),
  /** Everything but people; `key` is the value without case and separators. */
  values: z.array(z.strictObject({ label: labelSchema, key: z.string(), number })),
  /** The highest number given for each label. */
  counts: z.partialRecord(labelSchema, number),
});
export type KnownAliases = z.infer<typeof knownAliasesSchema>;

/** What a transcript knows of the other recordings of its case. */
const caseSchema = z.strictObject({
  id,
  known: knownAliasesSchema,
  /** Numbers of the people whom edits of this transcript told apart, by `Entity.person`. */
  told: z.array(z.strictObject({ person: id, number })),
});

export const TRANSCRIPT_VERSION = 1;

export const transcriptSchema = z.strictObject({
  format: z.literal('sotto-transcript'),
  version: z.literal(TRANSCRIPT_VERSION),
  recording: z.strictObject({ name: z.string(), duration: seconds }),
  /** ISO 639-1 code. */
  language: z.string(),
  /** Pack that recognised it and the sha256 of its manifest. */
  model: z.strictObject({ pack: z.string(), sha256: z.string() }),
  speakers: z.array(speakerSchema),
  segments: z.array(segmentSchema),
  entities: z.array(entitySchema),
  /** Random secret from which substitutes for masked values are drawn, so that they stay the same; made at the first redaction. */
  salt: z.string().optional(),
  /** The case that the recording belongs to; its aliases go on from there. */
  case: caseSchema.optional(),
});
export type Transcript = z.infer<typeof transcriptSchema>;
