import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { violations } from '../../core/transcript/invariants.ts';
import type { Transcript } from '../../core/transcript/schema.ts';
import { chromiumPath, missing } from '../runtime.ts';
import { meetingOf } from './meetingTranscript.ts';
import { jobId, jobOf, openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });
/** Six sentences, each a paragraph; see `meetingTranscript.ts`. */
const meeting = meetingOf(39);

describe.skipIf(NO_CHROMIUM)('a transcript as a document', () => {
  let stub: Stub;
  let page: Page;
  let transcript: Locator;
  beforeAll(async () => {
    stub = await openStub({
      state: {
        jobs: [jobOf(1, { name: 'meeting.wav', state: 'done', media: '/fixtures/window/call.wav' })],
      },
      transcripts: { [jobId(1)]: meeting },
    });
    page = stub.page;
    transcript = page.getByRole('group', { name: /^Transcript/ });
  });
  afterAll(() => stub?.close());
  beforeEach(async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Review meeting.wav' }).click();
    await transcript.waitFor();
  });

  const paragraph = (place: number) =>
    transcript.locator(`[data-segment="s${place}"] :is(p, .paragraph-editor)`);
  const word = (text: string) => transcript.locator('.word').getByText(text, { exact: true }).first();
  /** Selects a word without going on playing. */
  const choose = async (text: string) => {
    await word(text).click();
    await page.evaluate(() => document.querySelector('audio')!.pause());
  };
  const keys = async (...pressed: string[]) => {
    for (const key of pressed) await page.keyboard.press(key);
  };
  /** Something of the document as the host has it after the edits so far. */
  const saved = (of: (kept: Transcript) => unknown) =>
    expect.poll(async () => {
      const kept = await stub.saved();
      expect(violations(kept)).toEqual([]);
      return of(kept);
    });
  const textOf = ({ segments }: Transcript) =>
    segments.flatMap(({ words }) => words.map(({ text }) => text)).join(' ');

  test('a word is retyped in place, keeps its time, and undo and redo follow without limit', async () => {
    await choose('contract.');
    await keys('F2');
    await page.keyboard.type('agreement.');
    await keys('Escape');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/about the new agreement\.$/);
    const before = meeting.segments[0]!.words.at(-1)!;
    await saved(({ segments }) => segments[0]!.words.at(-1)!).toEqual({
      ...before,
      text: 'agreement.',
      confidence: null,
    });
    for (const name of ['one', 'two', 'three']) {
      await keys('e');
      await page.keyboard.type(name);
      await keys('Escape');
    }
    await keys('Control+z', 'Control+z', 'Control+z', 'Control+z');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/new contract\.$/);
    await keys('Control+Shift+Z', 'Control+y', 'Control+y', 'Control+y');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/new three$/);
  });

  test('a name that is typed is found and masked', async () => {
    await choose('contract.');
    await keys('F2');
    await page.keyboard.type('Venkataraman.');
    await keys('Escape');
    // It is searched when the person pauses.
    await expect
      .poll(() => paragraph(1).textContent(), { timeout: 10_000 })
      .toMatch(/about the new PERSON_\d\.$/);
    await saved(({ entities }) => entities.at(-1)).toMatchObject({ detector: 'head', decision: 'pending' });
    // The mark belongs to the typing: what is undone and done again is masked at once.
    await choose('calling');
    await keys('e');
    await page.keyboard.type('phoning');
    await keys('Escape', 'Control+z');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/calling about the new PERSON_\d\.$/);
    await keys('Control+z');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/about the new contract\.$/);
    await keys('Control+y');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/about the new PERSON_\d\.$/);
  });

  test('a name that was typed a moment ago is searched before it is copied', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await choose('contract.');
    await keys('F2');
    await page.keyboard.type('Venkataraman.');
    await keys('Escape', 'Control+c');
    await expect
      .poll(() => page.evaluate(() => navigator.clipboard.readText()))
      .toMatch(/^\[PERSON_\d\]\.?$/);
  });

  test('a name that was typed a moment ago is searched before a preview is made of it', async () => {
    await choose('contract.');
    await keys('F2');
    await page.keyboard.type('Venkataraman.');
    await keys('Escape', 'Control+e');
    await page.getByText('Good morning, my name is [PERSON_1].').waitFor();
    const names = (await stub.asked()).map(({ name }) => name);
    expect(names.indexOf('searchEdited')).toBeGreaterThan(names.lastIndexOf('saveTranscript'));
    expect(names.indexOf('previewExport')).toBeGreaterThan(names.indexOf('searchEdited'));
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await paragraph(1).textContent()).toMatch(/about the new PERSON_\d\.$/);
  });

  test('typing beside a masked span keeps it masked; deleting it takes it away', async () => {
    await choose('name');
    await keys('e', 'Control+End');
    await page.keyboard.type(' today');
    await keys('Escape');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/PERSON_1 and I am .* today$/);
    await saved(({ entities }) => entities.length).toBe(meeting.entities.length);
    await choose('calling');
    await keys('e', 'Control+Home');
    for (let step = 0; step < 'Good morning, my name is '.length; step++) await keys('ArrowRight');
    await keys('Delete', 'Escape');
    await expect.poll(() => paragraph(1).textContent()).not.toMatch(/PERSON_1/);
    await saved((kept) => textOf({ ...kept, segments: kept.segments.slice(0, 1) })).not.toMatch(
      /Sarah|Connor/,
    );
  });

  test('the same correction is offered for every other place, and done in one step', async () => {
    await choose('Conor');
    await keys('e');
    await page.keyboard.type('invoice');
    await keys('Escape');
    await page.getByText('“Conor” stands').waitFor({ state: 'detached' });
    await keys('Control+z');
    await choose('the');
    await keys('e');
    await page.keyboard.type('our');
    await keys('Escape');
    const offer = page.getByRole('status').filter({ hasText: '“the” stands in 5 other places.' });
    await offer.getByRole('button', { name: 'Put “our” there, too' }).click();
    await saved(textOf).not.toMatch(/\bthe\b/i);
    await saved((kept) => textOf(kept).match(/\bour\b/g)?.length).toBe(6);
    await keys('Control+z', 'Control+z');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/about the new contract/);
  });

  test('find and replace goes from place to place and replaces one or all', async () => {
    await keys('Control+f');
    await page.keyboard.type('sarah');
    const bar = page.getByRole('search', { name: 'Find and replace' });
    await bar.getByText('1 of 2').waitFor();
    expect(await transcript.textContent()).not.toMatch(/Sarah/);
    await keys('Enter');
    await bar.getByText('2 of 2').waitFor();
    await bar.getByLabel('Find', { exact: true }).fill('number');
    await bar.getByText('1 of 1').waitFor();
    await bar.getByLabel('Replace with').fill('address');
    await bar.getByRole('button', { name: 'Replace', exact: true }).click();
    await expect.poll(() => paragraph(2).textContent()).toMatch(/tell me the address where/);
    await bar.getByLabel('Find', { exact: true }).fill('he');
    await bar.getByLabel('Whole words').check();
    await bar.getByLabel('Replace with').fill('she');
    await bar.getByText('1 of 1').waitFor();
    await bar.getByRole('button', { name: 'Replace all' }).click();
    await expect.poll(() => paragraph(5).textContent()).toMatch(/and she says that it/);
    await keys('Escape');
    await bar.waitFor({ state: 'detached' });
  });

  test('Enter splits a paragraph while typing, Backspace at its beginning joins it again', async () => {
    await choose('about');
    await keys('e', 'ArrowLeft', 'Enter');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/I am calling$/);
    await expect.poll(() => paragraph(7).textContent()).toBe('about the new contract.');
    await keys('Backspace');
    await expect.poll(() => transcript.locator('.paragraph-editor').textContent()).toMatch(/calling about/);
    await keys('Escape');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/calling about the new contract\.$/);
  });

  test('S splits before the selected word and Shift+S joins with the paragraph before', async () => {
    await choose('calling');
    await keys('s');
    await expect.poll(() => paragraph(7).textContent()).toBe('calling about the new contract.');
    await keys('Shift+S');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/contract\.$/);
    await saved(({ segments }) => segments.length).toBe(meeting.segments.length);
  });

  test('N walks the doubtful words, C confirms one and goes on', async () => {
    const panel = page.getByRole('complementary');
    await panel.getByText('4 doubtful words left').waitFor();
    const selected = page.getByRole('region', { name: 'Selected words' }).getByRole('heading');
    const walked: (string | null)[] = [];
    for (const key of ['n', 'c', 'n', 'n']) {
      await keys(key);
      walked.push(await selected.textContent());
    }
    expect(walked).toEqual(['reach', 'Conor', 'invoice', 'lighthouse.']);
    await panel.getByText('3 doubtful words left').waitFor();
    await keys('Shift+N');
    await expect.poll(() => selected.textContent()).toBe('invoice');
  });

  test('speakers are added by their number, renamed once everywhere and merged', async () => {
    await choose('calling');
    await keys('1');
    await choose('could');
    await keys('2');
    await choose('Yes,');
    await keys('1');
    await page.getByLabel('Name of Speaker 1').fill('Anna');
    await keys('Enter');
    const speakers = () =>
      transcript
        .locator('.segment-speaker')
        .evaluateAll((all) => all.map((one) => (one as HTMLSelectElement).selectedOptions[0]!.text));
    await expect.poll(speakers).toEqual(['Anna', 'Speaker 2', 'Anna', 'Unknown', 'Unknown', 'Unknown']);
    await page.getByLabel('Merge Speaker 2 into').selectOption({ label: 'Anna' });
    await expect.poll(speakers).toEqual(['Anna', 'Anna', 'Anna', 'Unknown', 'Unknown', 'Unknown']);
    await saved(({ speakers: kept }) => kept).toEqual([{ id: 'p1', name: 'Anna' }]);
    await page.getByLabel('Speaker of the paragraph at 0:19').selectOption({ label: 'Anna' });
    await expect.poll(speakers).toEqual(['Anna', 'Anna', 'Anna', 'Anna', 'Unknown', 'Unknown']);
  });

  test('marked words that another speaker said become a paragraph of their own', async () => {
    await choose('calling');
    await keys('Shift+ArrowRight', '1');
    await expect.poll(() => paragraph(7).textContent()).toBe('calling about');
    await expect.poll(() => paragraph(8).textContent()).toBe('the new contract.');
  });

  test('speed, loop, skipping and following are turned by keys and shown', async () => {
    const speed = page.getByLabel('Speed');
    await choose('my');
    await keys('+', '+');
    await expect.poll(() => speed.inputValue()).toBe('1.25');
    for (let step = 0; step < 12; step++) await keys('-');
    await expect.poll(() => speed.inputValue()).toBe('0.5');
    await speed.selectOption('3');
    const audio = page.getByRole('region', { name: 'Player' }).locator('audio');
    expect(await audio.evaluate((one: HTMLAudioElement) => [one.playbackRate, one.preservesPitch])).toEqual([
      3,
      true,
    ]);
    await keys('o');
    await page.getByRole('button', { name: 'Loop', pressed: true }).waitFor();
    const { start, end } = meeting.segments[0]!.words[2]!;
    const places = await audio.evaluate(async (one: HTMLAudioElement) => {
      const heard: number[] = [];
      let rounds = 0;
      one.addEventListener('seeked', () => rounds++);
      while (rounds < 3) {
        await new Promise(requestAnimationFrame);
        heard.push(one.currentTime);
      }
      return heard;
    });
    expect(Math.min(...places)).toBeGreaterThanOrEqual(start - 0.01);
    // A frame or two late at three times the speed.
    expect(Math.max(...places)).toBeLessThan(end + 0.5);
    await keys('o', 'k');
    await page.getByRole('button', { name: 'Loop', pressed: false }).waitFor();
    await keys('i');
    await page.getByRole('button', { name: 'Skip silence', pressed: true }).waitFor();
    await keys('f');
    await page.getByRole('button', { name: 'Follow', pressed: false }).waitFor();
    await keys('t');
    await page.getByRole('button', { name: 'Follow', pressed: true }).waitFor();
  });

  test('masked stretches are muted while bleeps are heard', async () => {
    await choose('my');
    await keys('b');
    const { start } = meeting.segments[0]!.words.find(({ text }) => text === 'Sarah')!;
    const muted = await page
      .getByRole('region', { name: 'Player' })
      .locator('audio')
      .evaluate(async (one: HTMLAudioElement, from) => {
        const seen: { time: number; muted: boolean }[] = [];
        one.playbackRate = 1;
        one.currentTime = from - 1.5;
        await one.play();
        while (one.currentTime < from + 0.5) {
          await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          seen.push({ time: one.currentTime, muted: one.muted });
        }
        one.pause();
        return seen;
      }, start);
    // The exported audio is replaced from 250 ms before the span.
    expect(
      muted.filter(({ time }) => time > start - 0.25 && time < start + 0.6).every((at) => at.muted),
    ).toBe(true);
    expect(muted.some(({ time, muted: off }) => time < start - 0.5 && !off)).toBe(true);
    await expect
      .poll(() =>
        page
          .getByRole('region', { name: 'Player' })
          .locator('audio')
          .evaluate((one: HTMLAudioElement) => one.muted),
      )
      .toBe(false);
  });

  test('a sheet shows the keys, and letters alone can be turned off', async () => {
    await keys('?');
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await sheet.getByText('Split the paragraph before the word').waitFor();
    await sheet.getByLabel('Letters alone are shortcuts').uncheck();
    await keys('Escape');
    await sheet.waitFor({ state: 'detached' });
    expect((await stub.asked()).at(-1)).toMatchObject({
      name: 'changeSettings',
      input: { letterShortcuts: false },
    });
    await choose('calling');
    await keys('s');
    expect(await paragraph(7).count()).toBe(0);
    await keys('Alt+k');
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  test('a paragraph cannot be joined before the first, and Escape leaves the text as it was', async () => {
    await choose('morning,');
    await keys('Shift+S', 'e', 'Control+Home', 'Backspace', 'Escape');
    await expect.poll(() => paragraph(1).textContent()).toMatch(/^Good morning/);
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
  });
});

describe.skipIf(NO_CHROMIUM)('a transcript of four hours', () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await openStub({
      state: { jobs: [jobOf(1, { name: 'day.wav', state: 'done' })] },
      transcripts: { [jobId(1)]: meetingOf(4 * 3600) },
    });
    await stub.page.getByRole('button', { name: 'Review day.wav' }).click();
    await stub.page.getByRole('group', { name: /^Transcript/ }).waitFor();
  });
  afterAll(() => stub?.close());

  test('has elements for what is in view only, wherever it is scrolled', async () => {
    const { page } = stub;
    const scroller = page.locator('.review-text');
    for (const share of [0, 0.5, 1]) {
      await scroller.evaluate((one, part) => one.scrollTo(0, part * one.scrollHeight), share);
      await expect.poll(() => page.locator('.row').count()).toBeGreaterThan(5);
      expect(await page.locator('.row').count()).toBeLessThan(40);
    }
    await page.getByText('3:59:').first().waitFor();
  });

  test('goes to a place hours away by search, and says that it cannot be played here', async () => {
    const { page } = stub;
    await page.keyboard.press('Control+f');
    await page.keyboard.type('harbour street');
    const bar = page.getByRole('search', { name: 'Find and replace' });
    await bar.getByText('1 of 369').waitFor();
    await page.keyboard.press('Shift+Enter');
    await bar.getByText('369 of 369').waitFor();
    await page.locator('.chip[data-selected][data-found]').waitFor();
    await page.getByText('This recording cannot be played here').waitFor();
  });
});
