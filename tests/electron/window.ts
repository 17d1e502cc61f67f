import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Locator, type Page } from 'playwright-core';
import { electronPath, hasScreen, missing, openScreen, ROOT } from '../runtime.ts';

/** Whether the tests of the window must be skipped here. */
export const NO_WINDOW = missing({
  'an Electron (SOTTO_ELECTRON)': electronPath(),
  'a screen or Xvfb': hasScreen(),
});

/** Recording time of a fixture is a few seconds; the rest is for a machine that is busy with other tests. */
export const JOB_MS = 90_000;

export interface OpenWindow {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** A folder of the test's own, with blanks and other scripts in its name. */
  readonly folder: string;
  /** Drops files or folders from the disk on the window, as a file manager does. */
  drop(...paths: readonly string[]): Promise<void>;
  /** The queue's entry of a recording. */
  job(name: string): Locator;
  /** Waits until a recording is done and opens its transcript. */
  review(name: string): Promise<void>;
  close(): Promise<void>;
}

export interface WindowOptions {
  /** Whether the test is about the first start, which explains itself. */
  readonly first?: boolean;
  /** A folder of the person's data to go on with. */
  readonly data?: string;
  readonly args?: readonly string[];
  /** A packaged app instead of the checkout. */
  readonly program?: string;
}

/** Starts the app with data of its own. */
export async function openWindow(options: WindowOptions = {}): Promise<OpenWindow> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto тест 会議 '));
  const screen = await openScreen();
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: options.program ?? electronPath()!,
    args: [...asRoot, ...(options.args ?? []), ...(options.program ? [] : [ROOT])],
    env: {
      ...process.env,
      DISPLAY: screen.display,
      XDG_CONFIG_HOME: options.data ?? join(folder, 'data'),
    } as Record<string, string>,
  });
  const page = await app.firstWindow();
  if (options.first !== true) await skipWelcome(page);
  const debug = await page.context().newCDPSession(page);
  const job = (name: string) => page.getByRole('listitem', { name, exact: true });
  return {
    app,
    page,
    folder,
    job,
    async drop(...paths) {
      // The call that a file manager's drop makes: the files arrive with their paths.
      const data = { items: [], files: [...paths], dragOperationsMask: 1 };
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
        await debug.send('Input.dispatchDragEvent', { type, x: 320, y: 240, data });
    },
    async review(name) {
      await job(name)
        .getByRole('button', { name: `Review ${name}` })
        .click({ timeout: JOB_MS });
      await page.getByRole('group', { name: /^Transcript/ }).waitFor();
    },
    async close() {
      await app.close();
      screen.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Answers the next system dialog for saving as a person would who chooses `path`; a folder for several files. */
export async function answerSaveDialogs(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: chosen });
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] });
  }, path);
}

/** Leaves what the first start explains, if this is one. */
async function skipWelcome(page: Page): Promise<void> {
  const home = page.getByRole('heading', { name: /Drop recordings here|Add recordings/ });
  const skip = page.getByRole('button', { name: 'Skip' });
  await home.or(skip).first().waitFor();
  if (await skip.isVisible()) await skip.click();
  await home.waitFor();
}
