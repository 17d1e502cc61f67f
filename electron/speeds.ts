import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { JobProgress } from '../core/project/progress.ts';

/** Less says more of the start than of the speed. */
const SHORTEST_SECONDS = 20;
const speedsSchema = z.record(z.string(), z.number().positive());

/** How fast each pack heard the last recording on this machine: seconds of it a second. */
export class Speeds {
  private known: Record<string, number> = {};

  private readonly path: string | null;

  /** @param data folder for a small JSON file; null to forget them when the program ends. */
  constructor(data: string | null) {
    this.path = data === null ? null : join(data, 'speeds.json');
  }

  /** Reads what earlier runs measured. */
  async open(): Promise<void> {
    const text = this.path === null ? '{}' : await readFile(this.path, 'utf8').catch(() => '{}');
    try {
      this.known = speedsSchema.parse(JSON.parse(text));
    } catch {
      // It is measured again with the next recording.
    }
  }

  of(pack: string): number | null {
    return this.known[pack] ?? null;
  }

  /** The news of a job that the pack does, watched on their way. What a journal gave back does not count. */
  watching<T extends { progress(progress: JobProgress): void }>(pack: string, news: T): T {
    let began: JobProgress | null = null;
    const progress = (now: JobProgress) => {
      news.progress(now);
      if (now.stage === 'opening') return;
      began ??= now;
      const heard = now.audioSeconds - began.audioSeconds;
      const took = now.elapsed - began.elapsed;
      if (now.stage === 'redacting' && heard >= SHORTEST_SECONDS && took > 0) this.keep(pack, heard / took);
    };
    return { ...news, progress };
  }

  forget(): void {
    this.known = {};
    void this.write();
  }

  private keep(pack: string, speed: number): void {
    this.known = { ...this.known, [pack]: Math.round(speed * 10) / 10 };
    void this.write();
  }

  /** A disk that refuses costs the figure and nothing else. */
  private async write(): Promise<void> {
    if (this.path === null) return;
    await mkdir(dirname(this.path), { recursive: true, mode: 0o700 }).catch(() => {});
    await writeFile(this.path, JSON.stringify(this.known), { mode: 0o600 }).catch(() => {});
  }
}
