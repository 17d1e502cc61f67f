import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, missing, ROOT } from '../runtime.ts';
import { meetingOf } from './meetingTranscript.ts';
import { jobId, jobOf, openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });
/** `SOTTO_SNAPSHOTS=write` takes the pictures anew; look at each before committing it. */
const WRITES = process.env.SOTTO_SNAPSHOTS === 'write';
const SNAPSHOTS = join(import.meta.dirname, 'snapshots');
const ARTIFACTS = join(ROOT, 'tests', '.artifacts');
const summary = { duration: 39, words: 80, language: 'en', masked: 5 };

/** A pixel is another one from this difference of a channel on, out of 255. */
const CHANNEL = 24;
/**
 * Share of other pixels that is let pass. Text is blocks of one font (tests/fixtures/font), so what may differ between
 * machines is the edges of icons and of the browser's own controls. Two runs here differ in no pixel; one button that
 * moves by its own height differs in 0.0014 of them.
 */
const TOLERANCE = 0.001;

const PAGES: readonly { name: string; open(page: Page): Promise<unknown> }[] = [
  { name: 'home', open: async () => {} },
  { name: 'settings', open: (page) => page.getByRole('button', { name: 'Settings' }).click() },
  { name: 'review', open: review },
  {
    name: 'export',
    open: async (page) => {
      await review(page);
      await page.keyboard.press('Control+e');
      await page.getByRole('dialog').waitFor();
      await page.locator('.preview-text').waitFor();
    },
  },
];

async function review(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Review meeting.wav' }).click();
  await page.locator('.word').first().waitFor();
}

describe.skipIf(NO_CHROMIUM)('the look of', () => {
  let stub: Stub;
  let page: Page;
  beforeAll(async () => {
    stub = await openStub({
      size: { width: 1024, height: 700 },
      state: {
        jobs: [
          jobOf(1, { name: 'meeting.wav', state: 'done', summary }),
          jobOf(3, { name: 'now.wav', state: 'waiting' }),
          jobOf(6, { name: 'broken.mp3', state: 'failed', error: 'broken.mp3 is damaged.' }),
        ],
      },
      transcripts: { [jobId(1)]: { ...meetingOf(39), speakers: [{ id: 'p1', name: 'Anna' }] } },
    });
    page = stub.page;
    const debug = await page.context().newCDPSession(page);
    await debug.send('Page.setBypassCSP', { enabled: true });
    await debug.send('Emulation.setTimezoneOverride', { timezoneId: 'UTC' });
    await page.addInitScript(() => {
      document.addEventListener('DOMContentLoaded', () => {
        const style = document.createElement('style');
        style.textContent = `
          @font-face { font-family: Box; src: url(/fixtures/font/box.ttf); }
          * { font-family: Box !important; transition: none !important; animation: none !important; }
          * { caret-color: transparent !important; }
          ::-webkit-scrollbar { display: none; }`;
        document.head.append(style);
      });
    });
  });
  afterAll(() => stub?.close());

  /** Share of pixels that differ between two pictures of one size, 1 where the sizes differ. */
  function difference(one: Buffer, other: Buffer): Promise<number> {
    return page.evaluate(
      async ([channel, ...pictures]) => {
        const [a, b] = await Promise.all(
          pictures.map(async (base64) => {
            const image = new Image();
            image.src = `data:image/png;base64,${base64}`;
            await image.decode();
            const canvas = new OffscreenCanvas(image.width, image.height);
            const context = canvas.getContext('2d')!;
            context.drawImage(image, 0, 0);
            return context.getImageData(0, 0, image.width, image.height);
          }),
        );
        if (a!.width !== b!.width || a!.height !== b!.height) return 1;
        let other = 0;
        for (let at = 0; at < a!.data.length; at += 4)
          if ([0, 1, 2].some((k) => Math.abs(a!.data[at + k]! - b!.data[at + k]!) > channel)) other++;
        return other / (a!.width * a!.height);
      },
      [CHANNEL, one.toString('base64'), other.toString('base64')] as const,
    );
  }

  for (const { name, open } of PAGES)
    for (const colorScheme of ['light', 'dark'] as const)
      test(`${name} is as it was, ${colorScheme}`, async () => {
        await page.emulateMedia({ colorScheme });
        await page.reload();
        await page.getByRole('button', { name: 'Settings' }).waitFor();
        await open(page);
        await page.evaluate(() => document.fonts.load('16px Box'));
        await page.mouse.move(0, 0);
        await page.waitForFunction(() => document.fonts.check('16px Box'));
        const picture = await page.screenshot({ animations: 'disabled' });
        const file = `${name}-${colorScheme}.png`;
        if (WRITES) {
          await mkdir(SNAPSHOTS, { recursive: true });
          await writeFile(join(SNAPSHOTS, file), picture);
          return;
        }
        const share = await difference(await readFile(join(SNAPSHOTS, file)), picture);
        if (share > TOLERANCE) {
          await mkdir(ARTIFACTS, { recursive: true });
          await writeFile(join(ARTIFACTS, file), picture);
        }
        expect(share, `see tests/.artifacts/${file}; SOTTO_SNAPSHOTS=write keeps it`).toBeLessThanOrEqual(
          TOLERANCE,
        );
      });

  test('a page with one button moved is told apart, so that a picture can fail', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Settings' }).waitFor();
    const before = await page.screenshot();
    expect(await difference(before, await page.screenshot())).toBeLessThanOrEqual(TOLERANCE);
    await page.getByRole('button', { name: 'Settings' }).evaluate((button) => {
      button.style.transform = 'translateY(36px)';
    });
    expect(await difference(before, await page.screenshot())).toBeGreaterThan(TOLERANCE);
  });
});
