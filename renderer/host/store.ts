import { useSyncExternalStore } from 'react';
import {
  type AppState,
  DEFAULT_SETTINGS,
  type HostEvent,
  type Job,
  type Settings,
} from '../../electron/contract.ts';
import { decodeForHost } from '../decode/decodeForHost.ts';
import { addByPath, call, listen, sentenceOf } from './client.ts';
import { DisconnectedError } from './loopback.ts';

/** What every page shows of the host. */
export interface AppView extends AppState {
  /** `token` and `stopped` as in {@link DisconnectedError}. */
  readonly connection: 'connecting' | 'connected' | 'token' | 'stopped';
  /** A sentence for the person, until dismissed. */
  readonly notice: string | null;
  /** Jobs that the queue has had since it was last empty, for the progress of all. */
  readonly batch: readonly string[];
}

let view: AppView = {
  connection: 'connecting',
  notice: null,
  runtime: 'browser',
  jobs: [],
  paused: false,
  batch: [],
  settings: DEFAULT_SETTINGS,
  packs: [],
  keepsTranscripts: true,
  missingFolder: null,
  protection: 'keyring',
  locked: false,
  refusedRequests: 0,
  foundRecordings: [],
};
const subscribers = new Set<() => void>();

type CaptionEvent = Extract<HostEvent, { type: 'caption' | 'captionsEnded' }>;
const captionListeners = new Set<(event: CaptionEvent) => void>();

/** Calls `hear` with what is said in the recording that is being made, until the returned function is called. */
export function hearCaptions(hear: (event: CaptionEvent) => void): () => void {
  captionListeners.add(hear);
  return () => captionListeners.delete(hear);
}

/** Recordings that only this page can read, by job. */
const localFiles = new Map<string, File>();

function update(change: Partial<AppView>): void {
  view = { ...view, ...change };
  for (const subscriber of subscribers) subscriber();
}

function subscribe(subscriber: () => void): () => void {
  subscribers.add(subscriber);
  return () => subscribers.delete(subscriber);
}

/** The current state; the component renders again when it changes. */
export function useApp(): AppView {
  return useSyncExternalStore(subscribe, () => view);
}

/** Fetches the state and follows the host's events from then on; once, at the start. */
export async function connect(): Promise<void> {
  listen(receive);
  try {
    await refresh();
    update({ connection: 'connected' });
  } catch (error) {
    update({ connection: error instanceof DisconnectedError ? error.why : 'stopped' });
  }
}

function receive(event: HostEvent): void {
  switch (event.type) {
    case 'job': {
      const known = view.jobs.some((job) => job.id === event.job.id);
      const jobs = known
        ? view.jobs.map((job) => (job.id === event.job.id ? event.job : job))
        : [...view.jobs, event.job];
      update({ jobs, batch: batchOf(view.batch, jobs) });
      break;
    }
    case 'queue': {
      const place = new Map(event.order.map((id, index) => [id, index]));
      const jobs = [...view.jobs].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
      update({ jobs, paused: event.paused });
      break;
    }
    case 'jobRemoved':
      localFiles.delete(event.job);
      update({ jobs: view.jobs.filter((job) => job.id !== event.job) });
      break;
    case 'decode':
      void decodeForHost(event, localFiles.get(event.job) ?? event.media);
      break;
    case 'caption':
    case 'captionsEnded':
      for (const hear of captionListeners) hear(event);
      break;
    case 'notice':
      update({ notice: event.message });
      break;
    case 'refusedRequests':
      update({ refusedRequests: event.count });
      break;
    case 'disconnected':
      // While connecting, the answer to the first call tells why.
      if (view.connection === 'connected') update({ connection: 'stopped' });
      break;
  }
}

/** The jobs that are waiting or running, with those that ended since the queue was last empty. */
function batchOf(before: readonly string[], jobs: readonly Job[]): string[] {
  const open = jobs.filter(({ state }) => state === 'waiting' || state === 'running').map(({ id }) => id);
  if (open.length === 0) return [];
  const known = new Set(jobs.map(({ id }) => id));
  return [...new Set([...before.filter((id) => known.has(id)), ...open])];
}

/** Runs an action of the person; its failure becomes a notice. */
export async function attempt(action: () => Promise<unknown>): Promise<void> {
  try {
    await action();
  } catch (error) {
    update({ notice: sentenceOf(error) });
  }
}

export function dismissNotice(): void {
  update({ notice: null });
}

/** A file with the folders it was found in, as the person dropped it. */
export interface DroppedFile {
  readonly file: File;
  readonly folder: string;
}

/** Adds recordings: by their paths where they have some, otherwise this page keeps and decodes them. */
export async function addFiles(dropped: readonly DroppedFile[]): Promise<void> {
  const pathless = await addByPath(dropped.map(({ file }) => file));
  const local = pathless.map((place) => dropped[place]!);
  if (local.length === 0) return;
  const files = local.map(({ file, folder }) => {
    const id = crypto.randomUUID().replaceAll('-', '');
    localFiles.set(id, file);
    return { id, name: file.name, folder };
  });
  await call('addLocalFiles', { files });
}

/** Adds the sample recording: by its path where the host has it, otherwise out of this page's own files. */
export async function addSample(name: string): Promise<void> {
  if (view.runtime === 'electron') {
    await call('addSample', { name });
    return;
  }
  const bytes = await (await fetch('./sample.opus')).blob();
  await addFiles([{ file: new File([bytes], name, { type: 'audio/ogg' }), folder: '' }]);
}

/** What the player plays: the file itself where this page has it. The caller revokes object URLs. */
export function mediaOf(job: Job): File | string | null {
  return localFiles.get(job.id) ?? job.media;
}

export async function changeSettings(settings: Settings): Promise<void> {
  update({ settings: await call('changeSettings', settings) });
}

/** Makes a job of a recording that was cut off, or deletes it. */
export async function recoverRecording(job: string, keep: boolean, name: string): Promise<void> {
  await call('recoverRecording', { job, keep, name });
  update({ foundRecordings: view.foundRecordings.filter((one) => one.job !== job) });
}

/** Tells the person a sentence. */
export function tell(notice: string): void {
  update({ notice });
}

/** Adds a model pack from a folder that the person chooses; the name of it, null when dismissed. */
export async function addPack(): Promise<string | null> {
  const { added, packs } = await call('addPack', {});
  update({ packs });
  return added;
}

export async function deleteEverything(): Promise<void> {
  await call('deleteEverything', {});
  await refresh();
}

/** Opens what is kept. @throws HostError for another passphrase. */
export async function unlock(passphrase: string): Promise<void> {
  await call('unlock', { passphrase });
  await refresh();
}

/** Sets, changes or takes away the passphrase. @throws HostError */
export async function protect(current: string | null, next: string | null): Promise<void> {
  await call('protect', { current, next });
  await refresh();
}

/** Fetches the state anew after more than a part of it has changed. */
export async function refresh(): Promise<void> {
  const state = await call('state', {});
  update({ ...state, batch: batchOf([], state.jobs) });
}
