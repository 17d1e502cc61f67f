import { UserError } from '../core/errors.ts';
import type { Caption } from './contract.ts';
import { CancelledError, type EngineLink } from './engineLink.ts';
import type { Task } from './engineMessages.ts';

/** Blocks on their way to the engine; what comes while so many wait is recorded but not captioned. */
const MOST_WAITING = 240;
/** How long a stop waits for the last words; then the captions end without them. */
const LAST_WORDS_MS = 4000;

interface Hearing {
  readonly job: string;
  readonly rate: number;
  /** Of the engine's wish; null until it is there, and when it wants no more. */
  stream: string | null;
  waiting: number;
  readonly ended: Promise<void>;
}

/** Captions of the recording that is being made: its sound goes to the engine, which masks what it hears. */
export class LiveCaptions {
  private hearing: Hearing | null = null;

  constructor(
    private readonly engine: EngineLink,
    private readonly told: {
      caption(job: string, caption: Caption): void;
      /** There are no more captions; the sentence says why. */
      ended(job: string, sentence: string): void;
    },
  ) {}

  /** Begins to hear; a failure ends the captions, never the recording. */
  start(job: string, rate: number, task: Extract<Task, { kind: 'live' }>): void {
    const news = {
      progress() {},
      warning() {},
      caption: (caption: Caption) => this.told.caption(job, caption),
    };
    const ended = this.engine.run(job, task, task.name, news).then(
      () => {},
      (error: unknown) => {
        if (error instanceof CancelledError) return;
        const why = error instanceof UserError ? error.message : 'Something in Sotto failed.';
        this.told.ended(job, why);
      },
    );
    this.hearing = { job, rate, stream: null, waiting: 0, ended };
  }

  /** The engine wants the sound of a task; false when it is none of these. */
  want(task: string, stream: string): boolean {
    const { hearing } = this;
    if (hearing?.job !== task) return false;
    hearing.stream = stream;
    hearing.waiting = 0;
    void this.engine.audio({ type: 'start', stream, rate: hearing.rate, channels: 1, duration: null });
    return true;
  }

  push(samples: Float32Array): void {
    const { hearing } = this;
    if (!hearing?.stream || hearing.waiting >= MOST_WAITING) return;
    const { stream } = hearing;
    hearing.waiting++;
    void this.engine.audio({ type: 'samples', stream, samples: [samples] }).then((more) => {
      hearing.waiting--;
      if (!more && hearing.stream === stream) hearing.stream = null;
    });
  }

  /** Ends the captions with the last words, if they come soon. */
  async stop(): Promise<void> {
    const { hearing } = this;
    if (!hearing) return;
    this.hearing = null;
    if (hearing.stream === null) this.engine.cancel(hearing.job);
    else void this.engine.audio({ type: 'end', stream: hearing.stream });
    const patience = setTimeout(() => this.engine.cancel(hearing.job), LAST_WORDS_MS);
    await hearing.ended;
    clearTimeout(patience);
  }
}
