import { maskedEntities, POLICY_PRESETS, type PolicyName } from '../core/redaction/policy.ts';
import type { Transcript } from '../core/transcript/schema.ts';
import type { Job } from './contract.ts';

/** What the queue tells of a finished transcript. */
export function summaryOf(transcript: Transcript, policy: PolicyName): Job['summary'] {
  return {
    duration: transcript.recording.duration,
    words: transcript.segments.reduce((sum, segment) => sum + segment.words.length, 0),
    language: transcript.language,
    masked: maskedEntities(transcript, POLICY_PRESETS[policy]).length,
  };
}
