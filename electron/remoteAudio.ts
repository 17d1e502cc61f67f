import type { OriginalAudio } from '../core/audio/original.ts';
import { UserError } from '../core/errors.ts';
import type { AudioMessage } from './engineMessages.ts';
import { newId } from './ids.ts';

/** Blocks waiting in the engine; the interface decodes no further ahead, so memory does not grow with the recording. */
const BLOCKS_AHEAD = 4;

type Start = Extract<AudioMessage, { type: 'start' }>;

/** One pass through a recording that the interface decodes. */
class AudioStream {
  readonly id = newId();
  private readonly messages: AudioMessage[] = [];
  private readonly rooms: ((more: boolean) => void)[] = [];
  private wake: (() => void) | null = null;
  private closed = false;

  /** Takes a message; resolves when there is room for another, to false when nobody reads on. */
  push(message: AudioMessage): Promise<boolean> {
    if (this.closed) return Promise.resolve(false);
    this.messages.push(message);
    this.wake?.();
    if (this.messages.length < BLOCKS_AHEAD) return Promise.resolve(true);
    return new Promise((resolve) => this.rooms.push(resolve));
  }

  async next(signal: AbortSignal): Promise<AudioMessage> {
    signal.throwIfAborted();
    while (this.messages.length === 0) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        signal.addEventListener('abort', this.wake, { once: true });
      });
      signal.removeEventListener('abort', this.wake!);
      this.wake = null;
      signal.throwIfAborted();
    }
    const message = this.messages.shift()!;
    this.rooms.shift()?.(true);
    return message;
  }

  close(): void {
    this.closed = true;
    for (const resolve of this.rooms.splice(0)) resolve(false);
  }
}

/** Streams that this engine asked the interface for. */
export class RemoteAudio {
  private readonly streams = new Map<string, AudioStream>();

  /** @param ask sends the wish for a task's recording, to be pushed as the named stream. */
  constructor(private readonly ask: (task: string, stream: string, from: number) => void) {}

  /** Takes a message of the interface; see {@link AudioStream.push}. */
  push(message: AudioMessage): Promise<boolean> {
    return this.streams.get(message.stream)?.push(message) ?? Promise.resolve(false);
  }

  /**
   * Opens a task's recording.
   * @param name for error messages.
   * @param from seconds of the recording at which its samples are to begin.
   * @throws UserError `corrupt`, `unsupported` or `unreadable`.
   */
  async open(task: string, name: string, signal: AbortSignal, from = 0): Promise<OriginalAudio> {
    const begin = (beginSignal: AbortSignal) => this.begin(task, name, beginSignal, from);
    let first: { stream: AudioStream; start: Start } | null = await begin(signal);
    const { rate, channels, duration } = first.start;
    const takeFirst = () => {
      const taken = first;
      first = null;
      return taken;
    };
    const read = this.read.bind(this);
    return {
      format: 'browser',
      sampleRate: rate,
      channels,
      frames: duration === null ? null : Math.round(duration * rate),
      async *blocks(blockSignal = signal) {
        const { stream } = takeFirst() ?? (await begin(blockSignal));
        yield* read(stream, name, blockSignal);
      },
    };
  }

  private async begin(task: string, name: string, signal: AbortSignal, from: number) {
    const stream = new AudioStream();
    this.streams.set(stream.id, stream);
    this.ask(task, stream.id, from);
    const start = await stream.next(signal).catch((error: unknown) => {
      this.close(stream);
      throw error;
    });
    if (start.type === 'start') return { stream, start };
    this.close(stream);
    throw undecodable(start, name);
  }

  private async *read(
    stream: AudioStream,
    name: string,
    signal: AbortSignal,
  ): AsyncGenerator<Float32Array[]> {
    try {
      for (;;) {
        const message = await stream.next(signal);
        if (message.type === 'end') return;
        if (message.type !== 'samples') throw undecodable(message, name);
        yield message.samples;
      }
    } finally {
      this.close(stream);
    }
  }

  private close(stream: AudioStream): void {
    stream.close();
    this.streams.delete(stream.id);
  }
}

function undecodable(message: AudioMessage, name: string): UserError {
  const why = message.type === 'fail' ? message.why : 'corrupt';
  if (why === 'unsupported')
    return new UserError(
      'unsupported',
      `Sotto has no decoder for the audio in ${name}; convert it to WAV, MP3 or M4A and add it again.`,
    );
  if (why === 'gone')
    return new UserError(
      'unreadable',
      `${name} can no longer be read; add it again and Sotto starts over with it.`,
    );
  return new UserError(
    'corrupt',
    `${name} cannot be decoded, it is damaged or not a recording; check that it plays elsewhere and add it again.`,
  );
}
