import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { UserError } from '../errors.ts';
import { assertAudioAllowed } from '../project/redactedAudio.ts';
import { closeModels, loadModels, type Models, transcribe } from '../project/transcribe.ts';
import type { CommandLine } from './arguments.ts';
import { CaseFile } from './caseOption.ts';
import { EXIT_CANCELLED, exitCodeOf } from './exitCode.ts';
import { reportFailure } from './failure.ts';
import { readPassphrase } from './passphrase.ts';
import { loadPolicy } from './policyOption.ts';
import { findRecordings, type Recording } from './recordings.ts';
import type { Reporter } from './reporter.ts';
import { type Masking, writeResults } from './results.ts';

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
  const caseFile = commandLine.case === null ? null : await CaseFile.open(commandLine.case);
  const passphrase = commandLine.map
    ? (caseFile?.passphrase ?? (await readPassphrase('the map', true)))
    : null;
  const vocabulary = commandLine.vocabulary === null ? [] : await linesOf(commandLine.vocabulary);
  const recordings = await findRecordings(commandLine.recordings, commandLine.out);
  const models = await loadModels(modelsDirectory, commandLine.model);
  // The tiny pack hears enough to find what was left open, at a fraction of the time.
  const checked = commandLine.audio && (commandLine.checkAudio || policy.audio === 'check');
  const checker = checked ? await loadModels(modelsDirectory, 'tiny', undefined, false) : null;
  const run: Run = { models, masking: { policy, passphrase, checker }, vocabulary, caseFile };
  const failures: number[] = [];
  try {
    for (const [index, recording] of recordings.entries()) {
      reporter.start(recording.path, index, recordings.length);
      try {
        await runJob(recording, commandLine, run, reporter, signal);
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
    await closeModels(models);
    if (checker) await closeModels(checker);
  }
  return exitCodeOf(failures);
}

/** What all recordings of a command share. */
interface Run {
  readonly models: Models;
  readonly masking: Masking;
  /** Names and terms that are probably said. */
  readonly vocabulary: readonly string[];
  readonly caseFile: CaseFile | null;
}

async function runJob(
  recording: Recording,
  commandLine: CommandLine,
  { models, masking, vocabulary, caseFile }: Run,
  reporter: Reporter,
  signal: AbortSignal,
): Promise<void> {
  const heard = await transcribe({
    recording: recording.path,
    recordingName: recording.name,
    ...models,
    language: commandLine.language,
    vocabulary,
    policy: masking.policy,
    journal: journalDirectory(),
    onProgress: (progress) => reporter.progress(progress),
    onWarning: (sentence) => reporter.note(recording.path, sentence),
    signal,
  });
  if (heard.segments.length === 0)
    throw new UserError(
      'silent',
      `Nobody was heard speaking in "${basename(recording.path)}", so nothing was written; check that it is the right recording.`,
    );
  const transcript = (await caseFile?.join(heard)) ?? heard;
  await writeResults(transcript, recording, commandLine, masking, reporter, signal);
}

async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new UserError('not-found', `${path} was not found; check the name and the folder.`, { cause });
  });
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter(Boolean);
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
