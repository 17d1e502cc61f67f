import { readdir } from 'node:fs/promises';
import { basename, dirname, extname } from 'node:path';
import { growingWav } from '../audio/growingWav.ts';
import { streamedSound } from '../audio/streamedSound.ts';
import { UserError } from '../errors.ts';
import { caption, type FollowedTalk } from '../live/captions.ts';
import { LiveMask } from '../live/liveMask.ts';
import { closeModels, loadModels, type Models } from '../project/transcribe.ts';
import type { Policy } from '../redaction/policy.ts';
import { redactByText } from '../redaction/redactor.ts';
import { transcriptFromRecognition } from '../transcript/build.ts';
import type { Transcript } from '../transcript/schema.ts';
import { joinWords } from '../transcript/text.ts';
import { LIVE_USAGE, type LiveCommandLine, readLiveCommandLine } from './liveArguments.ts';
import { LivePrinter } from './livePrinter.ts';
import { loadPolicy } from './policyOption.ts';
import type { Recording } from './recordings.ts';
import { reporterFor } from './reporter.ts';
import { writeResults } from './results.ts';

/** Stands for a word on a terminal whose text must wait. */
const WAITING_WORD = '· ';

/**
 * `sotto live`: prints what is said in a recording while it is made, then writes its transcript.
 * @param signal ends the recording: what was heard is written.
 * @returns the exit code.
 * @throws UserError for what a person can mend.
 */
export async function runLive(
  argv: readonly string[],
  modelsDirectory: () => string,
  signal: AbortSignal,
): Promise<number> {
  const commandLine = readLiveCommandLine(argv);
  if (commandLine.help) {
    process.stdout.write(LIVE_USAGE);
    return 0;
  }
  const policy = await loadPolicy(commandLine.policy);
  const recording = await recordingOf(commandLine);
  const models = await loadModels(modelsDirectory(), commandLine.model);
  try {
    const transcript = await follow(recording, commandLine, policy, models, signal);
    if (transcript.segments.length === 0)
      throw new UserError(
        'silent',
        `Nobody was heard speaking in "${basename(recording.path)}", so nothing was written; check the microphone.`,
      );
    const reporter = reporterFor({ json: false, quiet: false });
    const wanted = { formats: commandLine.formats, full: commandLine.full, audio: false, audit: false };
    const masking = { policy, passphrase: null, checker: null };
    await writeResults(transcript, recording, wanted, masking, reporter, new AbortController().signal);
  } finally {
    await closeModels(models);
  }
  return 0;
}

/** Standard input has no name; its transcript gets one that no other in the folder has. */
async function recordingOf({ recording: path, out }: LiveCommandLine): Promise<Recording> {
  if (path !== '-') return { path, name: basename(path, extname(path)), folder: out ?? dirname(path) };
  const folder = out ?? '.';
  const there = await readdir(folder).catch((): string[] => []);
  let name = 'live';
  for (let number = 2; there.some((file) => file.startsWith(`${name}.`)); number++) name = `live-${number}`;
  return { path: 'standard input', name, folder };
}

async function follow(
  recording: Recording,
  { recording: path, language, full, idle }: LiveCommandLine,
  policy: Policy,
  models: Models,
  signal: AbortSignal,
): Promise<Transcript> {
  const printer = new LivePrinter(process.stdout);
  const blocks = path === '-' ? streamedSound(process.stdin, signal) : growingWav(path, { idle, signal });
  let heard: FollowedTalk;
  try {
    heard = await caption(blocks, {
      models,
      language,
      mask: full ? null : new LiveMask(policy, models.head),
      onWords: (words, spoken) => printer.words(words, spoken),
      onTentative(words, waiting, spoken) {
        const texts = words.map(({ text }) => text);
        printer.tentative(full ? joinWords(texts, spoken) : WAITING_WORD.repeat(waiting + words.length));
      },
    });
  } finally {
    // An open input would keep the process alive after an interrupt or a failure.
    if (path === '-') process.stdin.destroy();
    printer.end();
  }
  const { pack } = models.recognizer;
  const transcript = transcriptFromRecognition({
    recordingName: recording.name,
    duration: heard.duration,
    language: heard.language,
    model: { pack: pack.manifest.name, sha256: pack.sha256 },
    recognized: heard.talk.finish(),
  });
  return redactByText(transcript, policy, models.head);
}
