/** Seconds that are sent at a time: few calls, and little that a crash of the page costs. */
const BLOCK_SECONDS = 0.25;

/** Joins a microphone's small blocks, and sends them one after another; nothing while it is held. */
export class SoundBlocks {
  private readonly block: Float32Array<ArrayBuffer>;
  private filled = 0;
  private sent = 0;
  private held = false;
  private failed = false;
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly rate: number,
    private readonly send: (samples: Float32Array) => Promise<unknown>,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.block = new Float32Array(Math.round(rate * BLOCK_SECONDS));
  }

  /** Seconds that were taken. */
  get seconds(): number {
    return (this.sent + this.filled) / this.rate;
  }

  hold(held: boolean): void {
    this.held = held;
  }

  add(samples: Float32Array): void {
    if (this.held || this.failed) return;
    for (let done = 0; done < samples.length; ) {
      const count = Math.min(samples.length - done, this.block.length - this.filled);
      this.block.set(samples.subarray(done, done + count), this.filled);
      this.filled += count;
      done += count;
      if (this.filled === this.block.length) this.flush();
    }
  }

  /** Sends the rest; resolves when everything was taken, or could not be. */
  async finish(): Promise<void> {
    this.held = true;
    if (this.filled > 0 && !this.failed) this.flush();
    await this.last;
  }

  private flush(): void {
    const samples = this.block.slice(0, this.filled);
    this.sent += this.filled;
    this.filled = 0;
    this.last = this.last.then(async () => {
      if (this.failed) return;
      try {
        await this.send(samples);
      } catch (error) {
        this.failed = true;
        this.onFailure(error);
      }
    });
  }
}
