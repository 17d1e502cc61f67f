import { spawnSync } from 'node:child_process';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missing, pdfReader, ROOT } from '../runtime.ts';
import { NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

const NO_PRINT = NO_WINDOW || missing({ 'pdftotext (poppler-utils)': pdfReader() });
/** Of the call, and in the recording's name. */
const SECRETS = [/sarah/i, /conn[eo]r/i, /213/, /3456/];

describe.skipIf(NO_PRINT)('printing', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openWindow();
    const path = join(window.folder, 'Sarah Connor.wav');
    await copyFile(join(ROOT, 'tests', 'fixtures', 'window', 'call.wav'), path);
    await window.drop(path);
    await window.review('Sarah Connor.wav');
    // The system's dialog would wait for a person.
    await window.page.evaluate(() => {
      globalThis.print = () => {};
    });
  });
  afterAll(() => window?.close());

  /** What the page prints, as Chromium makes it, with the document's own title. */
  async function printed(): Promise<string> {
    const base64 = await window.app.evaluate(async ({ BrowserWindow }) => {
      const pdf = await BrowserWindow.getAllWindows()[0]!.webContents.printToPDF({});
      return pdf.toString('base64');
    });
    const bytes = Buffer.from(base64, 'base64');
    const run = spawnSync(pdfReader()!, ['-htmlmeta', '-', '-'], { input: bytes, encoding: 'utf8' });
    expect(run.status).toBe(0);
    return run.stdout;
  }

  test('gives the masked text and a masked name, also while an original is shown', async () => {
    const { page } = window;
    await page.getByRole('button', { name: /^PERSON_1, Person, masked/ }).click();
    await page.getByRole('button', { name: /^PERSON_1, original shown/ }).waitFor();
    await page.getByRole('button', { name: 'Print the redacted text' }).click();
    await page.locator('.print-sheet').waitFor({ state: 'attached' });
    const title = await page.title();
    const text = await printed();
    expect(text).toMatch(/My name is \[?PERSON_1\]?\. Please call me at/);
    expect(text).toContain('Redacted by Sotto');
    for (const secret of SECRETS) {
      expect(text).not.toMatch(secret);
      expect(title).not.toMatch(secret);
    }
    // The window's own controls are not part of it.
    expect(text).not.toMatch(/Recordings|Export|Speakers/);
    await page.locator('.print-sheet').waitFor({ state: 'detached' });
    await expect.poll(() => page.title()).toContain('Sarah Connor.wav');
  });

  test('from anywhere but Sotto’s own command gives nothing of the transcript', async () => {
    const text = await printed();
    expect(text).toContain('Print from Sotto’s own window');
    for (const secret of [...SECRETS, /PERSON_1/]) expect(text).not.toMatch(secret);
  });
});
