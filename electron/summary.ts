import { maskedEntities, type Policy } from '../core/redaction/policy.ts';
import type { Transcript } from '../core/transcript/schema.ts';
import type { Job } from './contract.ts';

/** What the queue tells of a finished transcript. */
export function summaryOf(transcript: Transcript, policy: Policy): Job['summary'] {
  return {
    duration: transcript.recording.duration,
    words: transcript.segments.reduce((sum, segment) => sum + segment.words.length, 0),
    language: transcript.language,
    masked: maskedEntities(transcript, policy).length,
  };
}
