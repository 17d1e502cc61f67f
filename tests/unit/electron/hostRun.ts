import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Transcript } from '../../../core/transcript/schema.ts';
import type { HostEvent } from '../../../electron/contract.ts';
import type { EngineProcess } from '../../../electron/engineLink.ts';
import type { FromEngine, ToEngine } from '../../../electron/engineMessages.ts';
import { runEngine } from '../../../electron/engineTasks.ts';
import { AppHost } from '../../../electron/host.ts';
import { SettingsFile } from '../../../electron/settings.ts';
import type { Shell } from '../../../electron/shell.ts';
import { type Keyring, Vault } from '../../../electron/vault.ts';
import { OPEN_KEYRING } from './openKeyring.ts';

/** The engine in this process, with the rules and lists alone. @param hears what it makes of every recording. */
export function engine(hears?: Transcript): EngineProcess {
  let toEngine: (message: unknown) => void = () => {};
  let toHost: (message: unknown) => void = () => {};
  const later = (deliver: () => void) => void setImmediate(deliver);
  runEngine({
    post: (message: FromEngine) => later(() => toHost(message)),
    receive: (listener) => {
      toEngine = listener;
    },
  });
  return {
    post: (message: ToEngine) => {
      if (!hears || message.type !== 'run' || message.task.kind !== 'transcribe')
        return later(() => toEngine(message));
      const result = { kind: 'transcribe', transcript: hears, waveform: { rate: 50, peaks: '' } };
      later(() => toHost({ type: 'done', id: message.id, result }));
    },
    onMessage: (receive) => {
      toHost = receive;
    },
    onExit() {},
    kill() {},
  };
}

/** What was started and may still write. */
const started: { host: AppHost; vault: Vault }[] = [];

/** Ends all runs that a test has started; then its folder can be removed. */
export async function endHosts(): Promise<void> {
  for (const { host, vault } of started.splice(0)) {
    host.close();
    await vault.projects?.settled();
  }
}

/** A run of the app without a window: its host, and what it told. Exports land in `folder`/out. */
export async function runHost(
  folder: string,
  given: Partial<Shell> = {},
  keyring: Keyring | null = OPEN_KEYRING,
) {
  const data = join(folder, 'data');
  const out = join(folder, 'out');
  await mkdir(out, { recursive: true });
  const shell: Shell = {
    runtime: 'electron',
    models: join(folder, 'no models'),
    journals: join(data, 'unfinished'),
    recordings: join(data, 'recordings'),
    data,
    addedModels: null,
    pickFolder: async () => null,
    setTheme() {},
    startEngine: () => engine(),
    mediaUrl: (job) => `sotto://app/media/${job}`,
    pickRecordings: async () => [],
    chooseTargets: async (names) => names.map((name) => join(out, name)),
    notifyFinished() {},
    deliver: async () => ({ kind: 'saved', files: [], folder: out }),
    ...given,
  };
  const vault = await Vault.open(join(data, 'projects'), keyring);
  const settings = await SettingsFile.open(join(data, 'settings.json'), vault);
  const host = new AppHost(shell, settings, vault);
  started.push({ host, vault });
  const events: HostEvent[] = [];
  host.listen((event) => events.push(event));
  await host.restore();
  return { host, vault, shell, out, events, calls: host.calls };
}

/** Keeps a finished transcript as an earlier run would have. */
export async function keepTranscript(folder: string, id: string, transcript: Transcript): Promise<void> {
  const vault = await Vault.open(join(folder, 'data', 'projects'), OPEN_KEYRING);
  const project = { id, name: `${transcript.recording.name}.wav`, folder: '', path: null, transcript };
  await vault.projects!.save({ version: 2, ...project, added: 1, unsearched: [] });
}
