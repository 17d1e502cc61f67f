import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../runtime.ts';
import { NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

describe.skipIf(NO_WINDOW)('reviewing a transcript', () => {
  let window: OpenWindow;
  let transcript: Locator;
  beforeAll(async () => {
    window = await openWindow();
    const path = join(window.folder, 'call.m4a');
    await copyFile(join(ROOT, 'tests', 'fixtures', 'window', 'call.m4a'), path);
    await window.drop(path);
    await window.review('call.m4a');
    transcript = window.page.getByRole('group', { name: /^Transcript/ });
  });
  afterAll(() => window?.close());

  const chip = (name: RegExp) => transcript.getByRole('button', { name });

  test('a click on a masked span shows the original and why it is masked, another hides it', async () => {
    const { page } = window;
    expect(await transcript.textContent()).not.toMatch(/Sarah/);
    await chip(/^PERSON_1, Person, masked/).click();
    expect(await transcript.textContent()).toMatch(/Sarah Conn[eo]r/);
    const details = page.getByRole('region', { name: 'Selected span' });
    await details.getByText('By the learned redactor').waitFor();
    await details.getByText('Masked, not yet reviewed').waitFor();
    await chip(/^PERSON_1, original shown/).click();
    expect(await transcript.textContent()).not.toMatch(/Sarah/);
  });

  test('the selection and the whole text are copied, masked', async () => {
    const { page, app } = window;
    const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
    await chip(/^PERSON_1, Person, masked/).click();
    await page.keyboard.press('Control+c');
    await expect.poll(copied).toMatch(/^\[PERSON_1\][.,]?$/);
    await page.keyboard.press('Control+e');
    await page.getByRole('button', { name: 'Copy as text' }).click();
    await page.getByText(/^The redacted text is on the clipboard/).waitFor();
    expect(await copied()).toMatch(/\[PERSON_1\].*\[PHONE_1\]/s);
    expect(await copied()).not.toMatch(/Sarah/);
    await page.keyboard.press('Escape');
    await chip(/^PERSON_1, original shown/).click();
  });

  test('a rejected span is readable, and undo and redo follow', async () => {
    const { page } = window;
    await chip(/^PERSON_1, Person, masked/).click();
    await page.getByRole('button', { name: 'Do not mask' }).click();
    expect(await chip(/^PERSON_1/).count()).toBe(0);
    expect(await transcript.textContent()).toMatch(/Sarah Conn[eo]r/);
    await page.getByRole('button', { name: 'Undo' }).click();
    await chip(/^PERSON_1/).waitFor();
    await page.keyboard.press('Control+Shift+Z');
    await expect.poll(() => chip(/^PERSON_1/).count()).toBe(0);
    await page.keyboard.press('Control+Z');
    await chip(/^PERSON_1, original shown/).click();
    await chip(/^PERSON_1, Person, masked/).waitFor();
  });

  test('the policy masks again at once', async () => {
    const { page } = window;
    await chip(/^PHONE_1, Phone, masked/).waitFor();
    const choose = async (policy: RegExp) => {
      await page.getByRole('button', { name: /^Mask / }).click();
      await page.getByRole('radio', { name: policy }).check();
      await page.getByRole('button', { name: 'Apply' }).click();
    };
    await choose(/^Names only/);
    expect(await chip(/^PHONE_1/).count()).toBe(0);
    expect(await chip(/^PERSON_1/).count()).toBe(1);
    await choose(/^Standard/);
    await chip(/^PHONE_1, Phone, masked/).waitFor();
  });

  test('a click on a word plays it from its time and marks it', async () => {
    const { page } = window;
    const word = transcript.getByText('Please', { exact: true });
    await word.click();
    await page.getByRole('button', { name: 'Pause' }).waitFor();
    const heardAt = await page
      .getByRole('region', { name: 'Player' })
      .locator('audio')
      .evaluate((audio: HTMLAudioElement) => audio.currentTime);
    // The first sentence ends at 1.35 s, the second begins at 1.92 s (silencedetect of ffmpeg).
    expect(heardAt).toBeGreaterThan(1.35);
    await page.locator('.word[data-playing], .chip[data-playing]').first().waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  });

  test('words are masked by hand with the keyboard alone', async () => {
    const { page } = window;
    await transcript.getByText('name', { exact: true }).click();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.keyboard.press('Tab');
    await transcript.focus();
    await page.keyboard.press('Shift+ArrowRight');
    const details = page.getByRole('region', { name: 'Selected words' });
    await details.getByRole('heading', { name: 'name is' }).waitFor();
    await details.getByLabel('Mask as').selectOption('ORG');
    const mask = details.getByRole('button', { name: 'Mask these 2 words' });
    await mask.focus();
    await page.keyboard.press('Enter');
    await chip(/^ORG_1, Organisation, masked/).waitFor();
    expect(await transcript.textContent()).toMatch(/^.*My ORG_1 PERSON_1/);
  });

  test('edits are still there after going back to the queue', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Recordings' }).click();
    await window.review('call.m4a');
    await chip(/^ORG_1, Organisation, masked/).waitFor();
  });
});
