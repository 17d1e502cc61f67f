import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../runtime.ts';

/** The program that `npm start` runs, serving a browser. */
export interface Loopback {
  /** With the token in its fragment. */
  readonly address: string;
  /** What it said to the person. */
  readonly said: string;
  close(): Promise<void>;
}

/** Starts it as on a machine without an Electron, or with `options`. */
export async function startLoopback(...options: readonly string[]): Promise<Loopback> {
  const data = await mkdtemp(join(tmpdir(), 'sotto-browser-'));
  // No first start: what that explains has a test of its own.
  await mkdir(join(data, 'sotto'));
  await writeFile(join(data, 'sotto', 'settings.json'), '{"welcomed": true}');
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'node', 'start.cjs'), '--no-open', ...options], {
    env: { ...process.env, DISPLAY: '', WAYLAND_DISPLAY: '', XDG_CONFIG_HOME: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await untilAddress(child);
  return {
    said,
    address: /http:\S+/.exec(said)![0],
    async close() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(data, { recursive: true, force: true });
    },
  };
}

function untilAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (/http:\S+\n/.test(text)) resolve(text);
    });
    child.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)));
  });
}
