import { BrowserWindow, nativeTheme } from 'electron';
import { PRELOAD_FILE } from './folders.ts';
import { APP_ORIGIN } from './scheme.ts';

/** Page colours before the first paint; the same as `--page` in `renderer/style/tokens.css`. */
const PAGE_COLOUR = { light: '#f7f6f3', dark: '#16181b' } as const;

/** Opens the one window: sandboxed, without Node, unable to leave the app's own page. */
export function openWindow(): BrowserWindow {
  const window = new BrowserWindow({
    width: 1180,
    height: 800,
    minWidth: 640,
    minHeight: 480,
    title: 'Sotto',
    backgroundColor: nativeTheme.shouldUseDarkColors ? PAGE_COLOUR.dark : PAGE_COLOUR.light,
    show: false,
    autoHideMenuBar: true,
    webPreferences: {
      preload: PRELOAD_FILE,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      // Recordings are decoded in the window also while it is hidden.
      backgroundThrottling: false,
    },
  });
  const { webContents } = window;
  webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  webContents.on('will-navigate', (event) => event.preventDefault());
  webContents.on('will-redirect', (event) => event.preventDefault());
  webContents.on('will-attach-webview', (event) => event.preventDefault());
  window.once('ready-to-show', () => window.show());
  void window.loadURL(`${APP_ORIGIN}/index.html`);
  return window;
}
