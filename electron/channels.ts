/** Names of the Electron channels; apart from the contract, so that the sandboxed preload carries no validator. */
export const CALL_CHANNEL = 'sotto:call';
export const EVENT_CHANNEL = 'sotto:event';
/** Paths of files that a person dropped on the window; only the preload can learn a file's path. */
export const DROP_CHANNEL = 'sotto:drop';

/** What the preload puts on `window`: the contract's calls and events, untyped until `renderer/host.ts` validates them. */
export interface Bridge {
  call(name: string, input: unknown): Promise<unknown>;
  /** Calls `receive` with each event until the returned function is called. */
  listen(receive: (event: unknown) => void): () => void;
  /** Hands dropped files over by their paths; returns the places of those that have none (dragged out of a program). */
  addFiles(files: readonly File[]): Promise<number[]>;
}
