import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMap } from '../../core/export/aliasMap.ts';
import { reidentify } from '../../core/export/reidentify.ts';
import { ROOT } from '../runtime.ts';
import { answerSaveDialogs, JOB_MS, NO_WINDOW, type OpenWindow, openWindow } from './window.ts';

const FIXTURES = join(ROOT, 'tests', 'fixtures', 'window');

/** What is said in the call, as nobody may read it in a redacted file. */
const SECRETS = [/sarah/i, /connor/i, /213/, /3456/];

describe.skipIf(NO_WINDOW)('from a dropped recording to an exported document', () => {
  let window: OpenWindow;
  beforeAll(async () => {
    window = await openWindow();
  });
  afterAll(() => window?.close());

  /** A fixture under another name in the test's folder. */
  async function recording(fixture: string, name: string): Promise<string> {
    const path = join(window.folder, name);
    await mkdir(join(path, '..'), { recursive: true });
    await copyFile(join(FIXTURES, fixture), path);
    return path;
  }

  test('an MP3 that the browser engine decodes becomes a Word document without the names that were said', async () => {
    const { page, app, folder } = window;
    await window.drop(await recording('call.mp3', 'Gespräch 通话.mp3'));
    await window.review('Gespräch 通话.mp3');
    const transcript = page.getByRole('group', { name: /^Transcript/ });
    await expect(transcript.textContent()).resolves.toMatch(/My name is PERSON_1\./);

    const target = join(folder, 'out.docx');
    await answerSaveDialogs(app, target);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('button', { name: 'Export redacted' }).click();
    await page.getByText(/^Written to the folder .*out\.docx\.$/).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();

    const parts = unzipSync(new Uint8Array(await readFile(target)));
    const text = Object.values(parts)
      .map((part) => strFromU8(part))
      .join('\n');
    expect(text).toContain('[PERSON_1]');
    expect(text).toContain('[PHONE_1]');
    for (const secret of SECRETS) expect(text).not.toMatch(secret);
    await page.getByRole('button', { name: 'Recordings' }).click();
  });

  test('a WAV is exported to every format and as audio of the same length in which the name is not heard', async () => {
    const { page, app, folder } = window;
    const path = await recording('call.wav', 'call.wav');
    await window.drop(path);
    await window.review('call.wav');
    const out = join(folder, 'all formats');
    await mkdir(out);
    await answerSaveDialogs(app, out);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    // Who speaks cannot be chosen where nobody is known to.
    for (const box of await page.getByRole('dialog').getByRole('checkbox').all())
      if (await box.isEnabled()) await box.check();
    await page.getByLabel('Passphrase').fill('correct horse battery');
    await page.getByLabel('The same again').fill('correct horse battery');
    await page.getByRole('button', { name: 'Export redacted' }).click();
    await page.getByText(/^Written to the folder/).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();

    const formats = ['csv', 'docx', 'html', 'json', 'md', 'srt', 'txt', 'vtt', 'wav'];
    expect((await readdir(out)).sort()).toEqual([
      'call.audit.html',
      'call.audit.json',
      'call.map',
      ...formats.map((format) => `call.redacted.${format}`),
    ]);
    const sealed = await readFile(join(out, 'call.map'), 'utf8');
    const map = await openMap(sealed, 'correct horse battery', 'call.map');
    const back = reidentify(await readFile(join(out, 'call.redacted.txt')), map, 'call.redacted.txt');
    expect(back.text).toMatch(/Sarah Conn[eo]r.* 555.?213.?3456/);
    for (const report of ['call.audit.html', 'call.audit.json', 'call.map'])
      for (const secret of SECRETS)
        expect(await readFile(join(out, report), 'utf8'), report).not.toMatch(secret);
    for (const format of ['csv', 'html', 'json', 'md', 'srt', 'txt', 'vtt']) {
      const text = await readFile(join(out, `call.redacted.${format}`), 'utf8');
      expect(text, format).toContain('PERSON_1');
      for (const secret of SECRETS) expect(text, format).not.toMatch(secret);
    }
    const before = samplesOf(await readFile(path));
    const after = samplesOf(await readFile(join(out, 'call.redacted.wav')));
    expect(after.length).toBe(before.length);
    const changed = before.filter((sample, index) => sample !== after[index]).length / before.length;
    expect(changed).toBeGreaterThan(0.2);
    expect(changed).toBeLessThan(0.9);
    await page.getByRole('button', { name: 'Recordings' }).click();
  });

  test('a full export warns first and holds what was said', async () => {
    const { page, app, folder } = window;
    await window.review('call.wav');
    const target = join(folder, 'call.full.txt');
    await answerSaveDialogs(app, target);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Word', exact: true }).uncheck();
    await page.getByRole('checkbox', { name: 'Text', exact: true }).check();
    await page.getByRole('radio', { name: /^Full/ }).check();
    await page.getByText(/will hold every name and number/).waitFor();
    await page.getByRole('button', { name: 'Export everything' }).click();
    await page.getByText(/^Written to the folder/).waitFor();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(readFile(target, 'utf8')).resolves.toMatch(/Sarah/);
    await page.getByRole('button', { name: 'Recordings' }).click();
  });

  test('a dropped folder adds its recordings, and those that cannot be read fail with a sentence while the queue goes on', async () => {
    const { page } = window;
    const bytes = await readFile(join(FIXTURES, 'call.mp3'));
    const inFolder = join(window.folder, 'Meetings');
    await mkdir(join(inFolder, 'May'), { recursive: true });
    await writeFile(join(inFolder, '1 empty.mp3'), '');
    await writeFile(join(inFolder, '2 noise.wav'), Buffer.alloc(2000, 'no recording '));
    await writeFile(join(inFolder, 'notes.txt'), 'not a recording');
    await recording('call.m4a', 'Meetings/May/last.m4a');
    await writeFile(join(inFolder, '3 cut.mp3'), bytes.subarray(0, 300));
    await window.drop(inFolder);

    await window.job('last.m4a').getByText('Meetings/May').waitFor();
    expect(await window.job('notes.txt').count()).toBe(0);
    await window
      .job('last.m4a')
      .getByText(/spans? masked/)
      .waitFor({ timeout: JOB_MS });
    for (const name of ['1 empty.mp3', '2 noise.wav', '3 cut.mp3']) {
      const sentence = await window.job(name).getByRole('status').textContent();
      expect(sentence, name).toMatch(
        /^.*\b(empty|cannot|damaged|not an audio|not a recording|no sound)\b.*\.$/,
      );
      expect(sentence, name).toContain(name);
    }
    await page.getByRole('button', { name: 'Try again: 1 empty.mp3' }).waitFor();
    for (const name of ['1 empty.mp3', '2 noise.wav', '3 cut.mp3'])
      await page.getByRole('button', { name: `Remove ${name} from the list` }).click();
    expect(await window.job('1 empty.mp3').count()).toBe(0);
  });
});

/** The bytes after the header of a canonical WAV file, as 16-bit samples. */
function samplesOf(wav: Buffer): Int16Array {
  const data = wav.indexOf('data') + 8;
  return new Int16Array(wav.buffer.slice(wav.byteOffset + data, wav.byteOffset + wav.length));
}
