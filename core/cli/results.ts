import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openOriginal } from '../audio/open.ts';
import { UserError } from '../errors.ts';
import { aliasMap, sealMap } from '../export/aliasMap.ts';
import { writeFileAtomically } from '../export/atomicFile.ts';
import { auditReport, renderAudit } from '../export/audit.ts';
import { exportTranscript } from '../export/export.ts';
import { type RedactedWavOptions, writeRedactedWav } from '../export/redactedWav.ts';
import { writeCheckedWav } from '../project/redactedAudio.ts';
import type { Models } from '../project/transcribe.ts';
import { mask } from '../redaction/mask.ts';
import { maskedSpans } from '../redaction/maskedSpans.ts';
import type { Policy } from '../redaction/policy.ts';
import type { Transcript } from '../transcript/schema.ts';
import type { CommandLine } from './arguments.ts';
import type { Recording } from './recordings.ts';
import type { Reporter } from './reporter.ts';

/** How results are masked, and what is done with the originals. */
export interface Masking {
  readonly policy: Policy;
  /** Seals the way back to the originals; null where none is wanted. */
  readonly passphrase: string | null;
  /** Hears bleeped audio again; null where nobody asks for it. */
  readonly checker: Models | null;
}

interface Finished {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/**
 * Everything is made, and checked for leaks, before anything is written, so that a refusal leaves nothing behind.
 * The name of redacted files is masked like the transcript.
 */
export async function writeResults(
  transcript: Transcript,
  recording: Recording,
  wanted: Pick<CommandLine, 'formats' | 'full' | 'audio' | 'audit'> & Partial<Pick<CommandLine, 'beside'>>,
  { policy, passphrase, checker }: Masking,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  const { title } = mask(transcript, policy);
  const target = (ending: string) => join(recording.folder, `${title}.redacted.${ending}`);
  const files: Finished[] = [];
  const redacted: Finished[] = [];
  for (const format of wanted.formats) {
    const options = { transcript, policy, format, beside: wanted.beside };
    redacted.push({ path: target(format), bytes: await exportTranscript({ ...options, full: false }) });
    if (!wanted.full) continue;
    const path = join(recording.folder, `${recording.name}.full.${format}`);
    files.push({ path, bytes: await exportTranscript({ ...options, full: true }) });
  }
  if (wanted.audit) {
    const report = auditReport(transcript, policy, redacted);
    const rendered = renderAudit(report, transcript, policy);
    const base = join(recording.folder, `${report.recording.title}.audit`);
    files.push(
      { path: `${base}.json`, bytes: rendered.json },
      { path: `${base}.html`, bytes: rendered.html },
    );
  }
  if (passphrase !== null)
    files.push({
      path: join(recording.folder, `${title}.map`),
      bytes: await sealMap(aliasMap(transcript, policy), passphrase),
    });
  await mkdir(recording.folder, { recursive: true }).catch((cause: unknown) => {
    throw new UserError('disk', `The folder ${recording.folder} cannot be made; choose another with --out.`, {
      cause,
    });
  });
  if (wanted.audio) {
    const path = target('wav');
    const options: RedactedWavOptions = {
      original: await openOriginal(recording.path),
      spans: maskedSpans(transcript, policy),
      path,
      style: 'bleep',
      signal,
    };
    if (checker === null) await writeRedactedWav(options);
    else await writeCheckedWav(options, transcript, policy, checker);
    reporter.wrote(path);
  }
  for (const { path, bytes } of [...redacted, ...files]) {
    await writeFileAtomically(path, bytes);
    reporter.wrote(path);
  }
}
