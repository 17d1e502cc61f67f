import { assertNoLeak } from '../redaction/leakCheck.ts';
import { mask, reveal } from '../redaction/mask.ts';
import type { Policy } from '../redaction/policy.ts';
import type { ShareableTranscript } from '../redaction/shareable.ts';
import type { Transcript } from '../transcript/schema.ts';
import type { ExportFormat } from './exporter.ts';
import { exporterFor } from './formats.ts';

/** What stands beside the words. */
export interface Beside {
  /** Who speaks. */
  readonly speakers: boolean;
  /** When each paragraph begins; captions, tables and JSON cannot do without. */
  readonly times: boolean;
}

export interface ExportOptions {
  readonly transcript: Transcript;
  readonly policy: Policy;
  readonly format: ExportFormat;
  /** Writes everything that was said, nothing masked. */
  readonly full: boolean;
  /** All of it where absent. */
  readonly beside?: Beside;
}

/**
 * The finished file of a transcript. A redacted one is made from the masked transcript alone, then read back and searched
 * for what was masked.
 * @throws UserError `leak` when a masked value can still be read; there is no file then.
 */
export async function exportTranscript(options: ExportOptions): Promise<Uint8Array> {
  const { transcript, policy, format, full, beside } = options;
  const exporter = exporterFor(format);
  if (full) return exporter.render(withBeside(reveal(transcript), beside));
  const shareable = withBeside(mask(transcript, policy), beside);
  const bytes = await exporter.render(shareable);
  // The title is the name of the file as well, whether the format shows it or not.
  const readable = `${shareable.title}\n${await exporter.readBack(bytes)}`;
  assertNoLeak(readable, transcript, policy, `${shareable.title} (${format})`);
  return bytes;
}

function withBeside(transcript: ShareableTranscript, beside?: Beside): ShareableTranscript {
  if (!beside) return transcript;
  const { speakers, times } = beside;
  const segments = transcript.segments.map((segment) => (speakers ? segment : { ...segment, speaker: null }));
  return { ...transcript, segments, timed: times };
}
