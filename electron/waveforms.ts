import type { Waveform } from './contract.ts';

/** Waveforms at hand, each under a megabyte; older ones are made anew when they are wanted. */
const MOST = 12;

/** Waveforms of recordings, in memory only: nothing of a recording is left on the disk. */
export class Waveforms {
  private readonly known = new Map<string, Promise<Waveform>>();

  set(job: string, waveform: Waveform): void {
    this.keep(job, Promise.resolve(waveform));
  }

  /** The waveform of a job, made once, also when it is asked for again while it is made. @throws what `make` throws. */
  get(job: string, make: () => Promise<Waveform>): Promise<Waveform> {
    const waveform = this.known.get(job) ?? make();
    this.keep(job, waveform);
    waveform.catch(() => this.known.delete(job));
    return waveform;
  }

  delete(job: string): void {
    this.known.delete(job);
  }

  /** The last to be kept is the last to go. */
  private keep(job: string, waveform: Promise<Waveform>): void {
    this.known.delete(job);
    this.known.set(job, waveform);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST) this.known.delete(oldest!);
  }
}
