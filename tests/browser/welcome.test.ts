import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../../electron/contract.ts';
import { chromiumPath, missing } from '../runtime.ts';
import { jobId, openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });
const FIRST = { ...DEFAULT_SETTINGS, interfaceLanguage: 'en' as const };

describe.skipIf(NO_CHROMIUM)('the first start', () => {
  let stub: Stub;
  beforeEach(async () => {
    stub = await openStub({ state: { settings: FIRST } });
  });
  afterEach(() => stub?.close());

  test('explains itself in three screens, and runs the sample with one click', async () => {
    const { page } = stub;
    await page.getByRole('heading', { name: 'Recordings become text, on this computer' }).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('heading', { name: 'Names and numbers are masked' }).waitFor();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByText(/LJ Speech, public domain/).waitFor();
    await page.getByRole('button', { name: 'Try it with a sample' }).click();
    await page.getByRole('heading', { name: 'Drop recordings here' }).waitFor();
    await expect
      .poll(async () => (await stub.asked()).map(({ name }) => name))
      .toEqual(['addSample', 'changeSettings']);
    expect((await stub.asked())[1]!.input).toEqual({ ...FIRST, welcomed: true });
  });

  test('can be skipped, does not come back by itself, and is found again on the first page', async () => {
    const { page } = stub;
    await page.getByRole('button', { name: 'Skip' }).click();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { name: 'Drop recordings here' }).waitFor();
    await page.getByRole('button', { name: 'How Sotto works' }).click();
    await page.getByRole('heading', { name: 'Recordings become text, on this computer' }).waitFor();
  });
});

describe.skipIf(NO_CHROMIUM)('recordings that were cut off', () => {
  test('are offered on the first page, and become jobs or are deleted, which is asked for', async () => {
    const found = [1, 2].map((number) => ({
      job: jobId(number),
      seconds: 754,
      begun: Date.UTC(2026, 2, number, 14),
    }));
    const stub = await openStub({ state: { foundRecordings: found } });
    try {
      const { page } = stub;
      await page.getByRole('heading', { name: '2 recordings were cut off' }).waitFor();
      await page
        .getByText(/· 12:34$/)
        .first()
        .waitFor();
      await page
        .getByRole('button', { name: /^Transcribe Recording/ })
        .first()
        .click();
      await page.getByRole('button', { name: /^Delete Recording/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('heading', { name: /cut off/ }).waitFor({ state: 'detached' });
      const asked = (await stub.asked()).map(({ input }) => input as { job: string; keep: boolean });
      expect(asked.map(({ job, keep }) => ({ job, keep }))).toEqual([
        { job: jobId(1), keep: true },
        { job: jobId(2), keep: false },
      ]);
    } finally {
      await stub.close();
    }
  });
});
