import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildTalk, type Talk } from '../recordings/talk.ts';
import { writeWav } from '../recordings/wavWriter.ts';
import { chromiumPath, missing } from '../runtime.ts';
import { type Loopback, startLoopback } from './loopback.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });
const JOB_MS = 120_000;
/** Seconds that are recorded. */
const RECORDED = 14;

const wordsOf = (text: string) => text.toLowerCase().match(/[a-z']+/g) ?? [];

// A microphone of Chromium's own, into which a recording of a person reading a book is played again and again.
describe.skipIf(NO_CHROMIUM)('recording from the microphone', () => {
  let folder: string;
  let talk: Talk;
  let loopback: Loopback;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-microphone-'));
    talk = await buildTalk(20);
    await writeWav(join(folder, 'talk.wav'), talk.samples);
    loopback = await startLoopback();
    browser = await chromium.launch({
      executablePath: chromiumPath()!,
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--no-first-run',
        '--use-fake-device-for-media-stream',
        `--use-file-for-fake-audio-capture=${join(folder, 'talk.wav')}`,
      ],
    });
    context = await browser.newContext({ acceptDownloads: true });
    page = await context.newPage();
    await page.goto(loopback.address);
  });
  afterAll(async () => {
    await browser?.close();
    await loopback?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const clock = async () => {
    const [, minutes, seconds] = /(\d+):(\d+)/.exec((await page.locator('.record-clock').textContent())!)!;
    return 60 * Number(minutes) + Number(seconds);
  };

  test('says what to do where the microphone is not allowed, and goes on when it is', async () => {
    await page.getByRole('button', { name: 'Record', exact: true }).click();
    await page.getByRole('heading', { name: 'Sotto may not use the microphone' }).waitFor();
    await page.getByText(/address bar/).waitFor();
    await context.grantPermissions(['microphone'], { origin: new URL(loopback.address).origin });
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(/^Ready\./).waitFor();
  });

  test('shows the level, records, pauses, and captions what is said', async () => {
    const meter = page.getByRole('meter', { name: 'Loudness' });
    await expect
      .poll(async () => Number(await meter.getAttribute('aria-valuenow')), { timeout: 20_000 })
      .toBeGreaterThan(20);
    await page.getByRole('button', { name: 'Start recording' }).click();
    await expect.poll(clock, { timeout: 30_000 }).toBeGreaterThanOrEqual(3);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('Paused', { exact: true }).waitFor();
    const paused = await clock();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(await clock()).toBe(paused);
    await page.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(clock, { timeout: 60_000 }).toBeGreaterThanOrEqual(RECORDED);
    const captions = page.getByRole('log', { name: 'Live captions, masked' });
    const shown = async () => wordsOf((await captions.locator('p:not(.muted)').allTextContents()).join(' '));
    // The first words are cut off where the recording began; by then more was understood.
    await expect.poll(async () => (await shown()).length, { timeout: 60_000 }).toBeGreaterThan(12);
    const said = new Set(wordsOf(talk.text));
    const words = await shown();
    expect(words.filter((word) => said.has(word)).length).toBeGreaterThan(words.length / 2);
  });

  test('becomes a transcript like any other, that can be heard', async () => {
    await page.getByRole('button', { name: 'Stop and transcribe' }).click();
    await page.getByRole('button', { name: /^Review Recording \d{4}-/ }).click({ timeout: JOB_MS });
    const transcript = page.getByRole('group', { name: /^Transcript/ });
    await transcript.waitFor();
    const said = new Set(wordsOf(talk.text));
    const heard = wordsOf((await transcript.locator('.word').allTextContents()).join(' '));
    expect(heard.length).toBeGreaterThan(15);
    expect(heard.filter((word) => said.has(word)).length / heard.length).toBeGreaterThan(0.8);
    const duration = () =>
      page.locator('.player audio').evaluate((audio: HTMLAudioElement) => audio.duration);
    await expect.poll(duration, { timeout: 20_000 }).toBeGreaterThanOrEqual(RECORDED);
    await page.getByText('Drawing the waveform…').waitFor({ state: 'detached' });
  });

  test('is written in clear only when it is asked for', async () => {
    await page.getByRole('button', { name: 'Recordings' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: /^Save the sound of Recording/ }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^Recording .*\.wav$/);
    const wav = await readFile(await download.path());
    expect(wav.toString('latin1', 0, 4)).toBe('RIFF');
    expect(wav.length).toBeGreaterThan(RECORDED * 48_000 * 2);
  });
});
