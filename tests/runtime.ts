import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The checkout. */
export const ROOT = join(import.meta.dirname, '..');

/** An Electron that can be run here: the one named by the environment, or the one that npm installed. */
export function electronPath(): string | null {
  const { SOTTO_ELECTRON, ELECTRON_OVERRIDE_DIST_PATH } = process.env;
  const candidates = [
    SOTTO_ELECTRON,
    ELECTRON_OVERRIDE_DIST_PATH && join(ELECTRON_OVERRIDE_DIST_PATH, 'electron'),
    join(ROOT, 'node_modules', 'electron', 'dist', 'electron'),
  ];
  return candidates.find((path) => path !== undefined && path !== '' && existsSync(path)) ?? null;
}

/** A Chromium for the browser tests. */
export function chromiumPath(): string | null {
  const named = process.env.SOTTO_CHROMIUM;
  if (named) return existsSync(named) ? named : null;
  return onPath(['chromium', 'chromium-browser', 'google-chrome']);
}

function onPath(names: readonly string[]): string | null {
  for (const name of names)
    for (const folder of (process.env.PATH ?? '').split(':'))
      if (folder !== '' && existsSync(join(folder, name))) return join(folder, name);
  return null;
}

/**
 * Whether a test must be skipped because something it needs is not on this machine; says so. On a build server
 * (CI=true) what is missing is a failure.
 */
export function missing(needs: Readonly<Record<string, string | boolean | null>>): boolean {
  const absent = Object.entries(needs)
    .filter(([, found]) => !found)
    .map(([name]) => name);
  if (absent.length === 0) return false;
  const sentence = `needs ${absent.join(' and ')}, not found on this machine`;
  if (process.env.CI === 'true') throw new Error(`This test ${sentence}.`);
  console.warn(`Skipped: ${sentence}.`);
  return true;
}

export interface Screen {
  /** For the DISPLAY variable. */
  readonly display: string;
  close(): void;
}

/** Poppler's pdftotext, which reads what a printed page says. */
export function pdfReader(): string | null {
  return onPath(['pdftotext']);
}

/** Whether there is a screen, or Xvfb to make one. */
export function hasScreen(): boolean {
  return Boolean(process.env.DISPLAY) || spawnSync('which', ['Xvfb']).status === 0;
}

/** The machine's screen, or a virtual one of its own. */
export async function openScreen(width = 1440, height = 900): Promise<Screen> {
  const { DISPLAY } = process.env;
  if (DISPLAY) return { display: DISPLAY, close() {} };
  // Xvfb chooses a free number itself and writes it to descriptor 3.
  const xvfb = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', `${width}x${height}x24`, '-nolisten', 'tcp'],
    {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    },
  );
  return { display: `:${await firstLine(xvfb)}`, close: () => void xvfb.kill() };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdio[3]?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.trim());
    });
    child.once('exit', () => reject(new Error('Xvfb ended before it had a screen.')));
    setTimeout(() => reject(new Error('Xvfb gave no screen in 30 s.')), 30_000).unref();
    child.once('error', reject);
  });
}
