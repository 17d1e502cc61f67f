import { maskedEntities, type Policy } from '../core/redaction/policy.ts';
import type { Transcript } from '../core/transcript/schema.ts';
import type { Job } from './contract.ts';
import type { QueuedJob } from './jobs.ts';
import { isSealed } from './recordings.ts';

/** What the queue tells of a finished transcript. */
function summaryOf(transcript: Transcript, policy: Policy): Job['summary'] {
  return {
    duration: transcript.recording.duration,
    words: transcript.segments.reduce((sum, segment) => sum + segment.words.length, 0),
    language: transcript.language,
    masked: maskedEntities(transcript, policy).length,
  };
}

/** A job as the interface sees it. @param media where the interface reads the recording. */
export function viewOf(job: QueuedJob, policy: Policy, media: string | null): Job {
  const { id, name, folder, path, state, progress, error, warnings, transcript, added } = job;
  return {
    id,
    name,
    folder,
    state,
    progress,
    error,
    warnings: [...warnings],
    summary: transcript && summaryOf(transcript, policy),
    media,
    added,
    recorded: isSealed(path),
  };
}
