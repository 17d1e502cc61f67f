import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { openOriginal } from '../audio/open.ts';
import { UserError } from '../errors.ts';
import { writeFileAtomically } from '../export/atomicFile.ts';
import { auditReport, renderAudit } from '../export/audit.ts';
import { exportTranscript } from '../export/export.ts';
import { type RedactedWavOptions, writeRedactedWav } from '../export/redactedWav.ts';
import { assertAudioAllowed, writeCheckedWav } from '../project/redactedAudio.ts';
import { loadModels, type Models, transcribe } from '../project/transcribe.ts';
import { mask } from '../redaction/mask.ts';
import { maskedSpans } from '../redaction/maskedSpans.ts';
import type { Policy } from '../redaction/policy.ts';
import type { Transcript } from '../transcript/schema.ts';
import type { CommandLine } from './arguments.ts';
import { EXIT_CANCELLED, exitCodeOf } from './exitCode.ts';
import { reportFailure } from './failure.ts';
import { loadPolicy } from './policyOption.ts';
import { findRecordings, type Recording } from './recordings.ts';
import type { Reporter } from './reporter.ts';

/**
 * Does what the command line asks for, recording by recording; one that fails is reported and the next goes on.
 * @returns the exit code.
 * @throws UserError for what stops the whole run: wrong usage, a missing recording, a damaged pack.
 */
export async function runJobs(
  commandLine: CommandLine,
  modelsDirectory: string,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<number> {
  const policy = await loadPolicy(commandLine.policy);
  if (commandLine.audio) assertAudioAllowed(policy);
  const recordings = await findRecordings(commandLine.recordings, commandLine.out);
  const models = await loadModels(modelsDirectory, commandLine.model);
  // The tiny pack hears enough to find what was left open, at a fraction of the time.
  const checked = commandLine.audio && (commandLine.checkAudio || policy.audio === 'check');
  const checker = checked ? await loadModels(modelsDirectory, 'tiny') : null;
  const failures: number[] = [];
  try {
    for (const [index, recording] of recordings.entries()) {
      reporter.start(recording.path, index, recordings.length);
      try {
        await runJob(recording, commandLine, policy, models, checker, reporter, signal);
        reporter.done(recording.path);
      } catch (error) {
        if (signal.aborted) {
          reporter.note(recording.path, 'Cancelled; the same command goes on where it stopped.');
          return EXIT_CANCELLED;
        }
        failures.push(reportFailure(error, recording.path, reporter));
      }
    }
  } finally {
    await models.recognizer.close();
    await checker?.recognizer.close();
  }
  return exitCodeOf(failures);
}

async function runJob(
  recording: Recording,
  commandLine: CommandLine,
  policy: Policy,
  models: Models,
  checker: Models | null,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  const transcript = await transcribe({
    recording: recording.path,
    recordingName: recording.name,
    ...models,
    language: commandLine.language,
    policy,
    journal: journalDirectory(),
    onProgress: (progress) => reporter.progress(progress),
    onWarning: (sentence) => reporter.note(recording.path, sentence),
    signal,
  });
  if (transcript.segments.length === 0)
    throw new UserError(
      'silent',
      `Nobody was heard speaking in "${basename(recording.path)}", so nothing was written; check that it is the right recording.`,
    );
  await writeResults(transcript, recording, commandLine, policy, checker, reporter, signal);
}

/**
 * Everything is made, and checked for leaks, before anything is written, so that a refusal leaves nothing behind.
 * The name of redacted files is masked like the transcript.
 */
async function writeResults(
  transcript: Transcript,
  recording: Recording,
  commandLine: CommandLine,
  policy: Policy,
  checker: Models | null,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  const target = (ending: string) =>
    join(recording.folder, `${mask(transcript, policy).title}.redacted.${ending}`);
  const files: { path: string; bytes: Uint8Array }[] = [];
  for (const format of commandLine.formats) {
    const options = { transcript, policy, format };
    files.push({ path: target(format), bytes: await exportTranscript({ ...options, full: false }) });
    if (!commandLine.full) continue;
    const path = join(recording.folder, `${recording.name}.full.${format}`);
    files.push({ path, bytes: await exportTranscript({ ...options, full: true }) });
  }
  if (commandLine.audit) {
    const report = auditReport(
      transcript,
      policy,
      files.filter(({ path }) => path.includes('.redacted.')),
    );
    const rendered = renderAudit(report, transcript, policy);
    const base = join(recording.folder, `${report.recording.title}.audit`);
    files.push(
      { path: `${base}.json`, bytes: rendered.json },
      { path: `${base}.html`, bytes: rendered.html },
    );
  }
  await mkdir(recording.folder, { recursive: true }).catch((cause: unknown) => {
    throw new UserError('disk', `The folder ${recording.folder} cannot be made; choose another with --out.`, {
      cause,
    });
  });
  if (commandLine.audio) {
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
  for (const { path, bytes } of files) {
    await writeFileAtomically(path, bytes);
    reporter.wrote(path);
  }
}

/** Where unfinished work waits: the operating system's folder for caches. */
function journalDirectory(): string {
  const home = homedir();
  const caches: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join(home, 'Library', 'Caches'),
    win32: process.env.LOCALAPPDATA ?? join(home, 'AppData', 'Local'),
  };
  const cache = process.env.XDG_CACHE_HOME || caches[process.platform] || join(home, '.cache');
  return join(cache, 'sotto', 'jobs');
}
