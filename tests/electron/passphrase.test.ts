import { copyFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Transcript } from '../../core/transcript/schema.ts';
import type { Bridge } from '../../electron/channels.ts';
import { ROOT } from '../runtime.ts';
import { marked, transcriptOf } from '../unit/redaction/transcript.ts';
import { JOB_MS, NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

const PASSPHRASE = 'correct horse battery';
/** Of people in the transcripts, the case and the list. */
const NAMES = /Connor|Reese|Dyson|Skynet/i;

describe.skipIf(NO_WINDOW)('a passphrase', () => {
  let folder: string;
  let data: string;
  let window: OpenWindow;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto пароль '));
    data = join(folder, 'data');
    for (const name of ['first.wav', 'second.wav', 'third.wav'])
      await copyFile(join(ROOT, 'tests', 'fixtures', 'window', 'call.wav'), join(folder, name));
  });
  afterEach(() => window?.close());
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const done = (name: string) =>
    window
      .job(name)
      .getByRole('button', { name: `Review ${name}` })
      .waitFor({ timeout: JOB_MS });
  const back = () => window.page.getByRole('button', { name: 'Recordings' }).click();
  const cases = () => window.page.getByRole('region', { name: 'Case' });
  /** The aliases in the text, in its order. */
  const aliases = () =>
    window.page
      .getByRole('group', { name: /^Transcript/ })
      .getByRole('button', { name: /^PERSON_/ })
      .evaluateAll((chips) => chips.map((chip) => /PERSON_\d+/.exec(chip.textContent ?? '')?.[0]));

  test(
    'is set, and opens transcripts, cases and lists in the next run, and nothing else does',
    async () => {
      window = await openWindow({ data });
      const { page } = window;
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByRole('button', { name: 'Set a passphrase' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
      await dialog.getByLabel('The same again').fill(PASSPHRASE);
      await dialog.getByRole('button', { name: 'Set a passphrase' }).click();
      await page.getByText(/the key opens only with your passphrase/).waitFor();
      await page.getByLabel('Always mask').fill('Miles Dyson');
      await page.getByRole('button', { name: 'Done' }).click();

      await window.drop(join(folder, 'first.wav'), join(folder, 'second.wav'));
      for (const name of ['first.wav', 'second.wav']) await done(name);
      await say(window, 'first.wav', marked(transcriptOf(['I am Sarah Connor']), 'PERSON', 'Sarah Connor'));
      const met = marked(transcriptOf(['Kyle Reese met Sarah Connor']), 'PERSON', 'Kyle Reese');
      await say(window, 'second.wav', marked(met, 'PERSON', 'Sarah Connor'));

      await window.review('first.wav');
      await cases().getByRole('combobox').selectOption({ label: 'New case…' });
      await cases().getByLabel('Name of the case').fill('Skynet');
      await cases().getByRole('button', { name: 'Create' }).click();
      await cases().getByText('1 recording').waitFor();
      expect(await aliases()).toEqual(['PERSON_1']);
      await back();
      await window.review('second.wav');
      expect(await aliases()).toEqual(['PERSON_1', 'PERSON_2']);
      await cases().getByRole('combobox').selectOption({ label: 'Skynet' });
      await cases().getByText('2 recordings').waitFor();
      await expect.poll(aliases).toEqual(['PERSON_2', 'PERSON_1']);
      await back();
      await window.close();
      expect(await readable(data)).not.toMatch(NAMES);

      window = await openWindow({ data, first: true });
      const { page: later, app } = window;
      await later.getByRole('heading', { name: 'Your transcripts are locked' }).waitFor();
      // A recording that is opened with Sotto meanwhile, as a second start of it tells.
      await app.evaluate(
        ({ app: electron }, argv) => void electron.emit('second-instance', {}, argv, '/'),
        ['electron', ROOT, join(folder, 'third.wav')],
      );
      await later.getByLabel('Passphrase').fill('another staple');
      await later.keyboard.press('Enter');
      await later
        .getByText('That is another passphrase; check it and try again.')
        .waitFor({ timeout: JOB_MS });
      expect(await later.getByRole('button', { name: 'Settings' }).count()).toBe(0);
      await later.getByLabel('Passphrase').fill(PASSPHRASE);
      await later.keyboard.press('Enter');
      await done('third.wav');
      await window.review('second.wav');
      expect(await aliases()).toEqual(['PERSON_2', 'PERSON_1']);
      await cases().getByText('2 recordings').waitFor();
      await later.getByRole('button', { name: 'Recordings' }).click();
      await later.getByRole('button', { name: 'Settings' }).click();
      expect(await later.getByLabel('Always mask').inputValue()).toBe('Miles Dyson');
    },
    5 * JOB_MS,
  );
});

/** Puts what is said in the place of a finished transcript, as an edit would. */
async function say({ page }: OpenWindow, name: string, transcript: Transcript): Promise<void> {
  await page.evaluate(
    async ([called, said]) => {
      type Reply = { ok: boolean; value: { jobs: { id: string; name: string }[] } };
      const { sotto } = window as unknown as { sotto: Bridge };
      const { value } = (await sotto.call('state', {})) as Reply;
      const job = value.jobs.find((one) => one.name === called)!.id;
      const reply = (await sotto.call('saveTranscript', { job, transcript: said })) as Reply;
      if (!reply.ok) throw new Error('not saved');
    },
    [name, transcript] as const,
  );
}

/** All that lies in a folder and below, as text. */
async function readable(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const texts = entries.map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return readable(path);
    return entry.isFile() ? readFile(path, 'latin1') : '';
  });
  return (await Promise.all(texts)).join('\n');
}
