import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, missing } from '../runtime.ts';
import { meetingOf } from './meetingTranscript.ts';
import { jobId, jobOf, openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });
const summary = { duration: 39, words: 80, language: 'en', masked: 5 };
const progress = {
  stage: 'listening' as const,
  audioSeconds: 30,
  duration: 60,
  elapsed: 10,
  remaining: 12,
  segments: 3,
};

/** What a person does to come to each page or state of one. */
const PAGES: readonly { name: string; open(page: Page): Promise<unknown> }[] = [
  { name: 'home', open: async () => {} },
  { name: 'settings', open: (page) => page.getByRole('button', { name: /^(Settings|设置)$/ }).click() },
  { name: 'offline', open: (page) => page.getByRole('button', { name: /^(Offline\.|离线。)/ }).click() },
  {
    name: 'welcome',
    open: (page) => page.getByRole('button', { name: /^(How Sotto works|Sotto 怎样工作)$/ }).click(),
  },
  { name: 'record', open: record },
  {
    name: 'recording',
    open: async (page) => {
      await record(page);
      await page.getByRole('button', { name: 'Start recording' }).click();
      await page.getByRole('button', { name: 'Pause' }).waitFor();
    },
  },
  {
    name: 'recording without a microphone',
    open: async (page) => {
      await page.evaluate(() => {
        navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'));
      });
      await page.getByRole('button', { name: 'Record', exact: true }).click();
      await page.getByRole('heading', { name: 'No microphone is connected' }).waitFor();
    },
  },
  {
    name: 'delete dialog',
    open: (page) =>
      page
        .getByRole('button', { name: /(Delete the transcript|的文稿$)/ })
        .first()
        .click(),
  },
  { name: 'review', open: review },
  {
    name: 'selected word',
    open: async (page) => {
      await review(page);
      await page.locator('.word').nth(2).click();
      await page.getByRole('heading', { name: 'my' }).waitFor();
    },
  },
  {
    name: 'shown original',
    open: async (page) => {
      await review(page);
      await page.locator('.chip').first().click();
      await page.locator('.panel-alias').waitFor();
    },
  },
  {
    name: 'paragraph editor',
    open: async (page) => {
      await review(page);
      await page.locator('.word').nth(2).dblclick();
      await page.getByRole('textbox').first().waitFor();
    },
  },
  {
    name: 'find',
    open: async (page) => {
      await review(page);
      await page.keyboard.press('Control+f');
      await page.keyboard.type('conor');
      await page.locator('[data-found]').first().waitFor();
    },
  },
  {
    name: 'shortcuts',
    open: async (page) => {
      await review(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'policies',
    open: async (page) => {
      await review(page);
      await page.getByRole('button', { name: /^(Mask|遮盖) / }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'who is who',
    open: async (page) => {
      await review(page);
      // In narrow windows the list lies behind a button.
      const details = page.getByRole('button', { name: 'Show details' });
      if (await details.isVisible()) await details.click();
      await page.getByRole('button', { name: 'Who or what PERSON_1 is' }).click();
      await page.getByRole('form').waitFor();
    },
  },
  {
    name: 'passphrase',
    open: async (page) => {
      await page.getByRole('button', { name: /^(Settings|设置)$/ }).click();
      await page.getByRole('button', { name: /^(Set a passphrase|设置口令)$/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'way back',
    open: async (page) => {
      await page.getByRole('button', { name: /^(Settings|设置)$/ }).click();
      await page.getByRole('button', { name: /^(Open a redacted file|打开遮盖版文件)/ }).click();
      await page.getByRole('dialog').waitFor();
    },
  },
  {
    name: 'export',
    open: async (page) => {
      await review(page);
      await page.keyboard.press('Control+e');
      await page.getByRole('dialog').getByRole('checkbox').last().check();
    },
  },
];

async function record(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await page.getByText(/^Ready\./).waitFor();
}

async function review(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^(Review|审阅) / })
    .first()
    .click();
  await page.locator('.transcript').waitFor();
}

describe.skipIf(NO_CHROMIUM)('every page', () => {
  let stub: Stub;
  let axe: string;
  const speakers = [{ id: 'p1', name: 'Anna' }];
  const meeting = { ...meetingOf(39), speakers };
  beforeAll(async () => {
    axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    stub = await openStub({
      state: {
        keepsTranscripts: false,
        foundRecordings: [{ job: jobId(9), seconds: 754, begun: Date.UTC(2026, 2, 9, 14) }],
        jobs: [
          jobOf(1, { name: 'meeting.wav', state: 'done', summary, media: '/fixtures/window/call.wav' }),
          jobOf(3, { name: 'now.wav', state: 'running', progress }),
          jobOf(4, { name: 'next.wav' }),
          jobOf(5, { name: 'last.wav' }),
          jobOf(6, { name: 'broken.mp3', state: 'failed', error: 'broken.mp3 is damaged.' }),
          jobOf(7, { name: 'stopped.mp3', state: 'cancelled' }),
        ],
      },
      transcripts: { [jobId(1)]: meeting },
    });
  });
  afterAll(() => stub?.close());

  /** What axe finds, as `rule: element`. */
  async function found(page: Page): Promise<string[]> {
    const { violations } = (await page.evaluate(
      `(async () => { ${axe}; return axe.run(document, { resultTypes: ['violations'] }); })()`,
    )) as AxeResults;
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
  }

  for (const { name, open } of PAGES)
    for (const colorScheme of ['light', 'dark'] as const)
      test(`${name} has no violation that axe finds, ${colorScheme}`, async () => {
        const { page } = stub;
        await page.emulateMedia({ colorScheme });
        await page.reload();
        await page.getByRole('button', { name: 'Settings' }).waitFor();
        await open(page);
        expect(await found(page)).toEqual([]);
      });

  test('the page of a locked window has no violation that axe finds', async () => {
    const locked = await openStub({ state: { protection: 'passphrase', locked: true } });
    for (const colorScheme of ['light', 'dark'] as const) {
      await locked.page.emulateMedia({ colorScheme });
      await locked.page.getByRole('button', { name: 'I forgot the passphrase' }).click();
      expect(await found(locked.page)).toEqual([]);
      await locked.page.setViewportSize({ width: 512, height: 350 });
      expect(await locked.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(512);
    }
    await locked.close();
  });

  test('nothing is cut off at 200 % zoom, and forced colours leave every button its border', async () => {
    const { page } = stub;
    // Half of 1024 × 700.
    await page.setViewportSize({ width: 512, height: 350 });
    for (const { name, open } of PAGES) {
      await page.reload();
      await page.getByRole('button', { name: 'Settings' }).waitFor();
      await (name === 'selected word' || name === 'shown original' ? review : open)(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(wide, name).toBeLessThanOrEqual(512);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.emulateMedia({ forcedColors: 'active' });
    await page.reload();
    await review(page);
    const borders = await page
      .locator('.chip')
      .evaluateAll((all) => all.map((chip) => getComputedStyle(chip).borderTopStyle));
    expect(new Set(borders)).toEqual(new Set(['solid']));
    await page.emulateMedia({ forcedColors: 'none' });
  });

  test('the window speaks Chinese when asked, and says so to screen readers', async () => {
    const { page } = stub;
    await page.reload();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Language of this window').selectOption({ label: '简体中文' });
    await page.getByRole('heading', { name: '设置', level: 1 }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-Hans');
    await page.getByRole('button', { name: '完成' }).click();
    await page.getByText('共 3 个录音，已完成 0 个').waitFor();
    await review(page);
    await page
      .getByRole('button', { name: /^PERSON_1，人名，已遮盖$/ })
      .first()
      .waitFor();
    expect(await found(page)).toEqual([]);
  });
});
