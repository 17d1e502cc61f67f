import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../runtime.ts';
import { JOB_MS, NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

/** The same utterance in every container and codec, audio and video; see tests/fixtures/audio/README.md. */
const RECORDINGS = [
  'speech.flac',
  'speech.m4a',
  'speech.mp3',
  'speech.ogg',
  'speech.opus',
  'speech.webm',
  'uncompressed.mov',
  'video.mov',
  'video.mp4',
  'video.webm',
];

describe.skipIf(NO_WINDOW)('recordings that the browser engine decodes', () => {
  let window: OpenWindow;
  const read: string[] = [];
  beforeAll(async () => {
    window = await openWindow();
    window.page.on('requestfinished', (request) => read.push(request.url()));
    await window.page.getByRole('button', { name: 'Settings' }).click();
    await window.page.getByRole('combobox', { name: 'Model' }).selectOption('tiny');
    await window.page.getByRole('button', { name: 'Done' }).click();
  });
  afterAll(() => window?.close());

  test('say the same in every format', async () => {
    await window.drop(...RECORDINGS.map((name) => join(ROOT, 'tests', 'fixtures', 'audio', name)));
    const texts = new Map<string, string>();
    for (const name of RECORDINGS) {
      await window
        .job(name)
        .getByText(/spans? masked/)
        .waitFor({ timeout: JOB_MS });
      await window.review(name);
      const words = await window.page.locator('.word').allTextContents();
      texts.set(name, words.join(' ').toLowerCase());
      await window.page.getByRole('button', { name: 'Recordings' }).click();
    }
    // FLAC is lossless, so it is what was said as the model hears it.
    const said = texts.get('speech.flac')!;
    expect(said.split(' ').length).toBeGreaterThan(5);
    for (const [name, text] of texts) expect(text, name).toBe(said);
    expect(new Set(read.filter((url) => url.includes('/media/'))).size).toBe(RECORDINGS.length);
  });

  test('a track that begins late keeps its times', async () => {
    const { page } = window;
    await window.drop(join(ROOT, 'tests', 'fixtures', 'audio', 'late-sound.webm'));
    await window
      .job('late-sound.webm')
      .getByText(/spans? masked/)
      .waitFor({ timeout: JOB_MS });
    await window.review('late-sound.webm');
    await page.locator('.word').first().click();
    await page.getByRole('button', { name: 'Pause' }).click();
    const late = await page
      .getByRole('region', { name: 'Player' })
      .locator('audio')
      .evaluate((audio: HTMLAudioElement) => audio.currentTime);
    // The sound begins at 1 s; without its gap the first word would begin at 0.
    expect(late).toBeGreaterThan(0.6);
  });

  test('a video without sound fails with a sentence', async () => {
    await window.page.getByRole('button', { name: 'Recordings' }).click();
    await window.drop(join(ROOT, 'tests', 'fixtures', 'audio', 'silent-video.mp4'));
    await window
      .job('silent-video.mp4')
      .getByText(/has no sound track/)
      .waitFor({ timeout: JOB_MS });
  });
});
