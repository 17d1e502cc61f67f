import { z } from 'zod';
import { call, idSchema, nothing } from './contractParts.ts';
import { exportResultSchema } from './exportCalls.ts';

const keptRecording = z.strictObject({ job: idSchema, keep: z.boolean(), name: z.string().min(1).max(255) });
/** `more` is false when nobody listens to the stream any longer. */
const roomSchema = z.strictObject({ more: z.boolean() });
/** `corrupt`: cannot be decoded; `unsupported`: the browser engine has no decoder; `gone`: can no longer be read. */
export const audioFailureSchema = z.enum(['corrupt', 'unsupported', 'gone']);

/** Sound on its way from the interface to its host: of the microphone, and of recordings that the interface decodes. */
export const soundCalls = {
  /** Begins a recording, whose id the interface chooses; captions follow as events. */
  startRecording: call(
    z.strictObject({ job: idSchema, rate: z.number().int().min(8000).max(192_000) }),
    nothing,
  ),
  /** The next sound, mono; answered when it is on the disk. */
  pushRecording: call(
    z.strictObject({
      job: idSchema,
      samples: z.array(z.instanceof(Float32Array<ArrayBufferLike>)).length(1),
    }),
    nothing,
  ),
  /** Ends a recording: it becomes a job of that name, or is deleted. */
  stopRecording: call(keptRecording, nothing),
  /** Does the same with one that was found at the start. */
  recoverRecording: call(keptRecording, nothing),
  /** Writes the sound of a job that was recorded in the app as a WAVE file. */
  saveRecording: call(z.strictObject({ job: idSchema }), exportResultSchema),
  /** Begins a stream that the host asked for with a `decode` event. */
  startAudio: call(
    z.strictObject({
      job: idSchema,
      stream: idSchema,
      /** Hz, as recorded. */
      rate: z.number().int().min(1000).max(768_000),
      channels: z.number().int().min(1).max(32),
      /** Seconds, null when the container does not say. */
      duration: z.number().nonnegative().nullable(),
    }),
    roomSchema,
  ),
  /** One array of equal length for each channel; answered when there is room for more. */
  pushAudio: call(
    z.strictObject({
      job: idSchema,
      stream: idSchema,
      samples: z
        .array(z.instanceof(Float32Array<ArrayBufferLike>))
        .min(1)
        .max(32),
    }),
    roomSchema,
  ),
  endAudio: call(z.strictObject({ job: idSchema, stream: idSchema }), roomSchema),
  failAudio: call(z.strictObject({ job: idSchema, stream: idSchema, why: audioFailureSchema }), roomSchema),
} as const;
