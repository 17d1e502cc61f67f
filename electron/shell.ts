import type { AppState, ExportResult, Settings } from './contract.ts';
import type { EngineProcess } from './engineLink.ts';

/** What Electron and the loopback server each do in their own way. */
export interface Shell {
  readonly runtime: AppState['runtime'];
  /** Folder of the model packs. */
  readonly models: string;
  /** Folder for the journals of unfinished jobs; null where recordings have no path to go on with. */
  readonly journals: string | null;
  /** Folder for what is recorded in the app, sealed. */
  readonly recordings: string;
  /** Folder of the person's data; null where nothing is kept. */
  readonly data: string | null;
  /** Folder for the packs that the person adds; null where none can be added. */
  readonly addedModels: string | null;
  /** Asks for the folder of a pack, or for one to keep transcripts in; null when dismissed. */
  pickFolder(purpose: 'pack' | 'transcripts'): Promise<string | null>;
  setTheme(theme: Settings['theme']): void;
  startEngine(): EngineProcess;
  /** Where the interface can read the recording of a job that has a path. */
  mediaUrl(job: string): string | null;
  /** Asks the person for recordings; [] when dismissed. */
  pickRecordings(kind: 'files' | 'folder'): Promise<string[]>;
  /** Paths for new files of these names, chosen by the person; null when dismissed. `beside` is the recording's path. */
  chooseTargets(names: readonly string[], beside: string | null): Promise<string[] | null>;
  /** The queue is empty after so many recordings: tells a person who looks elsewhere. Never what they are called. */
  notifyFinished(done: number, failed: number): void;
  /** Tells where the written files are. */
  deliver(paths: readonly string[]): Promise<ExportResult>;
}
