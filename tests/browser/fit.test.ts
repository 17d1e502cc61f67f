import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, missing } from '../runtime.ts';
import { meetingOf } from './meetingTranscript.ts';
import { jobId, jobOf, openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });
const summary = { duration: 39, words: 80, language: 'en', masked: 5 };

const PAGES: readonly { name: string; open(page: Page): Promise<unknown> }[] = [
  { name: 'home', open: async () => {} },
  { name: 'settings', open: (page) => page.getByRole('button', { name: /^(Settings|设置)$/ }).click() },
  { name: 'offline', open: (page) => page.getByRole('button', { name: /^(Offline\.|离线。)/ }).click() },
  { name: 'review', open: review },
  { name: 'shortcuts', open: (page) => dialogOf(page, '?') },
  { name: 'export', open: (page) => dialogOf(page, 'Control+e') },
];

/** The least, the README's least, the common, the large; the first is 200 % zoom of the second. */
const SIZES = [
  [512, 350],
  [1024, 700],
  [1920, 1080],
] as const;

async function review(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /^(Review|审阅) / })
    .first()
    .click();
  await page.locator('.word').first().waitFor();
}

async function dialogOf(page: Page, key: string): Promise<void> {
  await review(page);
  await page.keyboard.press(key);
  await page.getByRole('dialog').waitFor();
}

describe.skipIf(NO_CHROMIUM)('every page', () => {
  let stub: Stub;
  let page: Page;
  beforeAll(async () => {
    const name = 'a recording of the second meeting with a long name and a date 2026-03-14.wav';
    stub = await openStub({
      state: {
        jobs: [
          jobOf(1, { name, state: 'done', summary }),
          jobOf(2, { name: `later ${name}`, folder: 'Meetings/2026/Spring/Interviews in the north' }),
          jobOf(3, { name: 'broken.mp3', state: 'failed', error: 'broken.mp3 is damaged.' }),
        ],
      },
      transcripts: { [jobId(1)]: { ...meetingOf(39), speakers: [{ id: 'p1', name: 'Anna' }] } },
    });
    page = stub.page;
  });
  afterAll(() => stub?.close());

  async function show(open: (page: Page) => Promise<unknown>, language: 'en' | 'zh'): Promise<void> {
    await page.reload();
    if (language === 'zh') {
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByLabel('Language of this window').selectOption('zh');
      await page.getByRole('button', { name: '完成' }).click();
    }
    await page.getByRole('button', { name: /^(Settings|设置)$/ }).waitFor();
    await open(page);
  }

  /** Controls whose words do not fit into them, and those that reach over the window's edge. */
  function misfits(): Promise<string[]> {
    return page.evaluate(() => {
      const wrong: string[] = [];
      const named = (element: Element) =>
        `${element.tagName.toLowerCase()}.${element.className} “${element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 30)}”`;
      const top = document.querySelector('dialog[open]') ?? document;
      for (const control of top.querySelectorAll<HTMLElement>('button, select, input, a, summary')) {
        const { width, left, right } = control.getBoundingClientRect();
        if (width === 0 || !control.checkVisibility()) continue;
        if (right > innerWidth + 1 || left < -1) wrong.push(`over the edge: ${named(control)}`);
        const { overflowX, textOverflow } = getComputedStyle(control);
        if (
          control.scrollWidth > control.clientWidth + 2 &&
          textOverflow !== 'ellipsis' &&
          overflowX !== 'auto'
        )
          if (control.tagName !== 'INPUT' && control.tagName !== 'SELECT')
            wrong.push(`too narrow: ${named(control)}`);
      }
      for (const heading of top.querySelectorAll<HTMLElement>('h1, h2, h3, label, p')) {
        const { width, right } = heading.getBoundingClientRect();
        if (width > 1 && heading.checkVisibility() && right > innerWidth + 1)
          wrong.push(`over the edge: ${named(heading)}`);
      }
      if (document.documentElement.scrollWidth > innerWidth) wrong.push('the page scrolls sideways');
      return wrong;
    });
  }

  for (const [width, height] of SIZES)
    for (const language of ['en', 'zh'] as const)
      test(`fits into ${width} × ${height} in ${language}, nothing cut off, nothing sideways`, async () => {
        await page.setViewportSize({ width, height });
        for (const { name, open } of PAGES) {
          await show(open, language);
          expect(await misfits(), name).toEqual([]);
        }
      });

  test('a small window’s panel lies over the text and the timeline', async () => {
    await page.setViewportSize({ width: 820, height: 600 });
    await show(review, 'en');
    await page.getByRole('button', { name: 'Show details' }).click();
    const close = page.getByRole('button', { name: 'Close details' });
    await close.waitFor();
    const covered = await page.locator('.panel').evaluate((panel) => {
      const { left, right, top, bottom } = panel.getBoundingClientRect();
      const over = (x: number, y: number) => panel.contains(document.elementFromPoint(x, y));
      const places = Array.from({ length: 20 }, (_, step) => top + ((step + 0.5) / 20) * (bottom - top));
      return places.filter((y) => !over((left + right) / 2, y)).length;
    });
    expect(covered).toBe(0);
    await close.click();
    await close.waitFor({ state: 'hidden' });
  });

  test('stands still where less motion is wanted', async () => {
    await page.setViewportSize({ width: 1024, height: 700 });
    const moving = () =>
      page.evaluate(() =>
        [...document.querySelectorAll('*')].flatMap((element) => {
          const { transitionDuration, animationName } = getComputedStyle(element);
          const moves =
            transitionDuration.split(', ').some((time) => time !== '0s') || animationName !== 'none';
          return moves ? [`${element.tagName}.${element.className}`] : [];
        }),
      );
    await show(review, 'en');
    expect((await moving()).length).toBeGreaterThan(0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    for (const { name, open } of PAGES) {
      await show(open, 'en');
      expect(await moving(), name).toEqual([]);
    }
    await page.emulateMedia({ reducedMotion: null });
  });

  test('has text of 7 to 1 and lines of 4.5 to 1 where more contrast is wanted, light and dark', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, contrast: 'more' });
      await show(async () => {}, 'en');
      const colours = await page.evaluate(() => {
        const style = getComputedStyle(document.documentElement);
        const names = [
          'page',
          'surface',
          'sunken',
          'ink',
          'ink-soft',
          'accent',
          'danger',
          'line',
          'line-strong',
          'warn-wash',
          'warn-ink',
        ];
        return Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
      });
      const ratio = (one: string, other: string) => contrast(colours[one]!, colours[other]!);
      for (const ink of ['ink', 'ink-soft', 'accent', 'danger'])
        for (const paper of ['page', 'surface', 'sunken'])
          expect(ratio(ink, paper), `${colorScheme}: ${ink} on ${paper}`).toBeGreaterThanOrEqual(7);
      expect(ratio('warn-ink', 'warn-wash'), colorScheme).toBeGreaterThanOrEqual(7);
      for (const line of ['line', 'line-strong'])
        for (const paper of ['page', 'surface'])
          expect(ratio(line, paper), `${colorScheme}: ${line} on ${paper}`).toBeGreaterThanOrEqual(4.5);
    }
    await page.emulateMedia({ colorScheme: 'light', contrast: null });
  });
});

/** Contrast of two colours `#rrggbb` or `#rgb` as WCAG 2 defines it. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string) => {
    const hex = colour.length === 4 ? colour.replace(/[^#]/g, '$&$&') : colour;
    const [red, green, blue] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
  };
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}
