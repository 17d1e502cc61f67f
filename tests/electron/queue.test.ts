import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SAMPLE_RATE } from '../../core/audio/source.ts';
import { devUtterances, samplesOf } from '../recordings/corpus.ts';
import { writeWav } from '../recordings/wavWriter.ts';
import { ROOT } from '../runtime.ts';
import { JOB_MS, NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

/** Recording time of the meeting, in seconds: long enough for several batches of the recogniser. */
const MEETING_SECONDS = 150;

describe.skipIf(NO_WINDOW)('the queue', () => {
  let window: OpenWindow;
  let meeting: string;
  beforeAll(async () => {
    window = await openWindow();
    meeting = join(window.folder, 'meeting.wav');
    await writeWav(meeting, await readMeeting());
    await chooseTiny(window);
  });
  afterAll(() => window?.close());

  test('a recording that runs is cancelled within a second and can be tried again', async () => {
    await window.drop(meeting);
    const job = window.job('meeting.wav');
    await job.getByText(/^Listening/).waitFor({ timeout: JOB_MS });
    await job.getByRole('progressbar').waitFor();
    await job.getByRole('button', { name: 'Cancel meeting.wav' }).click();
    await job.getByText('Cancelled', { exact: true }).waitFor({ timeout: 1000 });
    await job.getByRole('button', { name: 'Try again: meeting.wav' }).click();
    await job.getByText(/^(Getting ready|Opening|Listening)/).waitFor();
    await job.getByRole('button', { name: 'Cancel meeting.wav' }).click();
    await job.getByText('Cancelled', { exact: true }).waitFor({ timeout: 1000 });
    await job.getByRole('button', { name: 'Remove meeting.wav from the list' }).click();
  });

  test('when the engine is killed the job goes on in a new one from what was finished, and the next job runs', async () => {
    const { app, page } = window;
    await window.drop(meeting);
    await window.drop(join(ROOT, 'tests', 'fixtures', 'window', 'call.wav'));
    const job = window.job('meeting.wav');
    await job.getByText(/about .* left$/).waitFor({ timeout: JOB_MS });
    const first = await engineProcess();
    process.kill(first, 'SIGKILL');
    await expect.poll(engineProcess, { timeout: 10_000 }).not.toBe(first);
    await job.getByText(/spans? masked/).waitFor({ timeout: JOB_MS });
    await window
      .job('call.wav')
      .getByText(/spans? masked/)
      .waitFor({ timeout: JOB_MS });

    await window.review('meeting.wav');
    const times = await paragraphTimes(page);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(times).size).toBe(times.length);
    expect(times[times.length - 1]).toBeGreaterThan(MEETING_SECONDS - 40);

    async function engineProcess(): Promise<number> {
      const metrics = await app.evaluate(({ app: electron }) => electron.getAppMetrics());
      return metrics.find(({ name }) => name === 'Sotto engine')?.pid ?? 0;
    }
  });
});

/** When each paragraph of the open transcript begins, in the order they stand in: only those in view have elements. */
async function paragraphTimes(page: Page): Promise<number[]> {
  const inView = () =>
    page
      .locator('[data-time]')
      .evaluateAll((all) => all.map((element) => Number((element as HTMLElement).dataset.time)));
  await page.locator('[data-time]').first().waitFor();
  const times = await inView();
  for (;;) {
    await page.locator('[data-time]').last().hover();
    await page.mouse.wheel(0, 300);
    await page.waitForTimeout(150);
    const shown = await inView();
    const known = shown.indexOf(times[times.length - 1]!);
    const added = shown.slice(known + 1);
    if (added.length === 0) return times;
    times.push(...added);
  }
}

/** Real read speech, one utterance after another. */
async function readMeeting(): Promise<Float32Array> {
  // An utterance is 12 s on average; what is too much is cut off below.
  const pieces = await samplesOf((await devUtterances('librispeech')).slice(0, MEETING_SECONDS / 4));
  const meeting = new Float32Array(MEETING_SECONDS * SAMPLE_RATE);
  let at = 0;
  for (const piece of pieces) {
    const rest = piece.subarray(0, meeting.length - at);
    meeting.set(rest, at);
    at += rest.length;
  }
  return meeting;
}

/** The smaller model, as a person chooses it. */
async function chooseTiny({ page }: OpenWindow): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('combobox', { name: 'Model' }).selectOption('tiny');
  await page.getByRole('button', { name: 'Done' }).click();
}
