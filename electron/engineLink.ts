import { UserError, type UserErrorCode } from '../core/errors.ts';
import type { JobProgress } from '../core/project/progress.ts';
import type { Caption } from './contract.ts';
import {
  type AudioMessage,
  fromEngineSchema,
  type Result,
  type ResultOf,
  type Task,
  type ToEngine,
} from './engineMessages.ts';

/** The engine's process: a utility process of Electron, or a child process of the browser host. */
export interface EngineProcess {
  post(message: ToEngine): void;
  onMessage(receive: (message: unknown) => void): void;
  onExit(gone: () => void): void;
  kill(): void;
}

/** Thrown by {@link EngineLink.run} for a task that was cancelled. */
export class CancelledError extends Error {
  constructor() {
    super('cancelled');
    this.name = 'CancelledError';
  }
}

/** What a task tells on its way. */
export interface TaskNews {
  progress(progress: JobProgress): void;
  /** A sentence about what could not be read of the recording. */
  warning(sentence: string): void;
  caption?(caption: Caption): void;
}

interface Running {
  readonly task: Task;
  readonly recording: string;
  readonly news: TaskNews | null;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: Error) => void;
  crashes: number;
  killTimer: NodeJS.Timeout | null;
}

/** A recording on which the engine dies this often is given up, so that the queue goes on. */
const MAX_CRASHES = 3;

/** Cancelling must take effect within a second; an engine that has not answered by then is ended and started anew. */
const CANCEL_MS = 900;

interface Handlers {
  onDecode(id: string, stream: string, from: number): void;
  onRefusedRequests(count: number): void;
}

/**
 * The host's end of the engine process. The process starts with the first task; when it dies its tasks start again in
 * a new one, where transcription goes on from its journal.
 */
export class EngineLink {
  private engine: EngineProcess | null = null;
  private readonly running = new Map<string, Running>();
  private readonly taken = new Map<string, ((more: boolean) => void)[]>();

  constructor(
    private readonly start: () => EngineProcess,
    private readonly handlers: Handlers,
  ) {}

  /**
   * Runs a task to its end.
   * @param recording what to call the recording when the engine dies of it.
   * @throws UserError, or CancelledError.
   */
  run<T extends Task>(
    id: string,
    task: T,
    recording: string,
    news: TaskNews | null = null,
  ): Promise<ResultOf<T>> {
    return new Promise<Result>((resolve, reject) => {
      this.running.set(id, { task, recording, news, resolve, reject, crashes: 0, killTimer: null });
      this.post({ type: 'run', id, task });
    }) as Promise<ResultOf<T>>;
  }

  cancel(id: string): void {
    const running = this.running.get(id);
    if (!running || running.killTimer) return;
    running.killTimer = setTimeout(() => {
      this.finish(id)?.reject(new CancelledError());
      this.engine?.kill();
    }, CANCEL_MS);
    this.post({ type: 'cancel', id });
  }

  /** Hands decoded audio to the engine; resolves when there is room for more, or to false when nobody wants it. */
  audio(message: AudioMessage): Promise<boolean> {
    if (!this.engine) return Promise.resolve(false);
    return new Promise((resolve) => {
      const waiting = this.taken.get(message.stream) ?? [];
      waiting.push(resolve);
      this.taken.set(message.stream, waiting);
      this.post({ type: 'audio', audio: message });
    });
  }

  /** Ends the process for good. */
  stop(): void {
    for (const id of [...this.running.keys()]) this.finish(id)?.reject(new CancelledError());
    this.engine?.kill();
  }

  private post(message: ToEngine): void {
    this.engine ??= this.launch();
    this.engine.post(message);
  }

  private launch(): EngineProcess {
    const engine = this.start();
    engine.onMessage((message) => {
      if (this.engine === engine) this.receive(message);
    });
    engine.onExit(() => {
      if (this.engine === engine) this.recover();
    });
    return engine;
  }

  private receive(raw: unknown): void {
    const message = fromEngineSchema.parse(raw);
    switch (message.type) {
      case 'progress':
        this.running.get(message.id)?.news?.progress(message.progress);
        break;
      case 'warning':
        this.running.get(message.id)?.news?.warning(message.sentence);
        break;
      case 'caption':
        this.running.get(message.id)?.news?.caption?.(message.caption);
        break;
      case 'decode':
        if (this.running.has(message.id)) this.handlers.onDecode(message.id, message.stream, message.from);
        break;
      case 'taken':
        this.taken.get(message.stream)?.shift()?.(message.more);
        break;
      case 'done':
        this.finish(message.id)?.resolve(message.result);
        break;
      case 'failed':
        this.finish(message.id)?.reject(new UserError(message.code as UserErrorCode, message.message));
        break;
      case 'cancelled':
        this.finish(message.id)?.reject(new CancelledError());
        break;
      case 'refusedRequests':
        this.handlers.onRefusedRequests(message.count);
        break;
    }
  }

  private finish(id: string): Running | undefined {
    const running = this.running.get(id);
    if (running?.killTimer) clearTimeout(running.killTimer);
    this.running.delete(id);
    return running;
  }

  /** The process is gone: whoever waits for room is told to stop, and each task starts again in a new process. */
  private recover(): void {
    this.engine = null;
    for (const waiting of this.taken.values()) for (const resolve of waiting) resolve(false);
    this.taken.clear();
    for (const [id, running] of [...this.running]) {
      running.crashes++;
      if (running.killTimer) this.finish(id)?.reject(new CancelledError());
      else if (running.crashes >= MAX_CRASHES) this.finish(id)?.reject(crashed(running.recording));
      else this.post({ type: 'run', id, task: running.task });
    }
  }
}

function crashed(recording: string): UserError {
  return new UserError(
    'corrupt',
    `Sotto's engine stopped ${MAX_CRASHES} times while it worked on ${recording}; convert the recording to WAV and add it again.`,
  );
}
