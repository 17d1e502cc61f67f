import { afterEach, describe, expect, test } from 'vitest';
import { chromiumPath, missing } from '../runtime.ts';
import { openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });

describe.skipIf(NO_CHROMIUM)('the place of the transcripts', () => {
  let stub: Stub;
  afterEach(() => stub?.close());

  test('is chosen in the settings and put back', async () => {
    stub = await openStub();
    const { page } = stub;
    await page.getByRole('button', { name: 'Settings' }).click();
    const storage = page.getByRole('region', { name: 'Storage' });
    await storage.getByText(/^Transcripts can be kept in a folder of your choice/).waitFor();
    expect(await storage.getByRole('button', { name: 'Put them back' }).count()).toBe(0);
    await storage.getByRole('button', { name: 'Keep transcripts elsewhere…' }).click();
    await storage.getByText('/media/me/Sotto transcripts').waitFor();
    await storage.getByRole('button', { name: 'Put them back' }).click();
    await storage.getByText('/media/me/Sotto transcripts').waitFor({ state: 'detached' });
    expect((await stub.asked()).filter(({ name }) => name === 'moveTranscripts')).toEqual([
      { name: 'moveTranscripts', input: { back: false } },
      { name: 'moveTranscripts', input: { back: true } },
    ]);
  });

  test('is named where its disk is elsewhere', async () => {
    stub = await openStub({
      state: { keepsTranscripts: false, missingFolder: '/media/me/Sotto transcripts' },
    });
    await stub.page
      .getByRole('alert')
      .getByText(/^The folder with your transcripts is not there: \/media\/me\/Sotto transcripts\./)
      .waitFor();
    expect(await stub.page.getByText(/no system keyring/).count()).toBe(0);
  });

  test('cannot be chosen in the browser, which keeps nothing; nor are lists of names kept there', async () => {
    stub = await openStub({
      state: { runtime: 'browser', keepsTranscripts: false, protection: 'none' },
    });
    const { page } = stub;
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByText(/there is no folder to choose/).waitFor();
    await page.getByText(/are forgotten when Sotto closes/).waitFor();
    expect(await page.getByRole('button', { name: 'Keep transcripts elsewhere…' }).count()).toBe(0);
  });
});
