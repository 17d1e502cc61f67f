import { join } from 'node:path';
import {
  app,
  type BrowserWindow,
  type IpcMainInvokeEvent,
  ipcMain,
  nativeTheme,
  protocol,
  safeStorage,
  session,
} from 'electron';
import { answerCall } from './answerCall.ts';
import { CALL_CHANNEL, DROP_CHANNEL, EVENT_CHANNEL } from './channels.ts';
import { dropSchema } from './contract.ts';
import { electronShell } from './electronShell.ts';
import { RENDERER_FOLDER } from './folders.ts';
import { AppHost } from './host.ts';
import { lockNode } from './offline.ts';
import { openedWith } from './openedWith.ts';
import { APP_ORIGIN, SCHEME, schemeAnswers } from './scheme.ts';
import { lockChromium, lockSession } from './sessionLock.ts';
import { SettingsFile } from './settings.ts';
import { handleScheme } from './shims.ts';
import { Vault } from './vault.ts';
import { openWindow } from './window.ts';
import { wordsOf } from './words.ts';

lockNode();
lockChromium();
protocol.registerSchemesAsPrivileged([
  { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
]);

let window: BrowserWindow | null = null;
/** Adds the recordings that Sotto was opened with; until there is a page to decode them they are kept. */
let openRecordings = (paths: readonly string[]): void => {
  early.push(...paths);
};
const early: string[] = openedWith(process.argv, app.isPackaged ? null : app.getAppPath(), process.cwd());

if (app.requestSingleInstanceLock()) {
  app.on('second-instance', (_event, argv, from) => {
    openRecordings(openedWith(argv, app.isPackaged ? null : app.getAppPath(), from));
    if (window?.isMinimized()) window.restore();
    window?.focus();
  });
  // A Mac tells a file so.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openRecordings([path]);
  });
  app.on('session-created', lockSession);
  app.on('window-all-closed', () => app.quit());
  void app.whenReady().then(start);
} else {
  app.quit();
}

async function start(): Promise<void> {
  lockSession(session.defaultSession);
  const data = app.getPath('userData');
  // Without a keyring Linux falls back to a password that everybody knows; the test runtime cannot tell.
  const backend = (safeStorage as Partial<typeof safeStorage>).getSelectedStorageBackend?.();
  const keyring =
    safeStorage.isEncryptionAvailable() && backend !== 'basic_text'
      ? {
          encrypt: (text: string) => safeStorage.encryptString(text),
          decrypt: (bytes: Buffer) => safeStorage.decryptString(bytes),
        }
      : null;
  const vault = await Vault.open(join(data, 'projects'), keyring);
  const settings = await SettingsFile.open(join(data, 'settings.json'), vault);
  nativeTheme.themeSource = settings.current.theme;
  const host = new AppHost(
    electronShell(
      data,
      () => window,
      () => wordsOf(settings.current.interfaceLanguage, [app.getLocale()]),
    ),
    settings,
    vault,
  );
  await host.restore();
  handleScheme(
    SCHEME,
    schemeAnswers(RENDERER_FOLDER, (id) => host.recording(id)),
  );

  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) => {
    requireOwnPage(event);
    return answerCall(host.calls, name, input);
  });
  ipcMain.handle(DROP_CHANNEL, async (event, paths: unknown) => {
    requireOwnPage(event);
    await host.addPaths(dropSchema.parse(paths));
  });
  host.listen((event) => window?.webContents.send(EVENT_CHANNEL, event));
  app.on('before-quit', () => host.close());

  window = openWindow();
  window.on('closed', () => {
    window = null;
  });
  const { webContents } = window;
  webContents.on('render-process-gone', () => webContents.reload());
  let loaded = false;
  webContents.on('did-finish-load', () => {
    if (loaded) host.interfaceLost();
    else {
      openRecordings = (paths) => {
        if (paths.length > 0) void host.addPaths(paths);
      };
      openRecordings(early);
    }
    loaded = true;
  });
}

/** Only the top frame of the app's own page may speak to this process. */
function requireOwnPage(event: IpcMainInvokeEvent): void {
  const frame = event.senderFrame;
  const own = event.sender === window?.webContents && frame !== null && frame === event.sender.mainFrame;
  if (!own || !frame.url.startsWith(`${APP_ORIGIN}/`)) throw new Error('Refused: not the app window.');
}
