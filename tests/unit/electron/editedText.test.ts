import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { replaceWord } from '../../../core/transcript/words.ts';
import { transcriptOf } from '../redaction/transcript.ts';
import { endHosts, keepTranscript, runHost } from './hostRun.ts';

const job = 'a'.repeat(32);
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-host-'));
  await keepTranscript(folder, job, transcriptOf(['we talked', 'my name is salad'], [], 'talk'));
});
afterEach(async () => {
  await endHosts();
  await rm(folder, { recursive: true });
});

/** What a person types over `salad` in the transcript, and nothing marks. */
const typed = (transcript: Transcript) => replaceWord(transcript, 'w6', 'Priyanka Venkataraman');
const beside = { speakers: true, times: true };
const masking = { job, redacted: true, policy: 'standard', replacement: 'alias', ...beside } as const;
const files = { ...masking, formats: ['txt' as const], audio: false, audit: false, map: null };
const preview = { ...masking, format: 'txt', whole: true } as const;
const namesIn = ({ entities }: Transcript) => entities.map(({ label, words }) => `${label} ${words}`);

test('a name that was typed is masked in what is exported and previewed, though no page had it searched', async () => {
  const { calls, out } = await runHost(folder);
  await calls.saveTranscript({ job, transcript: typed(await calls.openTranscript({ job })) });
  expect((await calls.previewExport(preview)).text).toContain('my name is [PERSON_1]');
  await calls.exportTranscript(files);
  const written = await readFile(join(out, (await readdir(out))[0]!), 'utf8');
  expect(written).toContain('my name is [PERSON_1]');
  expect(written).not.toMatch(/Priyanka|Venkataraman/);
});

test('it is still masked when the program ended before it was searched', async () => {
  const first = await runHost(folder);
  await first.calls.saveTranscript({ job, transcript: typed(await first.calls.openTranscript({ job })) });
  await first.vault.projects!.settled();
  const { calls, vault } = await runHost(folder);
  expect((await calls.previewExport(preview)).text).toContain('my name is [PERSON_1]');
  const [told] = await calls.searchEdited({ job, segments: [] });
  expect(told).toMatchObject({ label: 'PERSON', words: ['w6', 'w7'] });
  expect(namesIn(await calls.openTranscript({ job }))).toEqual(['PERSON w6,w7']);
  await vault.projects!.settled();
  expect((await vault.projects!.all())[0]!.unsearched).toEqual([]);
});

test('a page that saves without having seen the mark does not take it away, and learns of it', async () => {
  const { calls } = await runHost(folder);
  const page = typed(await calls.openTranscript({ job }));
  await calls.saveTranscript({ job, transcript: page });
  await calls.previewExport(preview);
  await calls.saveTranscript({ job, transcript: { ...page, language: 'de' } });
  expect(namesIn(await calls.openTranscript({ job }))).toEqual(['PERSON w6,w7']);
  const [told] = await calls.searchEdited({ job, segments: ['s2'] });
  expect(told).toMatchObject({ label: 'PERSON', words: ['w6', 'w7'] });
});

test('a page that opens is told what an earlier run did not search', async () => {
  const first = await runHost(folder);
  await first.calls.saveTranscript({ job, transcript: typed(await first.calls.openTranscript({ job })) });
  await first.vault.projects!.settled();
  const { calls } = await runHost(folder);
  expect(namesIn(await calls.openTranscript({ job }))).toEqual([]);
  const [told] = await calls.searchEdited({ job, segments: [] });
  expect(told).toMatchObject({ label: 'PERSON', words: ['w6', 'w7'] });
});

test('what a person rejects or shrinks after it was shown stays so', async () => {
  const { calls } = await runHost(folder);
  const page = typed(await calls.openTranscript({ job }));
  await calls.saveTranscript({ job, transcript: page });
  const [told] = await calls.searchEdited({ job, segments: ['s2'] });
  const shown = { ...page, entities: [told!] };
  await calls.saveTranscript({ job, transcript: shown });
  const shrunk = { ...page, entities: [{ ...told!, words: ['w7'], decision: 'accepted' as const }] };
  await calls.saveTranscript({ job, transcript: shrunk });
  expect((await calls.previewExport(preview)).text).toContain('my name is Priyanka [PERSON_1]');
  const rejected = { ...page, entities: [{ ...told!, decision: 'rejected' as const }] };
  await calls.saveTranscript({ job, transcript: rejected });
  expect((await calls.previewExport(preview)).text).toContain('Priyanka Venkataraman');
});

test('what is typed while a search runs is searched, too', async () => {
  const { calls } = await runHost(folder);
  const page = typed(await calls.openTranscript({ job }));
  await calls.saveTranscript({ job, transcript: page });
  const search = calls.searchEdited({ job, segments: ['s2'] });
  const later = replaceWord(page, 'w2', 'with mary.smith@example.com');
  await Promise.all([search, calls.saveTranscript({ job, transcript: later })]);
  const { text } = await calls.previewExport(preview);
  expect(text).not.toMatch(/Venkataraman|smith/);
});

test('where the search fails nothing leaves', async () => {
  const { calls, out } = await runHost(folder, {
    startEngine: () => {
      throw new Error('no engine');
    },
  });
  await calls.saveTranscript({ job, transcript: typed(await calls.openTranscript({ job })) });
  await expect(calls.exportTranscript(files)).rejects.toThrow();
  expect(await readdir(out)).toEqual([]);
});
