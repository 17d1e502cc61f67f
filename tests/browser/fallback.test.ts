import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, missing, ROOT } from '../runtime.ts';
import { type Loopback, startLoopback } from './loopback.ts';

const FIXTURES = join(ROOT, 'tests', 'fixtures', 'window');
const NO_CHROMIUM = missing({ Chromium: chromiumPath() });
const JOB_MS = 90_000;

describe.skipIf(NO_CHROMIUM)('the interface in a browser', () => {
  let loopback: Loopback;
  let browser: Browser;
  let page: Page;
  const requests: string[] = [];
  beforeAll(async () => {
    loopback = await startLoopback();
    browser = await chromium.launch({
      executablePath: chromiumPath()!,
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--no-first-run',
      ],
    });
    page = await browser.newPage({ acceptDownloads: true });
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(loopback.address);
    await page.getByRole('heading', { name: 'Drop recordings here' }).waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await loopback?.close();
  });

  test('npm start says in a sentence why it opens a browser, and the token leaves the address bar', () => {
    expect(loopback.said).toMatch(/^There is no screen for a window, so Sotto opens in your browser/);
    expect(page.url()).not.toContain('#');
  });

  test('a dropped recording becomes a redacted document in the downloads', async () => {
    await dropFile(page, 'call.m4a', await readFile(join(FIXTURES, 'call.m4a')), 'audio/mp4');
    await page.getByRole('button', { name: 'Review call.m4a' }).click({ timeout: JOB_MS });
    const transcript = page.getByRole('group', { name: /^Transcript/ });
    await transcript.getByRole('button', { name: /^PERSON_1, Person, masked/ }).waitFor();
    await transcript.getByText('Please', { exact: true }).click();
    await page.getByRole('button', { name: 'Pause' }).click();

    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Word', exact: true }).uncheck();
    await page.getByRole('checkbox', { name: 'Text', exact: true }).check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export redacted' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('call.redacted.txt');
    const text = await readFile(await download.path(), 'utf8');
    expect(text).toContain('[PERSON_1]');
    expect(text).not.toMatch(/sarah|connor/i);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
  });

  test('audio with bleeps is written from the recording that only the page can read', async () => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Word', exact: true }).uncheck();
    await page.getByRole('checkbox', { name: /^Audio with bleeps/ }).check();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export redacted' }).click(),
    ]);
    const wav = await readFile(await download.path());
    // The recording is 6.4 s long; an encoder adds some silence at its ends.
    const bytesPerSecond = wav.readUInt32LE(wav.indexOf('fmt ') + 16);
    const seconds = (wav.length - wav.indexOf('data') - 8) / bytesPerSecond;
    expect(seconds).toBeGreaterThan(6.3);
    expect(seconds).toBeLessThan(6.6);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await page.getByRole('button', { name: 'Recordings' }).click();
  });

  test('a WAV chosen in the browser’s dialog is transcribed, and what is no recording fails with a sentence', async () => {
    await page.getByTestId('files').setInputFiles([
      { name: 'broken.ogg', mimeType: 'audio/ogg', buffer: Buffer.alloc(5000, 'no recording ') },
      { name: 'call.wav', mimeType: 'audio/wav', buffer: await readFile(join(FIXTURES, 'call.wav')) },
    ]);
    const broken = page.getByRole('listitem', { name: 'broken.ogg', exact: true });
    await broken.getByText(/^broken\.ogg cannot be decoded, .*\.$/).waitFor({ timeout: JOB_MS });
    const wav = page.getByRole('listitem', { name: 'call.wav', exact: true });
    await wav.getByText(/spans? masked/).waitFor({ timeout: JOB_MS });
  });

  test('a recording that was waiting when the page was reloaded asks to be added again', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Try again: broken.ogg' }).click();
    await page.getByText(/^broken\.ogg can no longer be read; add it again/).waitFor();
  });

  test('the page asked for nothing but its own host', () => {
    const { origin } = new URL(loopback.address);
    const elsewhere = requests.filter((url) => !url.startsWith(origin) && !url.startsWith(`blob:${origin}`));
    expect(requests.length).toBeGreaterThan(5);
    expect(elsewhere).toEqual([]);
  });

  test('an address with a wrong token shows nothing but how to open it', async () => {
    const other = await browser.newContext();
    const stranger = await other.newPage();
    await stranger.goto(`${new URL(loopback.address).origin}/#${'0'.repeat(32)}`);
    await stranger.getByRole('heading', { name: 'This address is incomplete' }).waitFor();
    await other.close();
  });
});

/** Drops a file on the page as a DataTransfer, which in a browser has no path. */
async function dropFile(page: Page, name: string, bytes: Buffer, type: string): Promise<void> {
  await page.evaluate(
    ({ base64, ...file }) => {
      const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], file.name, { type: file.type }));
      for (const kind of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(
          new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
    },
    { name, type, base64: bytes.toString('base64') },
  );
}
