import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { buildTalk } from '../recordings/talk.ts';
import { writeWav } from '../recordings/wavWriter.ts';
import { ROOT } from '../runtime.ts';
import { JOB_MS, NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

const FIXTURES = join(ROOT, 'tests', 'fixtures', 'window');
/** Long enough to be stopped while it is heard. */
const TALK_SECONDS = 45;
/** For several recordings one after another. */
const QUEUE_MS = 3 * JOB_MS;

describe.skipIf(NO_WINDOW)('recordings that wait', () => {
  let folder: string;
  let window: OpenWindow;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto очередь '));
    await writeWav(join(folder, 'talk.wav'), (await buildTalk(TALK_SECONDS)).samples);
    await copyFile(join(FIXTURES, 'call.wav'), join(folder, 'first.wav'));
    await copyFile(join(FIXTURES, 'call.mp3'), join(folder, 'second.mp3'));
  });
  afterEach(() => window?.close());
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const recording = (name: string) => join(folder, name);
  /** The names in the queue, in its order. */
  const queued = () =>
    window.page
      .getByRole('region', { name: 'Queue' })
      .getByRole('listitem')
      .evaluateAll((all) => all.map((item) => item.getAttribute('aria-label')));
  const done = (name: string) =>
    window
      .job(name)
      .getByRole('button', { name: `Review ${name}` })
      .waitFor({ timeout: QUEUE_MS });

  test(
    'are paused, put in another order, gone on with and told of at the end, the failed one, too',
    async () => {
      window = await openWindow();
      const { app, page } = window;
      await listenToNotifications(app);
      await writeFile(recording('broken.mp3'), 'no recording');
      await window.drop(recording('talk.wav'));
      const talk = window.job('talk.wav');
      await talk.getByText(/^Listening/).waitFor({ timeout: JOB_MS });
      await window.drop(recording('broken.mp3'), recording('first.wav'), recording('second.mp3'));
      await page.getByRole('button', { name: 'Pause', exact: true }).click();
      await talk.getByText(/^Waiting/).waitFor();
      await page.getByText(/^Paused\. What was heard so far is kept/).waitFor();
      await page.getByRole('button', { name: 'Sooner: second.mp3' }).click();
      await page.getByRole('button', { name: 'Later: broken.mp3' }).click();
      await expect.poll(queued).toEqual(['talk.wav', 'second.mp3', 'broken.mp3', 'first.wav']);
      expect(
        await page
          .getByRole('listitem')
          .filter({ hasText: /^Listening/ })
          .count(),
      ).toBe(0);

      await page.getByRole('button', { name: 'Go on' }).click();
      await done('first.wav');
      for (const name of ['talk.wav', 'second.mp3']) await done(name);
      await window
        .job('broken.mp3')
        .getByText(/broken\.mp3.*(cannot|damaged|not an audio)/)
        .waitFor();
      await expect
        .poll(() => notifications(app))
        .toEqual(['3 transcripts are ready to review. One recording failed.']);

      await copyFile(join(FIXTURES, 'call.mp3'), recording('broken.mp3'));
      await page.getByRole('button', { name: 'Try again: broken.mp3' }).click();
      await done('broken.mp3');
      await expect.poll(async () => (await notifications(app)).length).toBe(2);
    },
    QUEUE_MS,
  );

  test(
    'are there again after quitting and go on by themselves, as are finished transcripts',
    async () => {
      const data = join(folder, 'data');
      const args = ['-r', join(ROOT, 'tests', 'electron', 'keyring.cjs')];
      window = await openWindow({ data, args });
      await window.drop(recording('first.wav'));
      await done('first.wav');
      await window.drop(recording('talk.wav'), recording('second.mp3'));
      await window
        .job('talk.wav')
        .getByText(/^Listening/)
        .waitFor({ timeout: JOB_MS });
      await window.job('second.mp3').getByText('Waiting').waitFor();
      await window.close();

      window = await openWindow({ data, args });
      await done('first.wav');
      await done('second.mp3');
      await done('talk.wav');
      expect(await queued().catch(() => [])).toEqual([]);
      // What waited is not readable on the disk.
      const kept = await readFile(join(data, 'sotto', 'projects', 'waiting'));
      expect(kept.includes('second.mp3')).toBe(false);
    },
    QUEUE_MS,
  );
});

/** Keeps what would be shown, as if the person looked at another window. */
async function listenToNotifications(app: ElectronApplication): Promise<void> {
  await app.evaluate(({ BrowserWindow, Notification }) => {
    const shown: string[] = [];
    Object.assign(globalThis, { shown });
    Notification.isSupported = () => true;
    // `show` is each notification's own, so it is replaced when the app listens to one.
    const { on } = Notification.prototype;
    Notification.prototype.on = function listen(this: Electron.Notification, ...given: never) {
      this.show = () => shown.push(this.body);
      return (on as (...given: never) => Electron.Notification).apply(this, given);
    } as typeof on;
    BrowserWindow.prototype.isFocused = () => false;
  });
}

function notifications(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
}
