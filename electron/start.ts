import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { browserShell } from './browserShell.ts';
import { dataFolder } from './dataFolder.ts';
import { Downloads } from './downloads.ts';
import { electronBinary } from './electronBinary.ts';
import { PROGRAM_FOLDER } from './folders.ts';
import { AppHost } from './host.ts';
import { lockNode } from './offline.ts';
import { serve } from './server.ts';
import { SettingsFile } from './settings.ts';
import { NOTHING_KEPT } from './vault.ts';

/** An Electron that ends with an error this soon never showed a window. */
const START_MS = 10_000;

const { values: options } = parseArgs({
  options: {
    /** Use the local browser even where Electron is there. */
    browser: { type: 'boolean', default: false },
    /** Print the address only. */
    'no-open': { type: 'boolean', default: false },
  },
});

void main();

async function main(): Promise<void> {
  const reason = options.browser ? 'As asked' : await runElectron();
  if (reason !== null) await runBrowser(reason);
}

/** Runs the app in Electron until it ends; resolves to why that was not possible, or to null. */
async function runElectron(): Promise<string | null> {
  const { platform, env } = process;
  if (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY) return 'There is no screen for a window';
  const binary = await electronBinary();
  if (binary === null) return 'Electron is not installed and cannot be downloaded here';
  // Chromium's sandbox refuses to run as root.
  const asRoot = platform === 'linux' && process.getuid?.() === 0;
  const began = Date.now();
  const child = spawn(binary, [...(asRoot ? ['--no-sandbox'] : []), PROGRAM_FOLDER], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const code = await new Promise<number>((resolve) => {
    child.on('error', () => resolve(1));
    child.on('exit', (exitCode) => resolve(exitCode ?? 1));
  });
  if (code !== 0 && Date.now() - began < START_MS) return 'Electron could not start here';
  process.exitCode = code;
  return null;
}

async function runBrowser(reason: string): Promise<void> {
  const downloads = new Downloads();
  const host = new AppHost(
    browserShell(downloads),
    await SettingsFile.open(join(dataFolder(), 'settings.json'), NOTHING_KEPT),
    NOTHING_KEPT,
  );
  const server = await serve(host, downloads);
  lockNode();
  console.log(`${reason}, so Sotto opens in your browser; stop it with Ctrl+C:\n${server.address}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      host.close();
      server.close();
      downloads.close();
      process.exit(0);
    });
  if (!options['no-open']) openBrowser(server.address);
}

function openBrowser(address: string): void {
  const [command, ...rest] =
    process.platform === 'win32'
      ? ['cmd', '/c', 'start', '']
      : [process.platform === 'darwin' ? 'open' : 'xdg-open'];
  spawn(command!, [...rest, address], { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();
}
