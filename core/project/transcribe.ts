import { join } from 'node:path';
import { openAudio } from '../audio/open.ts';
import type { AudioSource } from '../audio/source.ts';
import { openVoiceActivity, type VoiceActivity } from '../audio/voiceActivity.ts';
import { noiseNotice } from '../export/notice.ts';
import { openPack } from '../pack.ts';
import { Recognizer } from '../recognizer/recognizer.ts';
import { defaultThreads } from '../recognizer/session.ts';
import { RedactionHead } from '../redaction/head/head.ts';
import type { Policy } from '../redaction/policy.ts';
import { redact } from '../redaction/redactor.ts';
import { transcriptFromRecognition } from '../transcript/build.ts';
import type { Transcript } from '../transcript/schema.ts';
import { type Fingerprint, fingerprint } from './fingerprint.ts';
import { Journal } from './journal.ts';
import { listen } from './listen.ts';
import { type JobProgress, ProgressClock } from './progress.ts';

export interface TranscribeOptions {
  /** The recording's path. */
  readonly recording: string;
  /** What the transcript calls the recording. */
  readonly recordingName: string;
  /** Given where somebody else decodes the recording (the app's browser engine); otherwise the file is opened. */
  readonly source?: AudioSource;
  readonly recognizer: Recognizer;
  readonly voiceActivity: VoiceActivity;
  /** Null where rules and lists do alone. */
  readonly head: RedactionHead | null;
  /** ISO 639-1, or null to detect it. */
  readonly language: string | null;
  /** Names and terms that are probably said. */
  readonly vocabulary?: readonly string[];
  readonly policy: Policy;
  /** Names the recording where its file's content must not; the content does otherwise. */
  readonly fingerprint?: Fingerprint;
  /** Directory of the journals of unfinished jobs; null when the job cannot be resumed. */
  readonly journal: string | null;
  readonly onProgress: (progress: JobProgress) => void;
  /** Hears plain sentences about what could not be read of a recording, or not be heard well for noise. */
  readonly onWarning: (sentence: string) => void;
  readonly signal: AbortSignal;
}

/** Models that jobs share; loading takes a second or two, so a queue loads them once. */
export interface Models {
  readonly recognizer: Recognizer;
  readonly voiceActivity: VoiceActivity;
  /** Null where there is no such pack: rules and lists redact alone. */
  readonly head: RedactionHead | null;
}

/**
 * Loads the packs `models/vad` and `models/<pack>`, and `models/redactor` where it is there; `pack` may also be a path.
 * @param searching whether what is heard will be searched for personal data.
 * @throws UserError `pack-damaged` before anything is decoded.
 */
export async function loadModels(
  modelsDirectory: string,
  pack: string,
  threads = defaultThreads(),
  searching = true,
): Promise<Models> {
  const voiceActivity = await openVoiceActivity(await openPack(join(modelsDirectory, 'vad')), threads);
  const directory = /[/\\]/.test(pack) ? pack : join(modelsDirectory, pack);
  const recognizer = await Recognizer.load(directory, { threads });
  const head = searching ? await RedactionHead.loadIfThere(modelsDirectory, threads) : null;
  return { voiceActivity, recognizer, head };
}

/** Frees the memory of models, which cannot be used afterwards. */
export async function closeModels({ recognizer, voiceActivity, head }: Models): Promise<void> {
  await Promise.all([recognizer.close(), voiceActivity.close(), head?.close()]);
}

/**
 * A recording in, a transcript with its personal data marked out: audio -> speech segments -> words -> entities.
 * Finished batches go to the journal, from which a later call with the same recording and settings goes on.
 * @throws UserError for what a person can mend; the signal's reason when cancelled.
 */
export async function transcribe(options: TranscribeOptions): Promise<Transcript> {
  const { recognizer, voiceActivity, head, signal } = options;
  const clock = new ProgressClock(options.onProgress);
  clock.update('opening', 0, null, 0);
  const source: AudioSource & { warnings?: readonly string[] } =
    options.source ?? (await openAudio(options.recording));
  const journal = options.journal === null ? null : await openJournal(options, options.journal);
  try {
    const heard = await listen(
      source,
      { recognizer, voiceActivity, head },
      { language: options.language, vocabulary: options.vocabulary ?? [] },
      journal,
      clock,
      signal,
    );
    for (const sentence of source.warnings ?? []) options.onWarning(sentence);
    clock.update('redacting', heard.duration, heard.duration, heard.segments.length);
    const transcript = transcriptFromRecognition({
      recordingName: options.recordingName,
      duration: heard.duration,
      language: heard.language,
      model: { pack: recognizer.pack.manifest.name, sha256: recognizer.pack.sha256 },
      recognized: heard.segments,
    });
    const noise = noiseNotice(transcript);
    if (noise !== null) options.onWarning(noise);
    const redacted = redact(transcript, options.policy, heard.found);
    await journal?.discard();
    clock.update('done', heard.duration, heard.duration, heard.segments.length);
    return redacted;
  } catch (error) {
    await journal?.close();
    throw error;
  }
}

/** A journal belongs to a recording's content, its packs and a language setting: anything else starts anew. */
async function openJournal(options: TranscribeOptions, directory: string): Promise<Journal> {
  const recording = options.fingerprint ?? (await fingerprint(options.recording, options.signal));
  const { recognizer, head, language, vocabulary = [] } = options;
  const settings = [recognizer.pack.sha256, language ?? 'detect', ...(head ? [head.pack.sha256] : [])];
  return Journal.open(directory, recording, [...settings, ...vocabulary].join(' '));
}
