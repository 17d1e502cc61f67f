import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

describe.skipIf(NO_CHROMIUM)('the home page', () => {
  let stub: Stub;
  let page: Page;
  beforeAll(async () => {
    stub = await openStub({
      state: {
        jobs: [
          jobOf(1, { name: 'old.wav', state: 'done', summary }),
          jobOf(2, { name: 'new.wav', state: 'done', summary }),
          jobOf(3, { name: 'now.wav', state: 'running', progress }),
          jobOf(4, { name: 'next.wav' }),
          jobOf(5, { name: 'last.wav' }),
          jobOf(6, { name: 'broken.mp3', state: 'failed', error: 'broken.mp3 is damaged.' }),
          jobOf(7, { name: 'stopped.mp3', state: 'cancelled' }),
        ],
      },
      transcripts: { [jobId(1)]: meetingOf(39), [jobId(2)]: meetingOf(13) },
    });
    page = stub.page;
  });
  afterAll(() => stub?.close());
  beforeEach(async () => {
    await page.reload();
    await page.getByRole('heading', { name: 'Transcripts' }).waitFor();
  });

  const names = () =>
    page
      .getByRole('region', { name: 'Transcripts' })
      .getByRole('listitem')
      .evaluateAll((all) => all.map((item) => item.getAttribute('aria-label')));

  test('shows what runs, waits, failed and was stopped, with the progress of one and of all', async () => {
    const item = (name: string) => page.getByRole('listitem', { name, exact: true });
    await item('now.wav')
      .getByText(/^Listening · 0:30 of 1:00 · .* elapsed · about 1\d s left$/)
      .waitFor();
    await item('next.wav').getByText('Waiting').waitFor();
    await item('broken.mp3').getByText('broken.mp3 is damaged.').waitFor();
    await item('stopped.mp3').getByText('Cancelled').waitFor();
    await page.getByText('0 of 3 recordings finished').waitFor();
    expect(
      await page.getByRole('progressbar', { name: 'Progress of all recordings' }).getAttribute('value'),
    ).toBe('0.5');
    await stub.tell({ type: 'job', job: jobOf(3, { name: 'now.wav', state: 'done', summary }) });
    await page.getByText('1 of 3 recordings finished').waitFor();
    expect(await names()).toEqual(['now.wav', 'new.wav', 'old.wav']);
  });

  test('asks the host to pause, to go on and to change the order', async () => {
    await page.getByRole('button', { name: 'Pause' }).click();
    await stub.tell({
      type: 'queue',
      paused: true,
      order: [1, 2, 3, 5, 4, 6, 7].map(jobId),
    });
    await page.getByText(/^Paused\./).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('button', { name: 'Sooner: next.wav' }).click();
    expect(await page.getByRole('button', { name: 'Sooner: last.wav' }).isDisabled()).toBe(true);
    expect((await stub.asked()).map(({ name, input }) => [name, input])).toEqual([
      ['pauseQueue', { paused: true }],
      ['pauseQueue', { paused: false }],
      ['moveJob', { job: jobId(4), step: -1 }],
    ]);
  });

  test('finds transcripts by name and by what is said, and opens them at the place', async () => {
    const search = page.getByRole('searchbox', { name: 'Search names and texts' });
    await search.fill('NEW');
    // "new contract" is said in both.
    await expect.poll(names).toEqual(['new.wav', 'old.wav']);
    await search.fill('lighthouse');
    await expect.poll(names).toEqual(['old.wav']);
    await page.getByRole('button', { name: 'Said in 1 place: show' }).click();
    await page.getByRole('search', { name: 'Find and replace' }).getByText('1 of 1').waitFor();
    await page.locator('.word[data-found]').getByText('lighthouse.').waitFor();
    await page.getByRole('button', { name: 'Recordings' }).click();
    await search.fill('never said');
    await page.getByText('No transcript is called or says “never said”.').waitFor();
  });

  test('deletes a transcript only after asking', async () => {
    await page.getByRole('button', { name: 'Delete the transcript of old.wav' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete this transcript?' });
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('button', { name: 'Delete the transcript of old.wav' }).click();
    await dialog.getByRole('button', { name: 'Delete transcript' }).click();
    await expect.poll(async () => (await stub.asked()).map(({ name }) => name)).toEqual(['removeJob']);
  });
});
