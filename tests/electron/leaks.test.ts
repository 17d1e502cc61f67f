import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../runtime.ts';
import { JOB_MS, NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

const ROUNDS = 50;
/** Opened before anything is counted, so that what is made once is there already. */
const WARM_UP = 4;
/** Less than one for every second project: one that each project leaves behind would be twice as many. */
const SLACK = ROUNDS / 2;
const OPENING_MS = 300_000;
const FIXTURES = join(ROOT, 'tests', 'fixtures', 'window');

describe.skipIf(NO_WINDOW)('fifty projects opened and closed', () => {
  let window: OpenWindow;
  let page: Page;
  let debug: CDPSession;
  beforeAll(async () => {
    window = await openWindow();
    page = window.page;
    debug = await page.context().newCDPSession(page);
    await debug.send('Performance.enable');
    await page.evaluate(() => {
      const urls = new Set<string>();
      const { createObjectURL, revokeObjectURL } = URL;
      let made = 0;
      URL.createObjectURL = (blob) => {
        const url = createObjectURL(blob);
        urls.add(url);
        made++;
        return url;
      };
      URL.revokeObjectURL = (url) => {
        urls.delete(url);
        revokeObjectURL(url);
      };
      Object.assign(globalThis, { objectUrls: () => ({ made, open: urls.size }) });
    });
  });
  afterAll(() => window?.close());

  interface Counts {
    readonly listeners: number;
    readonly nodes: number;
    readonly urls: { readonly made: number; readonly open: number };
  }

  async function counts(): Promise<Counts> {
    await debug.send('HeapProfiler.collectGarbage');
    const { metrics } = await debug.send('Performance.getMetrics');
    const value = (name: string) => metrics.find((metric) => metric.name === name)!.value;
    const urls = await page.evaluate(() =>
      (globalThis as unknown as { objectUrls(): Counts['urls'] }).objectUrls(),
    );
    return { listeners: value('JSEventListeners'), nodes: value('Nodes'), urls };
  }

  /** Opens a project, plays a little of it, opens a dialog over it, and goes back. */
  async function openAndClose(name: string): Promise<void> {
    await window.review(name);
    await page.locator('.word').first().click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.keyboard.press('Control+e');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Recordings' }).click();
    await page.getByRole('heading', { name: 'Transcripts' }).waitFor();
  }

  test(
    'leave no listeners, elements or object URLs behind',
    async () => {
      const byPath = 'by path.wav';
      await copyFile(join(FIXTURES, 'call.wav'), join(window.folder, byPath));
      await window.drop(join(window.folder, byPath));
      // A file that was dragged out of another program has no path, so the page keeps it and plays an object URL.
      const inPage = 'in the page.mp3';
      const bytes = (await readFile(join(FIXTURES, 'call.mp3'))).toString('base64');
      await page.evaluate(
        ([name, base64]) => {
          const data = new DataTransfer();
          data.items.add(new File([Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))], name));
          document.body.dispatchEvent(
            new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }),
          );
        },
        [inPage, bytes] as const,
      );
      for (const name of [byPath, inPage])
        await window
          .job(name)
          .getByRole('button', { name: `Review ${name}` })
          .waitFor({ timeout: JOB_MS });

      for (let round = 0; round < WARM_UP; round++) await openAndClose(round % 2 === 0 ? byPath : inPage);
      const before = await counts();
      for (let round = 0; round < ROUNDS; round++) await openAndClose(round % 2 === 0 ? byPath : inPage);
      const after = await counts();
      expect(after.urls.made - before.urls.made).toBeGreaterThanOrEqual(ROUNDS / 2);
      expect(after.urls.open).toBe(before.urls.open);
      expect(after.listeners - before.listeners).toBeLessThan(SLACK);
      expect(after.nodes - before.nodes).toBeLessThan(SLACK);
    },
    OPENING_MS,
  );
});
