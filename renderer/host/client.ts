import type { Bridge } from '../../electron/channels.ts';
import {
  type CallInput,
  type CallName,
  type CallOutput,
  calls,
  eventSchema,
  type HostEvent,
  replySchema,
} from '../../electron/contract.ts';
import { told } from '../messages/failures.ts';
import { m } from '../messages/messages.ts';
import { loopbackBridge } from './loopback.ts';

declare global {
  interface Window {
    /** Put there by Electron's preload; absent in a browser. */
    readonly sotto?: Bridge;
  }
}

/** A call that failed; the message is a sentence for the person. */
class HostError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'HostError';
  }
}

/** What to tell the person of a failure: the host's own sentence, or that something went wrong. */
export function sentenceOf(error: unknown, otherwise = m.common.unexpected): string {
  return error instanceof HostError ? error.message : otherwise;
}

const bridge = window.sotto ?? loopbackBridge();

/** Asks the host; the answer is checked against the contract. @throws HostError */
export async function call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  const reply = replySchema.parse(await bridge.call(name, input));
  if (!reply.ok) throw new HostError(reply.failure.code, told(reply.failure.message));
  return calls[name].output.parse(reply.value) as CallOutput<N>;
}

/** Calls `receive` with every event of the host until the returned function is called. */
export function listen(receive: (event: HostEvent) => void): () => void {
  return bridge.listen((raw) => receive(eventSchema.parse(raw)));
}

/** Hands files to the host by their paths; returns the places of those that only this page can read. */
export function addByPath(files: readonly File[]): Promise<number[]> {
  return bridge.addFiles(files);
}
