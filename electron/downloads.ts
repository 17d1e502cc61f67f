import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { newId } from './ids.ts';

interface Download {
  readonly name: string;
  readonly path: string;
}

/** Exported files on their way to the browser: in a folder only this person can read, each removed once fetched. */
export class Downloads {
  /** Only this person can read it. */
  readonly folder = mkdtempSync(join(tmpdir(), 'sotto-'));
  private readonly waiting = new Map<string, Download>();

  /** Paths to write files of these names to. */
  targets(names: readonly string[]): string[] {
    const folder = join(this.folder, newId());
    mkdirSync(folder);
    return names.map((name) => join(folder, basename(name)));
  }

  /** A finished file may be fetched once from the returned URL. */
  offer(path: string): { name: string; url: string } {
    const id = newId();
    const name = basename(path);
    this.waiting.set(id, { name, path });
    return { name, url: `/download/${id}` };
  }

  take(id: string): Download | null {
    const download = this.waiting.get(id) ?? null;
    this.waiting.delete(id);
    return download;
  }

  async discard(download: Download): Promise<void> {
    await rm(download.path, { force: true });
  }

  /** Removes everything; at the end of the program. */
  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
