import { join } from 'node:path';
import type { SealedRecording } from '../core/audio/sealedRecording.ts';
import { UserError } from '../core/errors.ts';
import { assertValid } from '../core/transcript/invariants.ts';
import type { Transcript } from '../core/transcript/schema.ts';
import { Cases } from './cases.ts';
import { DEFAULT_SETTINGS, type Host, type HostEvent, type Job, type Settings } from './contract.ts';
import { EditedText } from './editedText.ts';
import { EngineLink, type TaskNews } from './engineLink.ts';
import { Exports } from './exports.ts';
import { RENDERER_FOLDER } from './folders.ts';
import { newId } from './ids.ts';
import { JobQueue, type QueuedJob } from './jobs.ts';
import { JobTasks } from './jobTasks.ts';
import { KeptTranscripts } from './kept.ts';
import { Looks } from './looks.ts';
import { Microphone } from './microphone.ts';
import { onRefusal, refusedRequests } from './offline.ts';
import { Packs } from './packs.ts';
import { Recorder } from './recorder.ts';
import { findRecordings, isSealed } from './recordings.ts';
import { searchTranscripts } from './search.ts';
import type { SettingsFile } from './settings.ts';
import type { Shell } from './shell.ts';
import { Speeds } from './speeds.ts';
import { emptyFolder, Storage } from './storage.ts';
import { viewOf } from './summary.ts';
import type { Keeping } from './vault.ts';
import { WaitingRecordings } from './waiting.ts';
import { Waveforms } from './waveforms.ts';

/** Beside the page, from which a browser reads it. */
const SAMPLE = 'sample.opus';

/** The one implementation of the contract; Electron's main process and the loopback server only carry it. */
export class AppHost {
  private readonly engine: EngineLink;
  private readonly tasks: JobTasks;
  private readonly queue: JobQueue;
  private readonly waiting: WaitingRecordings;
  private readonly packs: Packs;
  private readonly speeds: Speeds;
  private readonly exports: Exports;
  private readonly looks: Looks;
  private readonly edited: EditedText;
  private readonly kept: KeptTranscripts;
  private readonly cases: Cases;
  private readonly storage: Storage;
  private readonly microphone: Microphone;
  private readonly recorder: Recorder;
  private readonly waveforms = new Waveforms();
  private readonly listeners = new Set<(event: HostEvent) => void>();
  private refusedInEngine = 0;
  /** What Sotto was opened with while it was locked. */
  private readonly held: string[] = [];

  /** @param vault where finished transcripts are kept. */
  constructor(
    private readonly shell: Shell,
    private readonly settings: SettingsFile,
    private readonly vault: Keeping,
  ) {
    this.engine = new EngineLink(() => shell.startEngine(), {
      onDecode: (task, stream, from) => this.tasks.wantAudio(task, stream, from),
      onRefusedRequests: (count) => {
        this.refusedInEngine = count;
        this.tellRefused();
      },
    });
    this.tasks = new JobTasks(this.engine, {
      keyOf: (job) => this.recorder.keyOf(job),
      wants: (task, stream) => this.recorder.wants(task, stream),
      mediaUrl: (job) => shell.mediaUrl(job),
      listening: () => this.listeners.size > 0,
      emit: (event) => this.emit(event),
    });
    this.speeds = new Speeds(shell.data);
    this.packs = new Packs(shell.models, shell.addedModels, this.speeds);
    this.exports = new Exports(shell, settings, this.engine, this.tasks, {
      finished: (job) => this.finished(job),
      settled: (job) => this.edited.settled(job),
    });
    this.looks = new Looks(shell, settings, this.packs, this.waveforms, this.tasks, {
      policy: () => this.exports.policy(),
      finished: (job) => this.finished(job),
    });
    this.edited = new EditedText({
      finished: (job) => this.finished(job),
      change: async (before, transcript, unsearched) => {
        const followed = await this.cases.follow(before.transcript, transcript);
        this.queue.setTranscript(before.job, followed, unsearched);
      },
      search: (finished, segments) => this.looks.search(finished, segments),
    });
    this.kept = new KeptTranscripts(
      vault,
      () => this.queue,
      (message) => this.emit({ type: 'notice', message }),
    );
    this.cases = new Cases(
      vault,
      () => this.queue,
      (job) => this.finished(job),
    );
    this.storage = new Storage(shell, vault);
    this.queue = new JobQueue({
      transcribe: (job, news) => this.transcribe(job, news),
      stop: (job) => this.engine.cancel(job.id),
      changed: (job) => {
        this.kept.keep(job);
        this.waiting.keep();
        this.emit({ type: 'job', job: this.view(job) });
      },
      rearranged: () => {
        this.waiting.keep();
        const order = this.queue.all().map(({ id }) => id);
        this.emit({ type: 'queue', paused: this.queue.paused, order });
      },
      finished: (done, failed) => shell.notifyFinished(done, failed),
    });
    this.waiting = new WaitingRecordings(vault, this.queue, (message) =>
      this.emit({ type: 'notice', message }),
    );
    this.microphone = new Microphone(shell.recordings, vault);
    this.recorder = new Recorder(
      this.microphone,
      this.queue,
      shell,
      this.engine,
      () => this.looks.liveTask(),
      (event) => this.emit(event),
    );
    onRefusal(() => this.tellRefused());
  }

  readonly calls: Host = {
    state: async () => {
      const packs = await this.packs.installed();
      this.waiting.goOn();
      return {
        runtime: this.shell.runtime,
        jobs: this.queue.all().map((job) => this.view(job)),
        paused: this.queue.paused,
        settings: this.settings.current,
        packs,
        keepsTranscripts: this.vault.projects !== null,
        missingFolder: this.vault.missing,
        protection: this.vault.protection,
        locked: this.vault.locked,
        refusedRequests: this.refused(),
        // One that was waiting when the program ended is in the queue again.
        foundRecordings: this.recorder.unfinished.filter(({ job }) => !this.queue.get(job)),
      };
    },
    startRecording: (input) => this.recorder.calls.startRecording(input),
    pushRecording: (input) => this.recorder.calls.pushRecording(input),
    stopRecording: (input) => this.recorder.calls.stopRecording(input),
    recoverRecording: (input) => this.recorder.calls.recoverRecording(input),
    saveRecording: (input) => this.recorder.calls.saveRecording(input),
    changeSettings: async (settings) => {
      await this.settings.change(settings);
      this.shell.setTheme(settings.theme);
      return settings;
    },
    verifyPack: async ({ pack }) => {
      await this.packs.verify(pack);
      return {};
    },
    addPack: async () => {
      const folder = await this.shell.pickFolder('pack');
      const added = folder === null ? null : await this.packs.add(folder);
      return { added, packs: await this.packs.installed() };
    },
    storage: (input) => this.storage.calls.storage(input),
    moveTranscripts: (input) => this.storage.calls.moveTranscripts(input),
    deleteEverything: () => this.deleteEverything(),
    unlock: async ({ passphrase }) => {
      await this.vault.unlock(passphrase);
      await this.restore();
      this.waiting.goOn();
      await this.addHeld();
      return {};
    },
    protect: async ({ current, next }) => {
      await this.vault.protect(current, next);
      if (this.vault.projects === null) await this.recorder.removeAll();
      this.kept.keepAll();
      this.waiting.forget();
      this.waiting.keep();
      await this.cases.keepAll();
      await this.settings.change(this.settings.current);
      return {};
    },
    pickRecordings: async ({ kind }) => {
      const paths = await this.shell.pickRecordings(kind);
      if (paths.length > 0) await this.addPaths(paths);
      return {};
    },
    addLocalFiles: async ({ files }) => {
      for (const file of files) this.queue.add({ ...file, path: null });
      return {};
    },
    addSample: async ({ name }) => {
      this.queue.add({ id: newId(), name, folder: '', path: join(RENDERER_FOLDER, SAMPLE) });
      return {};
    },
    cancelJob: async ({ job }) => {
      this.queue.cancel(job);
      return {};
    },
    retryJob: async ({ job }) => {
      this.queue.retry(job);
      return {};
    },
    removeJob: async ({ job }) => {
      if (isSealed(this.queue.get(job)?.path ?? null)) await this.recorder.remove(job);
      this.queue.remove(job);
      this.waveforms.delete(job);
      this.edited.forget(job);
      this.waiting.keep();
      await this.kept.remove(job);
      this.emit({ type: 'jobRemoved', job });
      return {};
    },
    pauseQueue: async ({ paused }) => {
      if (paused) this.queue.pause();
      else this.queue.resume();
      return {};
    },
    moveJob: async ({ job, step }) => {
      this.queue.move(job, step);
      return {};
    },
    searchTranscripts: async ({ query }) => searchTranscripts(this.queue.all(), query),
    openTranscript: ({ job }) => this.edited.inTurn(async () => this.finished(job).transcript),
    saveTranscript: async ({ job, transcript }) => {
      assertValid(transcript);
      await this.edited.save(job, transcript);
      return { case: this.finished(job).transcript.case ?? null };
    },
    cases: (input) => this.cases.calls.cases(input),
    setCase: (input) => this.edited.inTurn(() => this.cases.calls.setCase(input)),
    mergeInCase: (input) => this.edited.inTurn(() => this.cases.calls.mergeInCase(input)),
    splitInCase: (input) => this.edited.inTurn(() => this.cases.calls.splitInCase(input)),
    searchEdited: ({ job, segments }) => this.edited.search(job, segments),
    exportTranscript: (input) => this.exports.write(input),
    previewExport: (input) => this.exports.preview(input),
    reidentify: (input) => this.exports.reidentify(input),
    exportPolicy: ({ policy }) => this.exports.writePolicy(policy),
    headAttention: (input) => this.looks.headAttention(input),
    waveform: ({ job }) => this.looks.waveform(job),
    startAudio: (input) => this.tasks.calls.startAudio(input),
    pushAudio: (input) => this.tasks.calls.pushAudio(input),
    endAudio: (input) => this.tasks.calls.endAudio(input),
    failAudio: (input) => this.tasks.calls.failAudio(input),
  };

  /** Puts back the transcripts of earlier runs and what waited then; before the window opens. */
  async restore(): Promise<void> {
    await this.speeds.open();
    // A disk that refuses leaves them where they are, for another day.
    await this.settings.openPersonal().catch(() => {});
    await this.waiting.open();
    await this.cases.open();
    await this.recorder.look(await this.kept.restore());
  }

  /** Sends every event to `receive` until the returned function is called. */
  listen(receive: (event: HostEvent) => void): () => void {
    this.listeners.add(receive);
    return () => this.listeners.delete(receive);
  }

  /** Adds recordings that the person dropped or picked, with everything in dropped folders. */
  async addPaths(paths: readonly string[]): Promise<void> {
    if (this.vault.locked) {
      this.held.push(...paths);
      return;
    }
    const found = await findRecordings(paths);
    for (const recording of found) this.queue.add({ id: newId(), ...recording });
    if (found.length > 0) return;
    const message =
      'There are no recordings in that folder; add audio or video files, or a folder that has some.';
    this.emit({ type: 'notice', message });
  }

  /** A job's recording for a player: its path, or what was recorded here; null when only the interface can read it. */
  async recording(id: string): Promise<string | SealedRecording | null> {
    const path = this.queue.get(id)?.path ?? null;
    return isSealed(path) ? this.microphone.open(id).catch(() => null) : path;
  }

  /** The page that decoded recordings is gone, and what it was decoding with it. */
  interfaceLost(): void {
    void this.recorder.interfaceLost();
    this.tasks.interfaceLost();
  }

  /** Ends the engine for good; what runs or waits goes on in the next run. */
  close(): void {
    this.waiting.close();
    this.engine.stop();
  }

  private async deleteEverything(): Promise<Settings> {
    for (const { id } of this.queue.all()) {
      this.queue.remove(id);
      this.emit({ type: 'jobRemoved', job: id });
    }
    this.waiting.keep();
    await this.vault.erase();
    this.kept.forget();
    this.cases.forget();
    this.waiting.forget();
    await this.recorder.removeAll();
    if (this.shell.journals !== null) await emptyFolder(this.shell.journals);
    this.speeds.forget();
    await this.settings.forget();
    this.shell.setTheme(DEFAULT_SETTINGS.theme);
    await this.addHeld();
    return DEFAULT_SETTINGS;
  }

  private async addHeld(): Promise<void> {
    const paths = this.held.splice(0);
    if (paths.length > 0) await this.addPaths(paths);
  }

  private async transcribe(job: QueuedJob, news: TaskNews): Promise<Transcript> {
    const { language, pack, threads, hints, alwaysMask, neverMask } = this.settings.current;
    const directory = await this.packs.directory(pack);
    const wish = {
      models: this.shell.models,
      pack: directory,
      threads,
      language,
      vocabulary: hints ? [...alwaysMask, ...neverMask] : [],
      policy: this.looks.searchingPolicy(),
      journal: job.path === null ? null : this.shell.journals,
    };
    const result = await this.tasks.transcribe(job, wish, this.speeds.watching(pack, news));
    this.waveforms.set(job.id, result.waveform);
    return result.transcript;
  }

  private finished(id: string): { job: QueuedJob; transcript: Transcript } {
    const job = this.queue.get(id);
    if (!job?.transcript)
      throw new UserError('not-found', 'That transcript is no longer there; transcribe the recording again.');
    return { job, transcript: job.transcript };
  }

  private view(job: QueuedJob): Job {
    return viewOf(job, this.exports.policy(), this.tasks.mediaUrl(job));
  }

  private refused(): number {
    return refusedRequests() + this.refusedInEngine;
  }

  private tellRefused(): void {
    this.emit({ type: 'refusedRequests', count: this.refused() });
  }

  private emit(event: HostEvent): void {
    for (const listener of this.listeners) listener(event);
  }
}
