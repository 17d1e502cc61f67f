import { z } from 'zod';
import { EXPORT_FORMATS } from '../core/export/exporter.ts';
import { policySchema } from '../core/redaction/policy.ts';
import { entitySchema, transcriptSchema } from '../core/transcript/schema.ts';
import {
  audioFailureSchema,
  captionSchema,
  headAttentionSchema,
  idSchema,
  progressSchema,
  waveformSchema,
} from './contract.ts';

/** What the host and the engine process say to each other; both sides validate. A task is one request of the host. */

/** Where a task's recording is read. */
const recordingFields = {
  /** Its path; null when only the interface can read it. */
  recording: z.string().nullable(),
  /** Whether the interface decodes it. */
  decodedElsewhere: z.boolean(),
  /** Opens a recording that was made in the app, base64; null for any other. */
  key: z.string().nullable(),
  name: z.string(),
};
export type RecordingOfTask = Pick<Extract<Task, { kind: 'waveform' }>, keyof typeof recordingFields>;

const transcribeTaskSchema = z.strictObject({
  kind: z.literal('transcribe'),
  ...recordingFields,
  models: z.string(),
  /** Its folder. */
  pack: z.string(),
  /** Null for as many as the recogniser does best with. */
  threads: z.number().int().nullable(),
  language: z.string().nullable(),
  /** Names and terms that are probably said. */
  vocabulary: z.array(z.string()),
  policy: policySchema,
  journal: z.string().nullable(),
});

/** What stands beside the words of a file. */
const besideSchema = z.strictObject({ speakers: z.boolean(), times: z.boolean() });

const exportTaskSchema = z.strictObject({
  kind: z.literal('export'),
  transcript: transcriptSchema,
  policy: policySchema,
  redacted: z.boolean(),
  beside: besideSchema,
  files: z.array(z.strictObject({ format: z.enum(EXPORT_FORMATS), path: z.string() })),
  /** Where to write the audit report, if at all. */
  audit: z.strictObject({ json: z.string(), html: z.string() }).nullable(),
  /** Where to write the sealed way back to the originals, if at all. */
  map: z.strictObject({ path: z.string(), passphrase: z.string() }).nullable(),
  /** Folder of the model packs. */
  models: z.string(),
  /** Where to write the recording with bleeps, if at all. */
  audio: z
    .strictObject({
      path: z.string(),
      ...recordingFields,
    })
    .nullable(),
});

/** The beginning of a file as it would be written. */
const previewTaskSchema = z.strictObject({
  kind: z.literal('preview'),
  transcript: transcriptSchema,
  policy: policySchema,
  redacted: z.boolean(),
  beside: besideSchema,
  format: z.enum(EXPORT_FORMATS),
  whole: z.boolean(),
});

/** Personal data in segments that a person has edited. */
const searchTaskSchema = z.strictObject({
  kind: z.literal('search'),
  transcript: transcriptSchema,
  edited: z.array(z.string()),
  policy: policySchema,
  /** Folder of the model packs. */
  models: z.string(),
});

/** What the recording may be called under a policy. */
const titleTaskSchema = z.strictObject({
  kind: z.literal('title'),
  transcript: transcriptSchema,
  policy: policySchema,
});

/** How a head attends over a stretch of a recording. */
const attentionTaskSchema = z.strictObject({
  kind: z.literal('attention'),
  job: idSchema,
  ...recordingFields,
  /** Folder of the pack. */
  pack: z.string(),
  /** Seconds of the recording. */
  start: z.number(),
  end: z.number(),
  layer: z.number().int(),
  head: z.number().int(),
});

/** How loud a recording is over time. */
const waveformTaskSchema = z.strictObject({
  kind: z.literal('waveform'),
  ...recordingFields,
});

/** Captions of a recording that is being made; its sound comes as a stream. */
const liveTaskSchema = z.strictObject({
  kind: z.literal('live'),
  name: z.string(),
  models: z.string(),
  pack: z.string(),
  threads: z.number().int().nullable(),
  language: z.string().nullable(),
  policy: policySchema,
});

const taskSchema = z.discriminatedUnion('kind', [
  transcribeTaskSchema,
  waveformTaskSchema,
  liveTaskSchema,
  titleTaskSchema,
  exportTaskSchema,
  previewTaskSchema,
  searchTaskSchema,
  attentionTaskSchema,
]);
export type Task = z.infer<typeof taskSchema>;

/** How a task of the same kind ends well. */
const resultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('transcribe'), transcript: transcriptSchema, waveform: waveformSchema }),
  z.strictObject({ kind: z.literal('waveform'), waveform: waveformSchema }),
  z.strictObject({ kind: z.literal('live') }),
  z.strictObject({ kind: z.literal('title'), title: z.string() }),
  z.strictObject({ kind: z.literal('export') }),
  z.strictObject({
    kind: z.literal('preview'),
    title: z.string(),
    text: z.string(),
    characters: z.number().int(),
  }),
  z.strictObject({ kind: z.literal('search'), found: z.array(entitySchema) }),
  z.strictObject({ kind: z.literal('attention'), attention: headAttentionSchema }),
]);
export type Result = z.infer<typeof resultSchema>;
export type ResultOf<T extends Task> = Extract<Result, { kind: T['kind'] }>;

/** How decoded audio reaches a stream that the engine asked for. */
const audioMessageSchema = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('start'),
    stream: idSchema,
    rate: z.number(),
    channels: z.number().int(),
    duration: z.number().nullable(),
  }),
  z.strictObject({
    type: z.literal('samples'),
    stream: idSchema,
    samples: z.array(z.instanceof(Float32Array<ArrayBufferLike>)),
  }),
  z.strictObject({ type: z.literal('end'), stream: idSchema }),
  z.strictObject({ type: z.literal('fail'), stream: idSchema, why: audioFailureSchema }),
]);
export type AudioMessage = z.infer<typeof audioMessageSchema>;

export const toEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('run'), id: idSchema, task: taskSchema }),
  z.strictObject({ type: z.literal('cancel'), id: idSchema }),
  z.strictObject({ type: z.literal('audio'), audio: audioMessageSchema }),
]);
export type ToEngine = z.infer<typeof toEngineSchema>;

export const fromEngineSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('progress'), id: idSchema, progress: progressSchema }),
  /** A sentence about what could not be read of a recording that goes on all the same. */
  z.strictObject({ type: z.literal('warning'), id: idSchema, sentence: z.string() }),
  /** What was said in a recording that is being made. */
  z.strictObject({ type: z.literal('caption'), id: idSchema, caption: captionSchema }),
  /** Asks for the task's recording from `from` (seconds) on. */
  z.strictObject({ type: z.literal('decode'), id: idSchema, stream: idSchema, from: z.number() }),
  /** Answers every audio message once there is room; `more` is false when nobody listens any longer. */
  z.strictObject({ type: z.literal('taken'), stream: idSchema, more: z.boolean() }),
  z.strictObject({ type: z.literal('done'), id: idSchema, result: resultSchema }),
  z.strictObject({ type: z.literal('failed'), id: idSchema, code: z.string(), message: z.string() }),
  z.strictObject({ type: z.literal('cancelled'), id: idSchema }),
  z.strictObject({ type: z.literal('refusedRequests'), count: z.number().int() }),
]);
export type FromEngine = z.infer<typeof fromEngineSchema>;
