import { basename, dirname, join } from 'node:path';
import { type BrowserWindow, dialog, Notification, nativeTheme, utilityProcess } from 'electron';
import { RECORDING_EXTENSIONS } from '../core/audio/recordingFiles.ts';
import type { EngineProcess } from './engineLink.ts';
import { ENGINE_FILE, MODELS_FOLDER } from './folders.ts';
import { freePath } from './freePath.ts';
import { APP_ORIGIN } from './scheme.ts';
import type { Shell } from './shell.ts';
import type { wordsOf } from './words.ts';

/**
 * The app as Electron hosts it.
 * @param data folder of the person's data.
 * @param words in the language of the window now.
 */
export function electronShell(
  data: string,
  window: () => BrowserWindow | null,
  words: () => ReturnType<typeof wordsOf>,
): Shell {
  return {
    runtime: 'electron',
    models: MODELS_FOLDER,
    journals: join(data, 'unfinished'),
    recordings: join(data, 'recordings'),
    data,
    addedModels: join(data, 'models'),
    async pickFolder(purpose) {
      const owner = window();
      if (!owner) return null;
      const { canceled, filePaths } = await dialog.showOpenDialog(
        owner,
        purpose === 'pack'
          ? { title: words().packFolder, properties: ['openDirectory'] }
          : {
              title: words().transcriptsFolder,
              buttonLabel: words().keepHere,
              properties: ['openDirectory', 'createDirectory'],
            },
      );
      return canceled ? null : (filePaths[0] ?? null);
    },
    setTheme(theme) {
      nativeTheme.themeSource = theme;
    },
    startEngine,
    mediaUrl: (job) => `${APP_ORIGIN}/media/${job}`,
    async pickRecordings(kind) {
      const owner = window();
      if (!owner) return [];
      const { canceled, filePaths } = await dialog.showOpenDialog(owner, {
        title: words().addRecordings,
        properties: kind === 'files' ? ['openFile', 'multiSelections'] : ['openDirectory', 'multiSelections'],
        filters: [
          { name: words().recordings, extensions: [...RECORDING_EXTENSIONS] },
          { name: words().allFiles, extensions: ['*'] },
        ],
      });
      return canceled ? [] : filePaths;
    },
    notifyFinished(done, failed) {
      const owner = window();
      if (!owner || owner.isFocused() || !Notification.isSupported()) return;
      const notification = new Notification({ title: 'Sotto', body: words().finished(done, failed) });
      notification.on('click', () => owner.show());
      notification.show();
    },
    async chooseTargets(names, beside) {
      const owner = window();
      if (!owner) return null;
      const folder = beside === null ? undefined : dirname(beside);
      if (names.length === 1) {
        const { canceled, filePath } = await dialog.showSaveDialog(owner, {
          title: words().exportFile,
          defaultPath: folder === undefined ? names[0]! : join(folder, names[0]!),
        });
        return canceled || !filePath ? null : [filePath];
      }
      const { canceled, filePaths } = await dialog.showOpenDialog(owner, {
        title: words().exportFolder,
        buttonLabel: words().exportHere,
        defaultPath: folder,
        properties: ['openDirectory', 'createDirectory'],
      });
      const target = filePaths[0];
      if (canceled || target === undefined) return null;
      return Promise.all(names.map((name) => freePath(target, name)));
    },
    async deliver(paths) {
      const folder = dirname(paths[0]!);
      return {
        kind: 'saved',
        files: paths.map((path) => basename(path)),
        folder: basename(folder) || folder,
      };
    },
  };
}

function startEngine(): EngineProcess {
  const child = utilityProcess.fork(ENGINE_FILE, [], { serviceName: 'Sotto engine', stdio: 'inherit' });
  return {
    post: (message) => child.postMessage(message),
    onMessage: (receive) => child.on('message', receive),
    onExit: (gone) => child.on('exit', gone),
    kill: () => child.kill(),
  };
}
