import { spawnSync } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { electronPath, missing, ROOT } from '../runtime.ts';
import { answerSaveDialogs, NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

/** The package is made for the system that it is made on; only Linux has the test runtime. */
const NO_PACKAGE = NO_WINDOW || missing({ Linux: process.platform === 'linux' });
const PACKING_MS = 240_000;

describe.skipIf(NO_PACKAGE)('the package', () => {
  let folder: string;
  let program: string;
  let window: OpenWindow | undefined;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'Zwei Wörter 会议 '));
    const packing = spawnSync(
      process.execPath,
      ['--import', 'tsx', join('electron', 'package', 'dist.ts'), 'dir', '--output', folder],
      { cwd: ROOT, encoding: 'utf8', env: { ...process.env, SOTTO_ELECTRON: electronPath()! } },
    );
    expect(packing.status, packing.stdout + packing.stderr).toBe(0);
    program = join(folder, 'linux-unpacked', 'sotto');
  }, PACKING_MS);
  afterAll(async () => {
    await window?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test('holds every pack that ships, the native module of this platform alone, and nothing that trains or builds', async () => {
    const resources = join(folder, 'linux-unpacked', 'resources');
    const files = (await filesBelow(resources)).map((path) => relative(resources, path));
    const packs = (await readdir(join(ROOT, 'models'))).filter((name) => name !== 'training').sort();
    expect(packs).toEqual(expect.arrayContaining(['base', 'tiny', 'vad']));
    for (const pack of packs)
      for (const name of await readdir(join(ROOT, 'models', pack)))
        expect(files).toContain(join('models', pack, name));
    const native = files.filter((path) => /\.(node|dll|dylib|so(\.\d+)?)$/.test(path));
    expect(new Set(native.map((path) => basename(join(path, '..'))))).toEqual(new Set([process.arch]));
    expect(native.every((path) => path.includes(join('onnxruntime-node', 'bin')))).toBe(true);
    const others = files.filter((path) => !/^(models|app\.asar\.unpacked)\//.test(path));
    expect(others.sort()).toEqual(['LICENSE', 'NOTICE', 'app.asar']);
    expect(files.filter((path) => path.includes('training'))).toEqual([]);
  });

  test('starts from a folder with blanks and other scripts in its name and takes a recording to a redacted file', async () => {
    const recording = join(folder, 'Gespräch 通话.mp3');
    await copyFile(join(ROOT, 'tests', 'fixtures', 'window', 'call.mp3'), recording);
    // As a file manager's “Open with” does.
    window = await openWindow({ program, args: [recording] });
    const { app, page } = window;
    const state = await app.evaluate(({ app: electron }) => ({
      packaged: electron.isPackaged,
      data: electron.getPath('userData'),
    }));
    expect(state.packaged).toBe(true);
    // The folder that the checkout uses and that the command line and the browser host share.
    expect(basename(state.data)).toBe('sotto');

    await window.review('Gespräch 通话.mp3');
    const target = join(folder, 'heard 听到.txt');
    await answerSaveDialogs(app, target);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog');
    // Who speaks cannot be chosen where nobody is known to.
    for (const box of await dialog.getByRole('checkbox').all())
      if (await box.isEnabled()) await box.uncheck();
    await dialog.getByRole('checkbox', { name: 'Text', exact: true }).check();
    await dialog.getByRole('button', { name: 'Export redacted' }).click();
    await page.getByText(/^Written to the folder/).waitFor();
    const text = await readFile(target, 'utf8');
    expect(text).toMatch(/My name is \[PERSON_1\]/);
    expect(text).not.toMatch(/sarah|connor|213|3456/i);
  });
});

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesBelow(path) : [path];
    }),
  );
  return found.flat();
}
