import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath, missing } from '../runtime.ts';
import { meetingOf } from './meetingTranscript.ts';
import { jobId, jobOf, openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });

describe.skipIf(NO_CHROMIUM)('reviewing what is masked', () => {
  let stub: Stub;
  let page: Page;
  let transcript: Locator;
  let details: Locator;
  beforeAll(async () => {
    stub = await openStub({
      state: { jobs: [jobOf(1, { name: 'meeting.wav', state: 'done', media: '/fixtures/window/call.wav' })] },
      // Twelve sentences: every name is said twice.
      transcripts: { [jobId(1)]: meetingOf(78) },
    });
    page = stub.page;
    transcript = page.getByRole('group', { name: /^Transcript/ });
    details = page.getByRole('region', { name: 'Selected span' });
  });
  afterAll(() => stub?.close());
  beforeEach(async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Review meeting.wav' }).click();
    await transcript.waitFor();
  });

  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const alias = () => details.getByRole('heading').textContent();
  const decisions = () =>
    expect.poll(async () => (await stub.saved()).entities.map(({ decision }) => decision[0]).join(''));

  test('what is copied has aliases, also where an original is shown', async () => {
    await page.context().grantPermissions(['clipboard-read']);
    await transcript
      .getByRole('button', { name: /^PERSON_1/ })
      .first()
      .click();
    await details.getByText('Sarah Connor').waitFor();
    await press('Control+c');
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toBe('[PERSON_1]');
    await press('ArrowLeft', 'Shift+ArrowRight', 'Shift+ArrowRight', 'Control+c');
    await expect.poll(copied).toBe('is [PERSON_1] and');
  });

  test('the keyboard alone goes through everything, the most doubtful first', async () => {
    const left = page.getByRole('region', { name: /^To review/ });
    await left.getByText('10 left').waitFor();
    await press('q');
    // The address has the lowest score of all rules: 0.6.
    await expect.poll(alias).toBe('ADDRESS_1');
    await details.getByText('number and street').waitFor();
    await details.getByText('0.60').waitFor();
    await press('a');
    await left.getByText('9 left').waitFor();
    await expect.poll(alias).toBe('ADDRESS_1');
    await press('x');
    await expect.poll(alias).toBe('PERSON_2');
    await expect.poll(() => transcript.textContent()).toMatch(/twelve Harbour Street,/);
    await press('Shift+A');
    await left.getByText('6 left').waitFor();
    await press('Control+z');
    await left.getByText('8 left').waitFor();
  });

  test('all that say the same are decided at once', async () => {
    await transcript
      .getByRole('button', { name: /^PHONE_1/ })
      .first()
      .click();
    await press('Shift+X');
    await expect.poll(() => transcript.getByRole('button', { name: /^PHONE_1/ }).count()).toBe(0);
    await decisions().toBe('pprpppprpp');
    await page.getByText('Found, but readable').click();
    await page.getByRole('button', { name: /^five five five oh one two three/ }).click();
    await details.getByText('Readable: you chose not to mask it').waitFor();
    await details.getByRole('button', { name: 'Mask all 2 alike again' }).click();
    await transcript
      .getByRole('button', { name: /^PHONE_1/ })
      .first()
      .waitFor();
  });

  test('one original is shown at a time', async () => {
    await transcript
      .getByRole('button', { name: /^PERSON_1/ })
      .first()
      .click();
    await expect.poll(() => transcript.textContent()).toMatch(/Sarah Connor/);
    await transcript
      .getByRole('button', { name: /^PHONE_1/ })
      .first()
      .click();
    await expect.poll(() => transcript.textContent()).toMatch(/five five five/);
    expect(await transcript.textContent()).not.toMatch(/Sarah Connor/);
    await press('v');
    await expect.poll(() => transcript.textContent()).not.toMatch(/five five five/);
  });

  test('a span grows and shrinks at both edges, by keys and buttons', async () => {
    await transcript
      .getByRole('button', { name: /^PERSON_2/ })
      .first()
      .click();
    await press('v', 'Control+Shift+ArrowLeft');
    await expect.poll(() => transcript.textContent()).toMatch(/spoken with PERSON_2 about/);
    await press('Shift+ArrowRight');
    await expect.poll(() => transcript.textContent()).toMatch(/spoken with PERSON_2 the dose/);
    await press('Shift+ArrowLeft', 'Control+Shift+ArrowRight');
    await expect.poll(() => transcript.textContent()).toMatch(/spoken with Doctor PERSON_2 about/);
    await details.getByRole('button', { name: 'Begin a word earlier' }).click();
    await expect.poll(() => transcript.textContent()).toMatch(/spoken with PERSON_2 about/);
    expect(await details.getByRole('button', { name: 'End a word earlier' }).isEnabled()).toBe(true);
  });

  test('the list groups values by kind with counts and goes from place to place', async () => {
    const kinds = page.locator('.kind > summary');
    await expect.poll(() => kinds.allTextContents()).toEqual(['Person6', 'Phone2', 'Address2']);
    const person = page.getByRole('button', { name: /^PERSON_1 4 places/ });
    await person.click();
    const first = await transcript.locator('.chip[data-selected]').getAttribute('data-entity');
    await person.click();
    await expect
      .poll(() => transcript.locator('.chip[data-selected]').getAttribute('data-entity'))
      .not.toBe(first);
    expect(await transcript.textContent()).not.toMatch(/Sarah/);
  });

  test('words marked with the mouse are masked by hand in one go', async () => {
    const from = (await transcript.getByText('new', { exact: true }).first().boundingBox())!;
    const to = (await transcript.getByText('contract.', { exact: true }).first().boundingBox())!;
    await page.mouse.move(from.x + 2, from.y + 8);
    await page.mouse.down();
    await page.mouse.move(to.x + to.width - 3, to.y + 8, { steps: 8 });
    await page.mouse.up();
    await page.getByRole('heading', { name: 'new contract.' }).waitFor();
    await press('m');
    await expect.poll(() => transcript.textContent()).toMatch(/calling about the PERSON_\d\./);
    await expect.poll(() => transcript.textContent()).not.toMatch(/new contract/);
  });
});
