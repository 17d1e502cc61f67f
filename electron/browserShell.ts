import { fork } from 'node:child_process';
import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import type { Downloads } from './downloads.ts';
import type { EngineProcess } from './engineLink.ts';
import { ENGINE_FILE, MODELS_FOLDER } from './folders.ts';
import type { Shell } from './shell.ts';

/** The app as the loopback server hosts it: the browser picks, plays and saves the files. */
export function browserShell(downloads: Downloads): Shell {
  return {
    runtime: 'browser',
    models: MODELS_FOLDER,
    journals: null,
    recordings: join(downloads.folder, 'recordings'),
    data: null,
    addedModels: null,
    pickFolder: async () => null,
    // The page follows the browser's own choice.
    setTheme() {},
    startEngine,
    // Only what was recorded here has a path.
    mediaUrl: (job) => `/media/${job}`,
    async pickRecordings() {
      throw new UserError(
        'usage',
        'Recordings are picked by the browser here; use its file picker or drop them on the page.',
      );
    },
    // A page in the background has its title; the browser asks before it may say more.
    notifyFinished() {},
    chooseTargets: async (names) => downloads.targets(names),
    deliver: async (paths) => ({ kind: 'downloads', downloads: paths.map((path) => downloads.offer(path)) }),
  };
}

function startEngine(): EngineProcess {
  const child = fork(ENGINE_FILE, [], { serialization: 'advanced' });
  return {
    post: (message) => {
      if (child.connected) child.send(message);
    },
    onMessage: (receive) => child.on('message', receive),
    onExit: (gone) => child.on('exit', gone),
    kill: () => child.kill('SIGKILL'),
  };
}
