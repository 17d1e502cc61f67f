import { type Models, type TranscribeOptions, transcribe } from '../../core/project/transcribe.ts';
import { POLICY_PRESETS } from '../../core/redaction/policy.ts';
import type { Transcript } from '../../core/transcript/schema.ts';

/** Transcribes an English recording under the standard policy, without a journal, unless `options` say otherwise. */
export function transcription(
  recording: string,
  models: Models,
  options: Partial<TranscribeOptions> = {},
): Promise<Transcript> {
  return transcribe({
    recording,
    recordingName: 'recording',
    ...models,
    language: 'en',
    policy: POLICY_PRESETS.standard,
    journal: null,
    onProgress: () => {},
    onWarning: () => {},
    signal: new AbortController().signal,
    ...options,
  });
}

/** All that is said in a transcript, unmasked. */
export function textOf(transcript: Transcript): string {
  return transcript.segments.flatMap(({ words }) => words.map((word) => word.text)).join(' ');
}
