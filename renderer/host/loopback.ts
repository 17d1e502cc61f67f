import { packAudio } from '../../electron/audioFrames.ts';
import type { Bridge } from '../../electron/channels.ts';
import type { CallInput } from '../../electron/contract.ts';

const TOKEN_KEY = 'sotto-token';

/** The token that `npm start` put behind the address; kept for a reload, out of the address bar and the history. */
function takeToken(): string {
  const fragment = location.hash.slice(1);
  if (fragment !== '') {
    sessionStorage.setItem(TOKEN_KEY, fragment);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(TOKEN_KEY) ?? '';
}

/** The bridge of the local browser: calls are POSTs, events a stream of lines that a GET leaves open. */
export function loopbackBridge(): Bridge {
  const token = takeToken();

  async function call(name: string, input: unknown): Promise<unknown> {
    const audio =
      name === 'pushAudio' || name === 'pushRecording'
        ? (input as CallInput<'pushAudio' | 'pushRecording'>)
        : null;
    const response = await fetch(`/rpc/${name}`, {
      method: 'POST',
      headers: {
        'x-sotto-token': token,
        'content-type': audio ? 'application/octet-stream' : 'application/json',
      },
      body: audio ? packAudio(audio) : JSON.stringify(input),
    });
    if (response.status === 403) throw new DisconnectedError('token');
    return response.json();
  }

  return {
    call,
    listen(receive) {
      const abort = new AbortController();
      void readEvents(token, receive, abort.signal);
      return () => abort.abort();
    },
    // No file in a browser tells its path.
    addFiles: async (files) => [...files.keys()],
  };
}

/** `token`: the address was opened without its secret; `stopped`: the program behind it has ended. */
export class DisconnectedError extends Error {
  constructor(readonly why: 'token' | 'stopped') {
    super(why);
    this.name = 'DisconnectedError';
  }
}

async function readEvents(
  token: string,
  receive: (event: unknown) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    const response = await fetch('/events', { headers: { 'x-sotto-token': token }, signal });
    if (!response.ok || !response.body) throw new Error('refused');
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const messages = (rest + value).split('\n\n');
      rest = messages.pop() ?? '';
      for (const message of messages)
        if (message.startsWith('data: ')) receive(JSON.parse(message.slice('data: '.length)));
    }
  } catch {
    // Told below, like an orderly end.
  }
  if (!signal.aborted) receive({ type: 'disconnected' });
}
