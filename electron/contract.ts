import { z } from 'zod';
import { entitySchema, transcriptSchema } from '../core/transcript/schema.ts';
import { caseCalls } from './caseCalls.ts';
import { call, idSchema, nothing, passphraseSchema } from './contractParts.ts';
import { exportCalls } from './exportCalls.ts';
import { settingsSchema } from './settingsSchema.ts';
import { soundCalls } from './soundCalls.ts';

/**
 * Everything that the interface and its host say to each other. The interface is the same in Electron's sandboxed
 * renderer (IPC through the preload) and in a browser (HTTP on the loopback address); both sides validate.
 */

export { idSchema } from './contractParts.ts';
export type { ExportResult } from './exportCalls.ts';
export { audioFailureSchema } from './soundCalls.ts';

export const progressSchema = z.strictObject({
  stage: z.enum(['opening', 'listening', 'redacting', 'done']),
  audioSeconds: z.number(),
  duration: z.number().nullable(),
  elapsed: z.number(),
  remaining: z.number().nullable(),
  segments: z.number().int(),
});

/** A recording in the queue as the interface sees it. */
export const jobSchema = z.strictObject({
  id: idSchema,
  /** The file's name. */
  name: z.string(),
  /** Folder inside a dropped folder, '' at its top or for single files. */
  folder: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  /** Null until the job runs. */
  progress: progressSchema.nullable(),
  /** One plain sentence when failed. */
  error: z.string().nullable(),
  /** Sentences about what could not be read of the recording. */
  warnings: z.array(z.string()),
  /** Known when done. */
  summary: z
    .strictObject({
      duration: z.number(),
      words: z.number().int(),
      language: z.string(),
      masked: z.number().int(),
    })
    .nullable(),
  /** Where the interface reads the recording; null when it holds the file itself. */
  media: z.string().nullable(),
  /** When it was added, in milliseconds since 1970. */
  added: z.number(),
  /** Whether it was recorded in the app, which then keeps its sound, too. */
  recorded: z.boolean(),
});
export type Job = z.infer<typeof jobSchema>;

export { DEFAULT_SETTINGS, policyOf, type Settings, shownLanguage } from './settingsSchema.ts';

const packSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** SPDX. */
  license: z.string(),
  bytes: z.number(),
  /** ISO 639-1 codes. */
  languages: z.array(z.string()),
  /** Whether the person added it. */
  added: z.boolean(),
  /** Seconds of the last recording that it heard a second on this machine; null where it has heard none. */
  speed: z.number().nullable(),
});

/** A recording that was not stopped, because the program or the computer was. */
const foundRecordingSchema = z.strictObject({
  job: idSchema,
  /** How long it is. */
  seconds: z.number(),
  /** When it began, in milliseconds since 1970. */
  begun: z.number(),
});
export type FoundRecording = z.infer<typeof foundRecordingSchema>;

/** What was said in a recording that is being made, masked. */
export const captionSchema = z.strictObject({
  /** They follow those before and never change. */
  words: z.array(
    z.strictObject({ text: z.string(), start: z.number(), end: z.number(), masked: z.boolean() }),
  ),
  /** Words that were heard and may not be shown yet. */
  waiting: z.number().int(),
  /** ISO 639-1: says whether blanks part words. */
  language: z.string(),
});
export type Caption = z.infer<typeof captionSchema>;

const stateSchema = z.strictObject({
  runtime: z.enum(['electron', 'browser']),
  jobs: z.array(jobSchema),
  /** Whether the queue starts no further job. */
  paused: z.boolean(),
  settings: settingsSchema,
  packs: z.array(packSchema),
  /** Whether finished transcripts are kept, encrypted, when the program ends. */
  keepsTranscripts: z.boolean(),
  /** The folder of the transcripts where it is not there; then nothing can be read or kept. */
  missingFolder: z.string().nullable(),
  /** What opens the key of what is kept; `none` where nothing is kept. */
  protection: z.enum(['keyring', 'passphrase', 'none']),
  /** Whether the passphrase is still to be given; until then there are no jobs. */
  locked: z.boolean(),
  /** Requests to a network that something in the window or in the engine tried to make; every one was refused. */
  refusedRequests: z.number().int(),
  /** Recordings to recover, the newest first. */
  foundRecordings: z.array(foundRecordingSchema),
});
export type AppState = z.infer<typeof stateSchema>;

/** Groups of a tri-head encoder's heads. */
export const HEAD_GROUPS = ['spectral', 'temporal', 'noise'] as const;

/** How one head of the encoder attends over a stretch of the recording. */
export const headAttentionSchema = z.strictObject({
  /** For every layer the group of each of its heads. */
  groups: z.array(z.array(z.enum(HEAD_GROUPS))),
  /** Of the stretch, as far as the encoder hears it. */
  seconds: z.number().positive(),
  /** How far away the head looks on average, in seconds. */
  distance: z.number().nonnegative(),
  /** Rows and columns of the picture. */
  size: z.number().int().positive(),
  /** Base64 of size * size bytes, a row for each moment that looks, a column for each it looks at; 255 is darkest. */
  shades: z.string(),
});
export type HeadAttention = z.infer<typeof headAttentionSchema>;

/** How loud a recording is over time. */
export const waveformSchema = z.strictObject({
  /** Peaks for each second. */
  rate: z.number().positive(),
  /** Base64 of a byte for each peak; 255 is full scale. */
  peaks: z.string(),
});
export type Waveform = z.infer<typeof waveformSchema>;

const job = z.strictObject({ job: idSchema });
const localFileSchema = z.strictObject({
  /** Of the job to be; the interface chooses it, to know the file before the host asks for it. */
  id: idSchema,
  name: z.string().min(1).max(255),
  folder: z.string().max(4096),
});

/** What the interface may ask of its host. */
export const calls = {
  state: call(nothing, stateSchema),
  changeSettings: call(settingsSchema, settingsSchema),
  /** Reads every file of a pack and compares its hash; fails with a sentence when one is damaged. */
  verifyPack: call(z.strictObject({ pack: z.string() }), nothing),
  /** Asks for a folder and copies the pack in it; null when dismissed. */
  addPack: call(nothing, z.strictObject({ added: z.string().nullable(), packs: z.array(packSchema) })),
  /** Where the person's data lies, for people to read, and how much it is; null where nothing is kept. */
  storage: call(
    nothing,
    z
      .strictObject({
        folder: z.string(),
        bytes: z.number(),
        /** Where the transcripts lie; null where they are not kept. */
        transcripts: z.strictObject({ path: z.string(), chosen: z.boolean() }).nullable(),
      })
      .nullable(),
  ),
  /** Asks for a folder and moves the transcripts there, or puts them back; `left`: something could not be removed. */
  moveTranscripts: call(
    z.strictObject({ back: z.boolean() }),
    z.strictObject({ moved: z.boolean(), left: z.boolean() }),
  ),
  /** Deletes every transcript, all unfinished work and all settings. */
  deleteEverything: call(nothing, settingsSchema),
  /** Opens what is kept; ask for the state again afterwards. */
  unlock: call(z.strictObject({ passphrase: passphraseSchema }), nothing),
  /** Sets, changes or (`next` null) takes away the passphrase; `current` where there is one. */
  protect: call(
    z.strictObject({ current: passphraseSchema.nullable(), next: passphraseSchema.nullable() }),
    nothing,
  ),
  /** Opens the system's dialog; the browser has its own. */
  pickRecordings: call(z.strictObject({ kind: z.enum(['files', 'folder']) }), nothing),
  /** Recordings that only the interface can read; it decodes them when asked. */
  addLocalFiles: call(z.strictObject({ files: z.array(localFileSchema).max(10_000) }), nothing),
  /** Adds the sample recording that comes with the program, where the host can read it. */
  addSample: call(z.strictObject({ name: z.string().min(1).max(255) }), nothing),
  cancelJob: call(job, nothing),
  retryJob: call(job, nothing),
  removeJob: call(job, nothing),
  /** Stops the queue where it can go on later, or lets it go on. */
  pauseQueue: call(z.strictObject({ paused: z.boolean() }), nothing),
  /** Moves a waiting job before (-1) or behind (1) the waiting job beside it. */
  moveJob: call(z.strictObject({ job: idSchema, step: z.literal([1, -1]) }), nothing),
  /** In how many places each finished transcript says the query. */
  searchTranscripts: call(
    z.strictObject({ query: z.string().max(200) }),
    z.array(z.strictObject({ job: idSchema, places: z.number().int() })),
  ),
  openTranscript: call(job, transcriptSchema),
  /** Answers with what the transcript knows of its case now, null outside of one. */
  saveTranscript: call(
    z.strictObject({ job: idSchema, transcript: transcriptSchema }),
    z.strictObject({ case: transcriptSchema.shape.case.unwrap().nullable() }),
  ),
  ...caseCalls,
  ...soundCalls,
  ...exportCalls,
  /**
   * Personal data that nothing marks yet, in the words of edited segments and of those that an earlier run saved without
   * searching them; with what was found and not shown before.
   */
  searchEdited: call(
    z.strictObject({ job: idSchema, segments: z.array(z.string()).max(100_000) }),
    z.array(entitySchema),
  ),
  /** Hears a stretch of the recording again, for looking at one head's attention over it. */
  headAttention: call(
    z.strictObject({
      job: idSchema,
      /** Seconds of the recording. */
      start: z.number().nonnegative(),
      end: z.number().nonnegative(),
      layer: z.number().int().nonnegative(),
      head: z.number().int().nonnegative(),
    }),
    headAttentionSchema,
  ),
  /** The waveform of a finished recording, from a pass through it if it is not known. */
  waveform: call(job, waveformSchema),
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
/** As the host gets it, checked and with what may be left out. */
export type CallGiven<N extends CallName> = z.output<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

/** What the host tells the interface unasked. */
export const eventSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('job'), job: jobSchema }),
  z.strictObject({ type: z.literal('jobRemoved'), job: idSchema }),
  /** Decode the job's recording from `from` (seconds) on and push it as `stream`. */
  z.strictObject({
    type: z.literal('decode'),
    job: idSchema,
    stream: idSchema,
    from: z.number().nonnegative(),
    media: z.string().nullable(),
  }),
  /** The queue was paused, goes on, or has another order. */
  z.strictObject({ type: z.literal('queue'), paused: z.boolean(), order: z.array(idSchema) }),
  z.strictObject({ type: z.literal('caption'), job: idSchema, caption: captionSchema }),
  /** There are no captions, or no more: a sentence; the recording goes on. */
  z.strictObject({ type: z.literal('captionsEnded'), job: idSchema, message: z.string() }),
  z.strictObject({ type: z.literal('notice'), message: z.string() }),
  z.strictObject({ type: z.literal('refusedRequests'), count: z.number().int() }),
  /** Made by the loopback bridge itself when its host has ended. */
  z.strictObject({ type: z.literal('disconnected') }),
]);
export type HostEvent = z.infer<typeof eventSchema>;

/** How a call's answer travels; the message of a failure is a sentence for a person. */
export const replySchema = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), value: z.unknown() }),
  z.strictObject({
    ok: z.literal(false),
    failure: z.strictObject({ code: z.string(), message: z.string() }),
  }),
]);
export type Reply = z.infer<typeof replySchema>;

/** Paths from the preload; see `channels.ts`. */
export const dropSchema = z.array(z.string().min(1)).max(10_000);

/** Who implements the calls. */
export type Host = { [N in CallName]: (input: CallGiven<N>) => Promise<CallOutput<N>> };
