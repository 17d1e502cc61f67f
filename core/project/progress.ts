/** Where a job stands; seconds throughout. */
export interface JobProgress {
  readonly stage: 'opening' | 'listening' | 'redacting' | 'done';
  /** Recording time that is finished. */
  readonly audioSeconds: number;
  /** The recording's length; null while only decoding would tell. */
  readonly duration: number | null;
  /** Time since the job began. */
  readonly elapsed: number;
  /** Estimate of the time left, from the speed so far; null until something is finished to judge by. */
  readonly remaining: number | null;
  readonly segments: number;
}

/** Turns finished recording time into progress; time spent on what a journal gave back does not count as speed. */
export class ProgressClock {
  private readonly began = Date.now();
  private listeningSince = Date.now();
  private resumedAt = 0;

  constructor(private readonly report: (progress: JobProgress) => void) {}

  /** Recognition begins at `audioSeconds` of the recording. */
  startListening(audioSeconds: number): void {
    this.listeningSince = Date.now();
    this.resumedAt = audioSeconds;
  }

  update(stage: JobProgress['stage'], audioSeconds: number, duration: number | null, segments: number): void {
    const now = Date.now();
    const heard = audioSeconds - this.resumedAt;
    const left = duration === null ? null : Math.max(duration - audioSeconds, 0);
    const known = stage === 'listening' && heard > 0 && left !== null;
    this.report({
      stage,
      audioSeconds,
      duration,
      elapsed: (now - this.began) / 1000,
      remaining: known ? ((now - this.listeningSince) / 1000 / heard) * left : null,
      segments,
    });
  }
}
