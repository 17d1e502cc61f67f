import { copyFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../runtime.ts';
import { answerSaveDialogs, JOB_MS, NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

const NAME = 'Gespräch 通话.wav';
/** More tab stops than any page here has. */
const MOST_STOPS = 80;

describe.skipIf(NO_WINDOW)('with the keyboard alone', () => {
  let window: OpenWindow;
  let page: Page;
  beforeAll(async () => {
    window = await openWindow();
    page = window.page;
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(globalThis, { heard });
      for (const type of ['pointerdown', 'mousedown', 'mousemove', 'wheel', 'touchstart'])
        globalThis.addEventListener(type, () => heard.push(type), true);
    });
  });
  afterAll(() => window?.close());

  /** Presses Tab until a control of this role and name has the focus, and that can be seen. */
  async function tabTo(role: 'button' | 'checkbox' | 'group', name: string | RegExp): Promise<void> {
    const wanted = page.getByRole(role, { name, exact: true });
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      await page.keyboard.press('Tab');
      const reached = await wanted.evaluateAll((all) => all.includes(document.activeElement as HTMLElement));
      if (!reached) continue;
      expect(await page.evaluate(() => document.activeElement!.matches(':focus-visible'))).toBe(true);
      return;
    }
    throw new Error(`Tab never came to ${role} ${name}.`);
  }

  test('a recording is chosen, reviewed span by span and exported', async () => {
    const recording = join(window.folder, NAME);
    await copyFile(join(ROOT, 'tests', 'fixtures', 'window', 'call.wav'), recording);
    await answerSaveDialogs(window.app, recording);
    await tabTo('button', 'Choose files');
    await page.keyboard.press('Enter');

    const review = window.job(NAME).getByRole('button', { name: `Review ${NAME}` });
    await review.waitFor({ timeout: JOB_MS });
    await tabTo('button', `Review ${NAME}`);
    await page.keyboard.press('Enter');
    const transcript = page.getByRole('group', { name: /^Transcript/ });
    await transcript.waitFor();
    await tabTo('group', /^Transcript/);

    const left = page.getByRole('heading', { name: /^To review/ });
    await left.getByText('2 left').waitFor();
    await page.keyboard.press('q');
    await page.getByRole('region', { name: 'Selected span' }).waitFor();
    // The most doubtful first: which of the two it is does not matter here, one is accepted, one rejected.
    await page.keyboard.press('a');
    await left.getByText('1 left').waitFor();
    await page.keyboard.press('v');
    await transcript.getByRole('button', { name: /original shown/ }).waitFor();
    await page.keyboard.press('x');
    await left.getByText('nothing left').waitFor();
    expect(await transcript.getByRole('button', { name: /, masked$/ }).count()).toBe(1);

    const target = join(window.folder, 'reviewed.txt');
    await answerSaveDialogs(window.app, target);
    await page.keyboard.press('Control+e');
    await page.getByRole('dialog').waitFor();
    await tabTo('checkbox', 'Text');
    await page.keyboard.press('Space');
    await tabTo('checkbox', 'Word');
    await page.keyboard.press('Space');
    await tabTo('button', 'Export redacted');
    await page.keyboard.press('Enter');
    await page.getByText(/^Written to the folder/).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });

    const text = await readFile(target, 'utf8');
    expect(text).toMatch(/\[(PERSON|PHONE)_1\]/);
    // What was accepted is masked, what was rejected can be read: one of the two, never both or none.
    expect([/sarah/i.test(text), /213/.test(text)].filter(Boolean)).toHaveLength(1);

    await tabTo('button', 'Recordings');
    await page.keyboard.press('Enter');
    await review.waitFor();
    await expect
      .poll(() => window.job(NAME).evaluate((item) => item.contains(document.activeElement)))
      .toBe(true);
    expect(await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)).toEqual([]);
  });
});
