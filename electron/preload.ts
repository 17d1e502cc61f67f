import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { type Bridge, CALL_CHANNEL, DROP_CHANNEL, EVENT_CHANNEL } from './channels.ts';

/** The path of a file that a person dropped or picked, '' when it has none on disk. */
function pathOfFile(file: File): string {
  // `webUtils` came with Electron 29; in the test runtime, Electron 22, the File itself tells its path.
  const modern = webUtils as typeof webUtils | undefined;
  return modern?.getPathForFile(file) ?? (file as File & { path?: string }).path ?? '';
}

const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke(CALL_CHANNEL, name, input),
  listen(receive) {
    const listener = (_event: unknown, payload: unknown) => receive(payload);
    ipcRenderer.on(EVENT_CHANNEL, listener);
    return () => {
      ipcRenderer.removeListener(EVENT_CHANNEL, listener);
    };
  },
  // A page cannot make up a File with a path, so the host opens only what a person really dropped.
  async addFiles(files) {
    const paths = files.map(pathOfFile);
    const known = paths.filter((path) => path !== '');
    if (known.length > 0) await ipcRenderer.invoke(DROP_CHANNEL, known);
    return paths.flatMap((path, place) => (path === '' ? [place] : []));
  },
};

contextBridge.exposeInMainWorld('sotto', bridge);
