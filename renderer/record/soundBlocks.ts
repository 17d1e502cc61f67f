/** Seconds that are sent at a time: few calls, and little that a crash of the page costs. */
const BLOCK_SECONDS = 0.25;

/**
 * Joins a microphone's small blocks, and sends them one after another; nothing while it is held. A failure holds it: when
 * it goes on, what waits is sent first. The block that failed is the host's, which writes it with the next.
 */
export class SoundBlocks {
  private readonly block: Float32Array<ArrayBuffer>;
  private filled = 0;
  private taken = 0;
  private held = false;
  private readonly waiting: Float32Array[] = [];
  private sending: Promise<void> | null = null;

  constructor(
    private readonly rate: number,
    private readonly send: (samples: Float32Array) => Promise<unknown>,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.block = new Float32Array(Math.round(rate * BLOCK_SECONDS));
  }

  /** Seconds that were taken. */
  get seconds(): number {
    return this.taken / this.rate;
  }

  hold(held: boolean): void {
    this.held = held;
    if (!held) void this.sendWaiting();
  }

  add(samples: Float32Array): void {
    if (this.held) return;
    this.taken += samples.length;
    for (let done = 0; done < samples.length; ) {
      const count = Math.min(samples.length - done, this.block.length - this.filled);
      this.block.set(samples.subarray(done, done + count), this.filled);
      this.filled += count;
      done += count;
      if (this.filled === this.block.length) this.closeBlock();
    }
    void this.sendWaiting();
  }

  /** Sends the rest; resolves when everything was taken, or could not be. */
  async finish(): Promise<void> {
    this.held = true;
    if (this.filled > 0) this.closeBlock();
    await this.sending;
    while (this.waiting.length > 0) await this.sendWaiting();
  }

  private closeBlock(): void {
    this.waiting.push(this.block.slice(0, this.filled));
    this.filled = 0;
  }

  private sendWaiting(): Promise<void> {
    this.sending ??= this.sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  private async sendAll(): Promise<void> {
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      try {
        await this.send(next);
      } catch (error) {
        this.held = true;
        this.onFailure(error);
        return;
      }
    }
  }
}
