import type { Locator, Page } from 'playwright-core';
import { afterEach, describe, expect, test } from 'vitest';
import { chromiumPath, missing } from '../runtime.ts';
import { openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });

describe.skipIf(NO_CHROMIUM)('a passphrase', () => {
  let stub: Stub;
  let page: Page;
  let dialog: Locator;
  afterEach(() => stub?.close());
  async function open(state: Parameters<typeof openStub>[0]) {
    stub = await openStub(state);
    page = stub.page;
    dialog = page.getByRole('dialog');
  }
  const asked = async () =>
    (await stub.asked()).filter(({ name }) => /^(unlock|protect|deleteEverything)$/.test(name));

  test('is asked for before anything is shown, and what it means to forget it is said', async () => {
    await open({ state: { protection: 'passphrase', locked: true } });
    await page.getByRole('heading', { name: 'Your transcripts are locked' }).waitFor();
    expect(await page.getByRole('button', { name: 'Settings' }).count()).toBe(0);
    await page.getByRole('button', { name: 'I forgot the passphrase' }).click();
    await page.getByText(/nobody can open these transcripts again/).waitFor();
    await page.getByLabel('Passphrase').fill('another horse');
    await page.keyboard.press('Enter');
    await page.getByText('That is another passphrase; check it and try again.').waitFor();
    await page.getByLabel('Passphrase').fill('correct horse');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Settings' }).waitFor();
    expect((await asked()).map(({ input }) => input)).toEqual([
      { passphrase: 'another horse' },
      { passphrase: 'correct horse' },
    ]);
  });

  test('that is forgotten leaves deleting everything', async () => {
    await open({ state: { protection: 'passphrase', locked: true } });
    await page.getByRole('button', { name: 'I forgot the passphrase' }).click();
    await page.getByRole('button', { name: 'Delete everything…' }).click();
    await dialog.getByRole('button', { name: 'Delete everything', exact: true }).click();
    await page.getByRole('button', { name: 'Settings' }).waitFor();
    expect((await asked()).map(({ name }) => name)).toEqual(['deleteEverything']);
  });

  test('is set, changed and removed in the settings', async () => {
    await open({ state: { protection: 'none', keepsTranscripts: false } });
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText(/no system keyring here/).waitFor();
    await page.getByRole('button', { name: 'Set a passphrase' }).click();
    await dialog.getByText(/lost for good/).waitFor();
    await dialog.getByLabel('Passphrase', { exact: true }).fill('correct horse');
    await dialog.getByLabel('The same again').fill('correct horse');
    await dialog.getByRole('button', { name: 'Set a passphrase' }).click();
    await page.getByText(/the key opens only with your passphrase/).waitFor();
    await page.getByRole('button', { name: 'Change the passphrase' }).click();
    await dialog.getByLabel('Current passphrase').fill('correct horse');
    await dialog.getByLabel('Passphrase', { exact: true }).fill('another staple');
    await dialog.getByLabel('The same again').fill('another staple');
    await page.keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Remove the passphrase' }).click();
    await dialog.getByText(/transcripts on the disk are deleted/).waitFor();
    await dialog.getByLabel('Current passphrase').fill('another staple');
    await dialog.getByRole('button', { name: 'Remove the passphrase' }).click();
    await page.getByRole('button', { name: 'Set a passphrase' }).waitFor();
    expect((await asked()).map(({ input }) => input)).toEqual([
      { current: null, next: 'correct horse' },
      { current: 'correct horse', next: 'another staple' },
      { current: 'another staple', next: null },
    ]);
  });
});
