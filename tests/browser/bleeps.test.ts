import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, missing } from '../runtime.ts';
import { meetingOf } from './meetingTranscript.ts';
import { jobId, jobOf, openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });

describe.skipIf(NO_CHROMIUM)('hearing the bleeps before an export', () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await openStub({
      state: {
        jobs: [
          jobOf(1, {
            name: 'meeting.wav',
            state: 'done',
            summary: { duration: 39, words: 80, language: 'en', masked: 5 },
            media: '/fixtures/window/call.wav',
          }),
        ],
      },
      transcripts: { [jobId(1)]: meetingOf(39) },
    });
    await stub.page.getByRole('button', { name: 'Review meeting.wav' }).click();
    await stub.page.locator('.transcript').waitFor();
  });
  afterAll(() => stub?.close());

  test('plays around each masked stretch with the recording silenced inside it, and alone', async () => {
    const { page } = stub;
    await page.getByRole('button', { name: 'Play', exact: true }).click();
    await page.keyboard.press('Control+e');
    const dialog = page.getByRole('dialog', { name: 'Export' });
    await dialog.getByRole('checkbox', { name: /^Audio with bleeps/ }).check();
    await dialog.getByText('5 stretches will be bleeped').waitFor();
    await dialog.getByRole('button', { name: 'Hear the bleeps' }).click();
    await dialog.getByText('Bleep 1 of 5, at 0:01').waitFor();
    // "Sarah Connor" lies from 1.8 to 2.48 s; a quarter of a second around it is replaced, too.
    const heard = await dialog.locator('audio').evaluate(
      (audio: HTMLAudioElement) =>
        new Promise<{ time: number; muted: boolean }[]>((resolve) => {
          const moments: { time: number; muted: boolean }[] = [];
          const look = () => {
            moments.push({ time: audio.currentTime, muted: audio.muted });
            if (audio.currentTime > 3.1) resolve(moments);
            else requestAnimationFrame(look);
          };
          look();
        }),
    );
    const inside = heard.filter(({ time }) => time > 1.6 && time < 2.65);
    const outside = heard.filter(({ time }) => time < 1.4 || time > 2.85);
    expect(inside.length).toBeGreaterThan(5);
    expect(inside.filter(({ muted }) => !muted)).toEqual([]);
    expect(outside.filter(({ muted }) => muted)).toEqual([]);
    // The player under the dialog was playing, and made room.
    expect(await page.locator('.player audio').evaluate((audio: HTMLAudioElement) => audio.paused)).toBe(
      true,
    );
    await dialog.getByRole('button', { name: 'Next bleep' }).click();
    await dialog.getByText('Bleep 2 of 5, at 0:06').waitFor();
  });
});
