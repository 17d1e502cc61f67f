import { type EngineHost, runEngine } from './engineTasks.ts';
import { lockNode, onRefusal } from './offline.ts';

/** The engine's process: everything heavy happens here, so that a crash takes no window and no queue with it. */
lockNode();

interface ParentPort {
  on(event: 'message', receive: (event: { data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

function connectHost(): EngineHost {
  // Electron gives a utility process a parentPort; a child process of the browser host has Node's IPC.
  const { parentPort } = process as typeof process & { parentPort?: ParentPort };
  if (parentPort)
    return {
      post: (message) => parentPort.postMessage(message),
      receive: (listener) => parentPort.on('message', (event) => listener(event.data)),
    };
  process.on('disconnect', () => process.exit(0));
  return {
    post: (message) => process.send?.(message),
    receive: (listener) => process.on('message', listener),
  };
}

const host = connectHost();
onRefusal((count) => host.post({ type: 'refusedRequests', count }));
runEngine(host);
