import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, missing } from '../runtime.ts';
import { meetingOf } from './meetingTranscript.ts';
import { jobId, jobOf, openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });
/** Where "Sarah Connor" is said first: the sixth and seventh word of 0.36 s each. */
const NAME = { start: 5 * 0.36 };
const DURATION = 39;

describe.skipIf(NO_CHROMIUM)('the timeline of a review', () => {
  let stub: Stub;
  const refused: string[] = [];
  beforeAll(async () => {
    stub = await openStub({
      state: {
        jobs: [
          jobOf(1, {
            name: 'meeting.wav',
            state: 'done',
            summary: { duration: DURATION, words: 80, language: 'en', masked: 5 },
            media: '/fixtures/window/call.wav',
          }),
        ],
      },
      transcripts: { [jobId(1)]: meetingOf(DURATION) },
    });
    stub.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
    await stub.page.getByRole('button', { name: 'Review meeting.wav' }).click();
    await stub.page.locator('.transcript').waitFor();
    await stub.page.getByText('Drawing the waveform…').waitFor({ state: 'detached' });
  });
  afterAll(() => stub?.close());

  const slider = () => stub.page.getByRole('slider', { name: /^Waveform/ });
  const seconds = async () => Number(await slider().getAttribute('aria-valuenow'));
  /** A place on the lanes: `share` of their width, `y` pixels from their top. */
  async function placeOf(share: number, y: number) {
    const box = (await slider().boundingBox())!;
    return { x: box.x + share * box.width, y: box.y + y };
  }
  async function clickAt(share: number, y: number): Promise<void> {
    const { x, y: top } = await placeOf(share, y);
    await stub.page.mouse.click(x, top);
  }

  test('draws the wave, with its own style sheet and nothing refused', async () => {
    const shapes = await slider().evaluate((lanes) => {
      const shadow = lanes.querySelector('.timeline-wave > div')!.shadowRoot!;
      const canvas = shadow.querySelector('canvas')!;
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      const columns = Array.from(
        { length: canvas.width },
        (_, x) =>
          Array.from({ length: canvas.height }, (_, y) => data[(y * canvas.width + x) * 4 + 3]!).filter(
            Boolean,
          ).length,
      );
      return { styled: getComputedStyle(canvas).position, heights: new Set(columns).size };
    });
    expect(shapes.styled).toBe('absolute');
    // A flat line has one height besides the gaps.
    expect(shapes.heights).toBeGreaterThan(8);
    expect(refused).toEqual([]);
  });

  test('a click seeks, and on a masked region selects its span', async () => {
    const { page } = stub;
    await clickAt((NAME.start + 0.2) / DURATION, 40);
    await page.locator('.panel-alias', { hasText: 'PERSON_1' }).waitFor();
    await expect.poll(seconds).toBe(Math.round(NAME.start + 0.2));
    await page.keyboard.press('Escape');
    // Beside it the wave is a place in time alone.
    await clickAt(0.8 / DURATION, 40);
    await expect.poll(seconds).toBe(1);
    expect(await page.locator('.panel-alias').count()).toBe(0);
  });

  test('brackets go from masked region to masked region, arrows along the recording', async () => {
    const { page } = stub;
    await slider().focus();
    await page.keyboard.press('Home');
    await expect.poll(seconds).toBe(0);
    await page.keyboard.press(']');
    await expect.poll(() => slider().getAttribute('aria-valuetext')).toBe('0:01 of 0:39 · PERSON_1');
    await page.locator('.panel-alias', { hasText: 'PERSON_1' }).waitFor();
    await slider().focus();
    await page.keyboard.press('ArrowRight');
    await expect.poll(seconds).toBe(Math.round(NAME.start + 1));
    await page.keyboard.press('Escape');
  });

  test('a loop is dragged with Shift, and its edge can be moved', async () => {
    const { page } = stub;
    const [from, to, further] = [
      await placeOf(1 / DURATION, 40),
      await placeOf(3 / DURATION, 40),
      await placeOf(4 / DURATION, 40),
    ];
    await page.keyboard.down('Shift');
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up('Shift');
    const toggle = page.getByRole('button', { name: 'Loop', exact: true });
    await expect.poll(() => toggle.getAttribute('aria-pressed')).toBe('true');
    await page.mouse.move(to.x, to.y);
    await expect.poll(() => slider().getAttribute('data-gripping')).toBe('true');
    await page.mouse.down();
    await page.mouse.move(further.x, further.y, { steps: 4 });
    await page.mouse.up();
    await page.mouse.move(further.x, further.y - 2);
    await expect.poll(() => slider().getAttribute('data-gripping')).toBe('true');
    await toggle.click();
    await page.getByRole('button', { name: 'Pause' }).click();
  });

  test('zooming keeps the playhead in its place and gives a bar to pan with', async () => {
    const { page } = stub;
    await slider().focus();
    await page.keyboard.press('Home');
    expect(await page.getByRole('scrollbar', { name: 'Part of the recording in view' }).count()).toBe(0);
    for (let step = 0; step < 3; step++) await page.getByRole('button', { name: 'Zoom in' }).click();
    const bar = page.getByRole('scrollbar', { name: 'Part of the recording in view' });
    await bar.waitFor();
    // Three steps: an eighth of the recording is in view, so the name lies eight times as far to the right.
    await clickAt((8 * (NAME.start + 0.2)) / DURATION, 40);
    await page.locator('.panel-alias', { hasText: 'PERSON_1' }).waitFor();
    await page.keyboard.press('Escape');
    await bar.evaluate((element) => {
      element.scrollLeft = element.scrollWidth;
    });
    await expect.poll(async () => Number(await bar.getAttribute('aria-valuenow'))).toBeGreaterThan(30);
    await page.getByRole('button', { name: 'Show the whole recording' }).click();
    await bar.waitFor({ state: 'detached' });
  });
});
