import { toMono } from './mono.ts';
import type { AudioSource } from './source.ts';

/** Seconds of sound that wait for the recogniser before the sender is held back. */
const QUEUE_SECONDS = 10;

/** The sending side of {@link pcmSource}. */
export interface PcmSender {
  /**
   * Hands over the next samples: one array a channel, of equal length, at the source's rate. Resolves when there
   * is room for more; a sender that waits for it keeps memory bounded. Resolves at once after the reader left.
   */
  push(block: readonly Float32Array[]): Promise<void>;
  /** No more samples follow. */
  end(): void;
  /** Decoding failed: the reader gets `error` after the samples already sent. */
  fail(error: Error): void;
}

/**
 * A recording decoded elsewhere (in the app by the browser engine), fed in as samples at any rate.
 * Its blocks can be read once, for what was sent is not kept.
 */
export function pcmSource(options: {
  /** Whole Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Seconds, where the container says. */
  readonly duration: number | null;
}): { readonly source: AudioSource; readonly sender: PcmSender } {
  const queue: (readonly Float32Array[])[] = [];
  let queued = 0; // frames
  let ended = false;
  let closed = false;
  let failure: Error | null = null;
  let wakeReader: (() => void) | null = null;
  const waitingSenders: (() => void)[] = [];
  const room = () => closed || queued < QUEUE_SECONDS * options.sampleRate;

  const sender: PcmSender = {
    push(block) {
      if (ended || failure) return Promise.reject(new Error('push after end or fail'));
      if (closed) return Promise.resolve();
      queue.push(block);
      queued += block[0]?.length ?? 0;
      wakeReader?.();
      return room() ? Promise.resolve() : new Promise((resolve) => waitingSenders.push(resolve));
    },
    end() {
      ended = true;
      wakeReader?.();
    },
    fail(error) {
      failure = error;
      wakeReader?.();
    },
  };

  const releaseSenders = () => {
    if (room()) for (const resolve of waitingSenders.splice(0)) resolve();
  };

  async function* received(signal?: AbortSignal): AsyncGenerator<readonly Float32Array[]> {
    const wake = () => wakeReader?.();
    signal?.addEventListener('abort', wake);
    try {
      for (;;) {
        signal?.throwIfAborted();
        const block = queue.shift();
        if (block) {
          queued -= block[0]?.length ?? 0;
          releaseSenders();
          yield block;
        } else if (failure) {
          throw failure;
        } else if (ended) {
          return;
        } else {
          await new Promise<void>((resolve) => {
            wakeReader = resolve;
          });
          wakeReader = null;
        }
      }
    } finally {
      signal?.removeEventListener('abort', wake);
      closed = true;
      queue.length = 0;
      releaseSenders();
    }
  }

  let read = false;
  const source: AudioSource = {
    duration: options.duration,
    blocks(signal) {
      if (read) throw new Error('A pushed recording can be read only once');
      read = true;
      return toMono(received(signal), options.sampleRate, options.channels);
    },
  };
  return { source, sender };
}
