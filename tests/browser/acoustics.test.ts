import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Transcript } from '../../core/transcript/schema.ts';
import type { AppState, CallInput, HeadAttention, Job } from '../../electron/contract.ts';
import { chromiumPath, missing } from '../runtime.ts';
import { transcriptOf, withEntity } from '../unit/transcript/sample.ts';
import { type Loopback, startLoopback } from './loopback.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });

/** Sixty segments of 8 words, ten minutes in all, with noise in the segments from 20 to 29. */
function noisyTranscript(): Transcript {
  const sentence = 'I asked Sarah Connor about it last Monday';
  const transcript = withEntity(transcriptOf(...Array<string>(60).fill(sentence)), 2, 3);
  for (const [index, segment] of transcript.segments.entries()) {
    const noise = index >= 20 && index < 30 ? 0.8 : 0.02;
    const weights = { spectral: 0.55 - noise / 4, temporal: 0.35, noise: 0.1 + noise / 4 };
    const from = Math.floor(segment.start);
    const seconds = Math.ceil(segment.end) - from;
    segment.acoustics = { weights, from, noise: Array<number>(seconds).fill(noise) };
  }
  return transcript;
}

const job: Job = {
  id: 'a'.repeat(32),
  name: 'call.m4a',
  folder: '',
  state: 'done',
  progress: null,
  error: null,
  warnings: [],
  summary: { duration: 600, words: 480, language: 'en', masked: 60 },
  media: null,
  added: 0,
  recorded: false,
};

/** A diagonal: every moment listens to itself. */
function attentionOf(input: CallInput<'headAttention'>): HeadAttention {
  const shades = Buffer.alloc(100 * 100, 0);
  for (let i = 0; i < 100; i++) shades[i * 101] = 255;
  return {
    groups: [
      ['spectral', 'temporal', 'noise'],
      ['spectral', 'temporal'],
    ],
    seconds: input.end - input.start,
    distance: 1 + input.head + 10 * input.layer,
    size: 100,
    shades: shades.toString('base64'),
  };
}

type Reply = { ok: true; value: unknown } | { ok: false; failure: { code: string; message: string } };

// The interface over the real host, in whose answers stands what a tri-head pack would have heard.
describe.skipIf(NO_CHROMIUM)('a transcript of a tri-head pack', () => {
  let loopback: Loopback;
  let browser: Browser;
  let page: Page;
  let transcript = noisyTranscript();
  const asked: CallInput<'headAttention'>[] = [];
  let attention: (input: CallInput<'headAttention'>) => Reply;

  beforeAll(async () => {
    loopback = await startLoopback();
    browser = await chromium.launch({
      executablePath: chromiumPath()!,
      args: ['--no-sandbox', '--disable-background-networking', '--no-first-run'],
    });
    page = await browser.newPage({ viewport: { width: 1280, height: 820 } });
    await page.route('**/rpc/state', async (route) => {
      const response = await route.fetch();
      const reply = (await response.json()) as { value: AppState };
      reply.value.jobs = [job];
      await route.fulfill({ response, json: reply });
    });
    await page.route('**/rpc/openTranscript', (route) =>
      route.fulfill({ json: { ok: true, value: transcript } }),
    );
    await page.route('**/rpc/headAttention', (route) => {
      const input = route.request().postDataJSON() as CallInput<'headAttention'>;
      asked.push(input);
      return route.fulfill({ json: attention(input) });
    });
    await page.goto(loopback.address);
    await review();
  });
  afterAll(async () => {
    await browser?.close();
    await loopback?.close();
  });

  async function review(): Promise<void> {
    await page.getByRole('button', { name: 'Review call.m4a' }).click();
    await page.getByRole('group', { name: /^Transcript/ }).waitFor();
  }
  const dialog = () => page.getByRole('dialog', { name: 'Attention of the encoder' });
  const lookAtFirstWord = async () => {
    // Only paragraphs in view have elements.
    await page.locator('.review-text').evaluate((text) => text.scrollTo(0, 0));
    await page.locator('[data-segment="s1"]').getByText('asked', { exact: true }).click();
    await page.getByRole('button', { name: 'Attention…' }).click();
  };

  test('says where the noise is and goes there', async () => {
    const note = page.getByRole('note').getByText(/^Much background noise from \d:\d\d to \d:\d\d; check/);
    await note.waitFor();
    const [, start] = /from (\d:\d\d)/.exec((await note.textContent())!)!;
    // Segments are 5.8 s apart: the 21st begins at 1:56, and smoothing takes up to 5 s.
    expect([
      '1:51',
      '1:52',
      '1:53',
      '1:54',
      '1:55',
      '1:56',
      '1:57',
      '1:58',
      '1:59',
      '2:00',
      '2:01',
    ]).toContain(start);
    await page.getByRole('button', { name: 'Go there' }).click();
    await expect
      .poll(() =>
        page
          .getByRole('button', { name: /1:5[56]$/ })
          .first()
          .isVisible(),
      )
      .toBe(true);
  });

  test('draws noise and weights with a sentence that says the same', async () => {
    const plot = page.getByRole('img', {
      name: /^Background noise takes 1[0-9] % of the sound of the words/,
    });
    const name = await plot.getAttribute('aria-labelledby');
    const sentence = await page.locator(`[id="${name}"]`).textContent();
    expect(sentence).toMatch(/weigh 5[0-9] % spectral, 35 % temporal and 1[0-9] % noise on average\.$/);
    for (const band of ['share', 'spectral', 'temporal', 'noise'])
      expect(await plot.locator(`path[data-band="${band}"]`).getAttribute('d')).toMatch(/^M[\d.]+ [\d.]+V/);
  });

  test('shows the attention of a chosen head over a segment, and Escape closes it', async () => {
    attention = (input) => ({ ok: true, value: attentionOf(input) });
    await lookAtFirstWord();
    await dialog().getByText('Looks 1.00 s away on average.').waitFor();
    const [segment] = transcript.segments;
    expect(asked[0]).toEqual({ job: job.id, start: segment!.start, end: segment!.end, layer: 0, head: 0 });
    await dialog().getByRole('radio', { name: 'Noise head 3' }).check({ force: true });
    await dialog().getByText('Looks 3.00 s away on average.').waitFor();
    // The second layer has no third head.
    await dialog().getByRole('combobox', { name: 'Layer' }).selectOption('2');
    await dialog().getByText('Looks 12.00 s away on average.').waitFor();
    const picture = dialog().getByRole('img');
    expect(await picture.getAttribute('aria-label')).toMatch(/^Attention of temporal head 2 in layer 2 over/);
    const colours = await picture.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(Array.from({ length: data.length / 4 }, (_, i) => data.slice(i * 4, i * 4 + 3).join()))
        .size;
    });
    expect(colours).toBeGreaterThan(3);
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog().count()).toBe(0);
  });

  test('says in a sentence why there is nothing to look at', async () => {
    const message = 'The model pack "x" that made this transcript is no longer installed; transcribe again.';
    attention = () => ({ ok: false, failure: { code: 'not-found', message } });
    await lookAtFirstWord();
    await dialog().getByText(message).waitFor();
    await dialog().getByRole('button', { name: 'Close' }).click();
  });

  test('has neither sentence nor strip where the pack does not tell the noise', async () => {
    transcript = transcriptOf('I asked Sarah Connor about it');
    await page.getByRole('button', { name: 'Recordings' }).click();
    await review();
    expect(await page.getByRole('note').count()).toBe(0);
    expect(await page.getByRole('img', { name: /^Background noise/ }).count()).toBe(0);
  });
});
