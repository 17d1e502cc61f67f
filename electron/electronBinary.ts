import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';

/** Where Electron's npm package fetches its binary from, once, and how long to wait for a first answer. */
const RELEASE_HOST = 'github.com';
const ANSWER_MS = 4000;
const DOWNLOAD_MS = 300_000;

/**
 * Path of the Electron executable, or null where it cannot be had. Electron's package brings no binary; if its own
 * installer has not run yet, it is run once here, unless nothing answers at the place it downloads from.
 */
export async function electronBinary(): Promise<string | null> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = packageFolder();
  if (override) return existing(join(override, executableName(folder)));
  if (folder === null) return null;
  return installed(folder) ?? ((await fetchBinary(folder)) ? installed(folder) : null);
}

function packageFolder(): string | null {
  try {
    return dirname(require.resolve('electron/package.json'));
  } catch {
    return null;
  }
}

/** The installer writes the executable's path inside the distribution to `path.txt`. */
function executableName(folder: string | null): string {
  const note = folder === null ? '' : join(folder, 'path.txt');
  if (existsSync(note)) return readFileSync(note, 'utf8');
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

function installed(folder: string): string | null {
  return existsSync(join(folder, 'path.txt')) ? existing(join(folder, 'dist', executableName(folder))) : null;
}

function existing(path: string): string | null {
  return existsSync(path) ? path : null;
}

async function fetchBinary(folder: string): Promise<boolean> {
  // Behind a mirror or a proxy only the installer knows whom to ask.
  const { ELECTRON_MIRROR, npm_config_electron_mirror, HTTPS_PROXY, https_proxy } = process.env;
  const elsewhere = ELECTRON_MIRROR || npm_config_electron_mirror || HTTPS_PROXY || https_proxy;
  if (!elsewhere && !(await answers(RELEASE_HOST))) return false;
  console.log('Fetching Electron, once (about 120 MB)…');
  const run = spawnSync(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'inherit', 'ignore'],
    timeout: DOWNLOAD_MS,
  });
  return run.status === 0;
}

function answers(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: 443, timeout: ANSWER_MS });
    const finish = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => finish(true));
    socket.once('timeout', () => finish(false));
    socket.once('error', () => finish(false));
  });
}
