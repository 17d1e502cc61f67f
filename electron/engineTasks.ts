import { parse } from 'node:path';
import { monoRecording, openOriginal } from '../core/audio/open.ts';
import type { OriginalAudio } from '../core/audio/original.ts';
import { type Peaks, peaksOf, withPeaks } from '../core/audio/peaks.ts';
import { SealedRecording } from '../core/audio/sealedRecording.ts';
import { allSamples, stretchOf } from '../core/audio/stretch.ts';
import { placeOf, UserError } from '../core/errors.ts';
import { aliasMap, sealMap } from '../core/export/aliasMap.ts';
import { writeFileAtomically } from '../core/export/atomicFile.ts';
import { auditReport, renderAudit } from '../core/export/audit.ts';
import { exportTranscript } from '../core/export/export.ts';
import { previewOf } from '../core/export/preview.ts';
import { type RedactedWavOptions, writeRedactedWav } from '../core/export/redactedWav.ts';
import { caption } from '../core/live/captions.ts';
import { LiveMask } from '../core/live/liveMask.ts';
import { sealedFingerprint } from '../core/project/fingerprint.ts';
import { assertAudioAllowed, writeCheckedWav } from '../core/project/redactedAudio.ts';
import { closeModels, loadModels, type Models, transcribe } from '../core/project/transcribe.ts';
import { RedactionHead } from '../core/redaction/head/head.ts';
import { mask } from '../core/redaction/mask.ts';
import { maskedSpans } from '../core/redaction/maskedSpans.ts';
import { searchAgain } from '../core/redaction/searchAgain.ts';
import type { ShareableWord } from '../core/redaction/shareable.ts';
import { AttentionViewer } from './attention.ts';
import type { HeadAttention, Waveform } from './contract.ts';
import {
  type FromEngine,
  type RecordingOfTask,
  type Result,
  type ResultOf,
  type Task,
  toEngineSchema,
} from './engineMessages.ts';
import { RemoteAudio } from './remoteAudio.ts';

/** The other end: the host that started this process. */
export interface EngineHost {
  post(message: FromEngine): void;
  receive(listener: (message: unknown) => void): void;
}

type TranscribeTask = Extract<Task, { kind: 'transcribe' }>;
type ExportTask = Extract<Task, { kind: 'export' }>;
type AttentionTask = Extract<Task, { kind: 'attention' }>;
type WaveformTask = Extract<Task, { kind: 'waveform' }>;

type LiveTask = Extract<Task, { kind: 'live' }>;

/** Runs the host's tasks until the process ends. */
export function runEngine(host: EngineHost): void {
  const cancels = new Map<string, AbortController>();
  const remote = new RemoteAudio((id, stream, from) => host.post({ type: 'decode', id, stream, from }));
  const models = new LoadedModels();
  /** The pack that hears bleeped audio again. */
  const checkers = new LoadedModels(false);
  const attention = new AttentionViewer();
  /** Reads what a person edited, also while a recording is being transcribed. */
  let reader: Promise<RedactionHead | null> | null = null;

  async function run(id: string, task: Task): Promise<void> {
    const cancel = new AbortController();
    cancels.set(id, cancel);
    try {
      host.post({ type: 'done', id, result: await resultOf(id, task, cancel.signal) });
    } catch (error) {
      if (cancel.signal.aborted) host.post({ type: 'cancelled', id });
      else host.post({ type: 'failed', id, ...failure(error) });
    } finally {
      cancels.delete(id);
    }
  }

  async function resultOf(id: string, task: Task, signal: AbortSignal): Promise<Result> {
    if (task.kind === 'transcribe') return transcribeTask(id, task, signal);
    if (task.kind === 'live') {
      await liveTask(id, task, signal);
      return { kind: 'live' };
    }
    if (task.kind === 'waveform') return { kind: 'waveform', waveform: await waveformTask(id, task, signal) };
    if (task.kind === 'title') return { kind: 'title', title: mask(task.transcript, task.policy).title };
    if (task.kind === 'attention')
      return { kind: 'attention', attention: await attentionTask(id, task, signal) };
    if (task.kind === 'preview') {
      const { transcript, policy, format, redacted, whole, beside } = task;
      const bytes = await exportTranscript({ transcript, policy, format, full: !redacted, beside });
      const title = redacted ? mask(transcript, policy).title : transcript.recording.name;
      return { kind: 'preview', title, ...previewOf(format, bytes, whole) };
    }
    if (task.kind === 'search') {
      const { transcript, edited, policy } = task;
      return {
        kind: 'search',
        found: await searchAgain(transcript, edited, policy, await head(task.models)),
      };
    }
    await exportTask(id, task, signal);
    return { kind: 'export' };
  }

  /** A pack that was damaged may have been mended by the next task. */
  function head(packs: string): Promise<RedactionHead | null> {
    reader ??= RedactionHead.loadIfThere(packs, 1).catch((error: unknown) => {
      reader = null;
      throw error;
    });
    return reader;
  }

  async function transcribeTask(
    id: string,
    task: TranscribeTask,
    signal: AbortSignal,
  ): Promise<ResultOf<TranscribeTask>> {
    const loaded = await models.get(task.models, task.pack, task.threads);
    signal.throwIfAborted();
    const { source, peaks } = withPeaks(monoRecording(await originalAudio(id, task, signal)));
    const transcript = await transcribe({
      recording: task.recording ?? task.name,
      // Without its ending, as the command line calls it: the name begins the names of exported files.
      recordingName: parse(task.name).name,
      source,
      ...loaded,
      language: task.language,
      vocabulary: task.vocabulary,
      policy: task.policy,
      ...(task.key !== null && task.recording !== null
        ? { fingerprint: sealedFingerprint(task.recording, keyOf(task.key)) }
        : {}),
      journal: task.journal,
      onProgress: (progress) => host.post({ type: 'progress', id, progress }),
      onWarning: (sentence) => host.post({ type: 'warning', id, sentence }),
      signal,
    });
    return { kind: 'transcribe', transcript, waveform: asWaveform(peaks()) };
  }

  async function liveTask(id: string, task: LiveTask, signal: AbortSignal): Promise<void> {
    const loaded = await models.get(task.models, task.pack, task.threads);
    const original = await remote.open(id, task.name, signal);
    const mask = new LiveMask(task.policy, loaded.head);
    let language = task.language ?? '';
    let tentative = 0;
    const tell = (words: readonly ShareableWord[]) =>
      host.post({
        type: 'caption',
        id,
        caption: {
          words: words.map(({ text, start, end, masked }) => ({ text, start, end, masked: masked !== null })),
          waiting: mask.waiting + tentative,
          language,
        },
      });
    await caption(monoRecording(original).blocks(signal), {
      models: loaded,
      language: task.language,
      mask,
      onWords(words, spoken) {
        language = spoken;
        if (words.length > 0) tell(words);
      },
      onTentative(words) {
        tentative = words.length;
        tell([]);
      },
    });
  }

  async function waveformTask(id: string, task: WaveformTask, signal: AbortSignal): Promise<Waveform> {
    const original = await originalAudio(id, task, signal);
    return asWaveform(await peaksOf(monoRecording(original), signal));
  }

  async function attentionTask(id: string, task: AttentionTask, signal: AbortSignal): Promise<HeadAttention> {
    const { pack, layer, head, start, end } = task;
    const samples = async () => {
      const original = await originalAudio(id, task, signal, start);
      return allSamples(monoRecording(stretchOf(original, 0, end - start)), signal);
    };
    const stretch = `${task.job} ${start} ${end}`;
    return attention.view({ pack, layer, head, stretch, samples });
  }

  /**
   * Opens a task's recording, from `from` (seconds) on, where it is decoded; what the browser engine cannot decode, the
   * engine tries itself.
   */
  async function originalAudio(
    id: string,
    { recording, decodedElsewhere, key, name }: RecordingOfTask,
    signal: AbortSignal,
    from = 0,
  ): Promise<OriginalAudio> {
    const openHere = async (path: string) => {
      const original =
        key === null ? await openOriginal(path) : (await SealedRecording.open(path, keyOf(key))).original();
      return from === 0 ? original : stretchOf(original, from, Number.POSITIVE_INFINITY);
    };
    if (recording !== null && !decodedElsewhere) return openHere(recording);
    try {
      return await remote.open(id, name, signal, from);
    } catch (error) {
      const undecoded = error instanceof UserError && ['corrupt', 'unsupported'].includes(error.code);
      if (recording === null || !undecoded) throw error;
      return openHere(recording);
    }
  }

  async function exportTask(id: string, task: ExportTask, signal: AbortSignal): Promise<void> {
    const { transcript, policy, redacted, audio, beside } = task;
    // Everything is rendered and searched for leaks before anything is written.
    const finished: { path: string; bytes: Uint8Array }[] = [];
    for (const { format, path } of task.files)
      finished.push({
        path,
        bytes: await exportTranscript({ transcript, policy, format, full: !redacted, beside }),
      });
    if (task.audit !== null) {
      const report = renderAudit(auditReport(transcript, policy, finished), transcript, policy);
      finished.push(
        { path: task.audit.json, bytes: report.json },
        { path: task.audit.html, bytes: report.html },
      );
    }
    if (task.map !== null) {
      const { path, passphrase } = task.map;
      finished.push({ path, bytes: await sealMap(aliasMap(transcript, policy), passphrase) });
    }
    if (audio !== null) assertAudioAllowed(policy);
    signal.throwIfAborted();
    for (const { path, bytes } of finished) await writeFileAtomically(path, bytes);
    if (audio === null) return;
    const original = await originalAudio(id, audio, signal);
    const spans = maskedSpans(transcript, policy);
    const options: RedactedWavOptions = { original, spans, path: audio.path, style: 'bleep', signal };
    if (policy.audio === 'check')
      await writeCheckedWav(options, transcript, policy, await checkers.get(task.models, 'tiny', null));
    else await writeRedactedWav(options);
  }

  host.receive((raw) => {
    const message = toEngineSchema.parse(raw);
    if (message.type === 'run') void run(message.id, message.task);
    else if (message.type === 'cancel') cancels.get(message.id)?.abort();
    else {
      const { audio } = message;
      void remote.push(audio).then((more) => host.post({ type: 'taken', stream: audio.stream, more }));
    }
  });
}

/** The models stay loaded between tasks, since loading takes a second or two. */
class LoadedModels {
  private key = '';
  private models: Promise<Models> | null = null;

  /** @param searching whether what is heard will be searched for personal data. */
  constructor(private readonly searching = true) {}

  get(directory: string, pack: string, threads: number | null): Promise<Models> {
    const key = `${directory}\n${pack}\n${threads}`;
    if (this.models && this.key === key) return this.models;
    const previous = this.models;
    this.key = key;
    this.models = (async () => {
      await previous?.then(closeModels, () => {});
      return loadModels(directory, pack, threads ?? undefined, this.searching);
    })();
    // A pack that was damaged may have been mended by the next task.
    this.models.catch(() => {
      this.models = null;
    });
    return this.models;
  }
}

function keyOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

function asWaveform({ rate, values }: Peaks): Waveform {
  return { rate, peaks: Buffer.from(values).toString('base64') };
}

/** A failure as it travels; what is not a UserError keeps its details in this process. */
function failure(error: unknown): { code: string; message: string } {
  if (error instanceof UserError) return { code: error.code, message: error.message };
  console.error(`A fault: ${placeOf(error)}`);
  return {
    code: 'fault',
    message: 'Something in Sotto failed; try again, and report it if it happens twice.',
  };
}
