import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../runtime.ts';
import { JOB_MS, NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

describe.skipIf(NO_WINDOW)('a person who starts Sotto for the first time', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openWindow({
      first: true,
      args: [
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${join(ROOT, 'tests', 'fixtures', 'window', 'call.wav')}`,
      ],
    });
  });
  afterAll(() => window?.close());

  test('tries it with the sample, in which names are masked', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByRole('button', { name: 'Try it with a sample' }).click();
    await page.getByRole('button', { name: 'Review Sample recording.opus' }).click({ timeout: 2 * JOB_MS });
    const transcript = page.getByRole('group', { name: /^Transcript/ });
    await transcript
      .getByRole('button', { name: /^PERSON_\d+, Person, masked/ })
      .first()
      .waitFor();
    const text = await transcript.textContent();
    expect(text).toMatch(/Giltspur|October|costs/);
    await page.getByRole('button', { name: 'Recordings' }).click();
  });

  test('records from the microphone, which this page alone may use', async () => {
    const { page } = window;
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByText(/^Ready\./).waitFor();
    await page.getByRole('button', { name: 'Start recording' }).click();
    await page.getByText('0:06', { exact: true }).waitFor({ timeout: 30_000 });
    await page.getByRole('button', { name: 'Stop and transcribe' }).click();
    await page.getByRole('button', { name: /^Review Recording/ }).click({ timeout: JOB_MS });
    await page.getByRole('group', { name: /^Transcript/ }).waitFor();
    const duration = () =>
      page.locator('.player audio').evaluate((audio: HTMLAudioElement) => audio.duration);
    await expect.poll(duration, { timeout: 20_000 }).toBeGreaterThanOrEqual(5.9);
    const camera = await page.evaluate(() =>
      navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        (error: DOMException) => error.name,
      ),
    );
    expect(camera).toBe('NotAllowedError');
  });
});
