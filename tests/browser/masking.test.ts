import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { POLICY_PRESETS } from '../../core/redaction/policy.ts';
import type { CallInput } from '../../electron/contract.ts';
import { chromiumPath, missing } from '../runtime.ts';
import { meetingOf } from './meetingTranscript.ts';
import { jobId, jobOf, openStub, type Stub } from './stub.ts';

const NO_CHROMIUM = missing({ Chromium: chromiumPath() });
const OURS = {
  version: 1,
  name: 'Ours',
  actions: { PHONE: 'keep' },
  deny: ['new contract'],
  replacement: 'role',
};

describe.skipIf(NO_CHROMIUM)('what is masked and how', () => {
  let stub: Stub;
  let page: Page;
  let dialog: Locator;
  let transcript: Locator;
  beforeAll(async () => {
    stub = await openStub({
      state: { jobs: [jobOf(1, { name: 'meeting.wav', state: 'done', media: '/fixtures/window/call.wav' })] },
      transcripts: { [jobId(1)]: { ...meetingOf(78), speakers: [{ id: 'p1', name: 'Sarah Connor' }] } },
    });
    page = stub.page;
    dialog = page.getByRole('dialog');
    transcript = page.getByRole('group', { name: /^Transcript/ });
  });
  afterAll(() => stub?.close());
  beforeEach(async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Review meeting.wav' }).click();
    await transcript.waitFor();
  });

  const openPolicies = () => page.getByRole('button', { name: /^Mask / }).click();
  const row = async (kind: string) =>
    dialog
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader', { name: kind, exact: true }) })
      .getByRole('cell')
      .allTextContents();
  const lastInput = async <N extends 'exportTranscript' | 'previewExport'>(name: N) =>
    (await stub.asked()).filter((asked) => asked.name === name).at(-1)?.input as CallInput<N> | undefined;
  const policyFile = (content: unknown) => ({
    name: 'ours.json',
    mimeType: 'application/json',
    buffer: Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
  });

  test('another policy shows by kind what it would mask before it is applied', async () => {
    await openPolicies();
    // As the meeting was made: each name twice over two rounds, a phone number and an address in each.
    expect(await row('Phone')).toEqual(['2', '2']);
    await dialog.getByRole('radio', { name: /^Names only/ }).check();
    expect(await row('Phone')).toEqual(['2', '0']);
    expect(await row('Person')).toEqual(['6', '6']);
    expect(await row('All')).toEqual(['10', '6']);
    expect(await transcript.getByRole('button', { name: /^PHONE_1/ }).count()).toBe(2);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => transcript.getByRole('button', { name: /^PHONE_1/ }).count()).toBe(0);
    await page.getByRole('button', { name: 'Mask Names only' }).waitFor();
  });

  test('HIPAA Safe Harbor is one of the policies, and exports no audio', async () => {
    await openPolicies();
    await dialog.getByRole('radio', { name: /^HIPAA/ }).check();
    await dialog.getByText(/Audio is not exported under this policy/).waitFor();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await page.getByRole('button', { name: 'Export' }).click();
    expect(await dialog.getByRole('checkbox', { name: /^Audio/ }).isDisabled()).toBe(true);
  });

  test('a policy file is added, chosen and applied with its lists; one that is wrong is refused with a sentence', async () => {
    await openPolicies();
    const file = dialog.getByLabel('Policy file');
    await file.setInputFiles(policyFile('{'));
    await dialog.getByText('ours.json was not added: it is no JSON; check its commas and quotes.').waitFor();
    await file.setInputFiles(policyFile({ ...OURS, actions: { PHONES: 'keep' } }));
    await dialog.getByText(/these parts of it are wrong: actions/).waitFor();
    await file.setInputFiles(policyFile(POLICY_PRESETS.strict));
    await dialog.getByText(/the name of a policy that comes with Sotto/).waitFor();
    await file.setInputFiles(policyFile(OURS));
    await dialog.getByText('“Ours” was added.').waitFor();
    await dialog.getByRole('radio', { name: /^Ours/ }).check();
    expect(await row('Phone')).toEqual(['2', '0']);
    // "new contract" is said in two of the twelve sentences, and nothing had marked it.
    expect(await row('Person')).toEqual(['6', '8']);
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => transcript.textContent()).toMatch(/about the PERSON_2\./);
    await expect.poll(() => transcript.textContent()).not.toMatch(/new contract/);
    const kept = (await stub.asked()).filter(({ name }) => name === 'changeSettings').at(-1);
    expect(kept?.input).toMatchObject({
      policies: [{ name: 'Ours', actions: { ORG: 'mask', PHONE: 'keep' } }],
    });
    await page.getByRole('button', { name: 'Export' }).click();
    expect(await dialog.getByLabel('Replaced by').inputValue()).toBe('role');
    await expect.poll(async () => (await lastInput('previewExport'))?.policy).toBe('Ours');
  });

  test('the export shows the file, lets the replacement be chosen, and adds the report', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    const preview = dialog.getByRole('region', { name: 'Preview' });
    await preview.getByText('Good morning, my name is [PERSON_1].').waitFor();
    await preview.getByText('call.redacted.docx').waitFor();
    await dialog.getByLabel('Replaced by').selectOption('substitute');
    await dialog.getByRole('checkbox', { name: 'Text', exact: true }).check();
    await preview.getByLabel('Format of the preview').selectOption('txt');
    await preview.getByText('call.redacted.txt').waitFor();
    expect(await lastInput('previewExport')).toMatchObject({
      format: 'txt',
      replacement: 'substitute',
      policy: 'standard',
      redacted: true,
    });
    await dialog.getByRole('checkbox', { name: /^Report/ }).check();
    await dialog.getByRole('button', { name: 'Export redacted' }).click();
    await dialog.getByText(/^Written to the folder/).waitFor();
    expect(await lastInput('exportTranscript')).toEqual({
      job: jobId(1),
      formats: ['txt', 'docx'],
      audio: false,
      audit: true,
      map: null,
      redacted: true,
      policy: 'standard',
      replacement: 'substitute',
      speakers: true,
      times: true,
    });
  });

  test('the export leaves out who speaks and when, and copies the redacted text', async () => {
    await page.context().grantPermissions(['clipboard-read']);
    await page.getByRole('button', { name: 'Export' }).click();
    await dialog.getByRole('checkbox', { name: 'Who speaks' }).uncheck();
    await dialog.getByRole('checkbox', { name: 'When it is said' }).uncheck();
    await expect
      .poll(() => lastInput('previewExport'))
      .toMatchObject({ format: 'docx', speakers: false, times: false });
    await dialog.getByRole('button', { name: 'Copy as text' }).click();
    await dialog.getByText(/^The redacted text is on the clipboard/).waitFor();
    expect(await lastInput('previewExport')).toMatchObject({ format: 'txt', whole: true, redacted: true });
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      'Good morning, my name is [PERSON_1].',
    );
  });

  test('a map back to the originals needs a passphrase that is typed twice', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    const write = dialog.getByRole('button', { name: 'Export redacted' });
    await dialog.getByRole('checkbox', { name: /^Map back/ }).check();
    expect(await write.isDisabled()).toBe(true);
    await dialog.getByLabel('Passphrase').fill('horse');
    await dialog.getByText(/^At least 8 characters/).waitFor();
    await dialog.getByLabel('Passphrase').fill('correct horse');
    await dialog.getByLabel('The same again').fill('correct house');
    await dialog.getByText('The two are not the same yet.').waitFor();
    expect(await write.isDisabled()).toBe(true);
    await dialog.getByLabel('The same again').fill('correct horse');
    await write.click();
    await dialog.getByText(/^Written to the folder/).waitFor();
    expect((await lastInput('exportTranscript'))?.map).toBe('correct horse');
  });

  test('the originals are shown by file, map and passphrase', async () => {
    await page.reload();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: /^Open a redacted file/ }).click();
    const chosen = (name: string, text: string) => ({
      name,
      mimeType: 'text/plain',
      buffer: Buffer.from(text),
    });
    await dialog.getByLabel(/^Redacted file/).setInputFiles(chosen('call.redacted.txt', 'I am [PERSON_1].'));
    await dialog.getByLabel('Its map').setInputFiles(chosen('call.map', '{}'));
    await dialog.getByLabel('Passphrase').fill('correct horse');
    await page.keyboard.press('Enter');
    await dialog.getByText('I am Sarah Connor.').waitFor();
    await dialog.getByText('1 place put back.').waitFor();
    expect((await stub.asked()).at(-1)).toEqual({
      name: 'reidentify',
      input: {
        file: { name: 'call.redacted.txt', text: 'I am [PERSON_1].' },
        map: { name: 'call.map', text: '{}' },
        passphrase: 'correct horse',
      },
    });
  });

  test('people are renamed, merged and split in the list', async () => {
    const edit = (alias: string) => page.getByRole('button', { name: `Who or what ${alias} is` });
    const editor = page.getByRole('form');
    await edit('PERSON_1').click();
    await editor.getByLabel('Called').fill('PERSON_7');
    await page.keyboard.press('Enter');
    await editor.getByText(/cannot be the name/).waitFor();
    await editor.getByLabel('Called').fill('person_2');
    await page.keyboard.press('Enter');
    await editor.getByText(/stands for somebody else/).waitFor();
    await editor.getByLabel('Called').fill('the caller');
    await page.keyboard.press('Enter');
    await expect.poll(() => transcript.getByRole('button', { name: /^the caller, Person/ }).count()).toBe(4);

    await edit('PERSON_2').click();
    await editor.getByLabel('The same person as').selectOption({ label: 'the caller' });
    await expect.poll(() => transcript.getByRole('button', { name: /^the caller, Person/ }).count()).toBe(6);

    await page.getByRole('button', { name: /^the caller 6 places/ }).click();
    await edit('the caller').click();
    // "Sarah Connor" is said in two places; "Sarah" and "Miller" are other wordings.
    await editor.getByRole('button', { name: 'All 2 that say the same are' }).click();
    await expect.poll(() => transcript.getByRole('button', { name: /^the caller, Person/ }).count()).toBe(4);
    await expect
      .poll(async () => (await stub.saved()).entities.filter(({ alias }) => alias === 'the caller').length)
      .toBe(4);
  });

  test('a recording joins a new case, whose people are shown on demand and merged', async () => {
    const panel = page.getByRole('region', { name: /^Case/ });
    await panel.getByRole('combobox').selectOption({ label: 'New case…' });
    await panel.getByLabel('Name of the case').fill('Miller');
    await page.keyboard.press('Enter');
    await panel.getByText('1 recording').waitFor();
    // In the case six people have numbers already.
    await expect.poll(() => transcript.getByRole('button', { name: /^PERSON_7, Person/ }).count()).toBe(4);
    expect(await panel.getByText('sarah connor').isVisible()).toBe(false);
    await panel.getByText('Show who is who in the case').click();
    await panel.getByText('sarah connor').waitFor();
    await panel.getByLabel('miller is the same person as').selectOption('PERSON_1');
    const asked = async (name: string) =>
      (await stub.asked()).filter((one) => one.name === name).at(-1)?.input;
    await expect.poll(() => asked('mergeInCase')).toEqual({ job: jobId(1), number: 1, other: 2 });
    expect(await asked('setCase')).toEqual({ job: jobId(1), case: null, name: 'Miller' });
  });

  test('a speaker is given a role', async () => {
    const role = page.getByLabel('Role of Sarah Connor');
    await role.fill('Interviewer');
    await role.press('Enter');
    await expect
      .poll(async () => (await stub.saved()).speakers)
      .toEqual([{ id: 'p1', name: 'Sarah Connor', role: 'Interviewer' }]);
  });
});
