import { appendFile, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fingerprint } from '../../../core/project/fingerprint.ts';
import { Journal, type JournalEntry } from '../../../core/project/journal.ts';

let folder: string;
let recording: string;
/** A killed process closes nothing, so tests leave journals open while they look; they are closed here. */
const opened: Journal[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-journal-'));
  recording = join(folder, 'meeting.wav');
  await writeFile(recording, 'stands for the samples of a recording');
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((journal) => journal.close()));
  await rm(folder, { recursive: true });
});

const language: JournalEntry = { kind: 'language', language: 'en' };
const batch: JournalEntry = {
  kind: 'segments',
  recognized: [
    { index: 0, start: 1, end: 3, words: [{ text: 'Zebedee', start: 1, end: 2, confidence: 0.5 }] },
  ],
  resume: 3,
};

const jobs = () => join(folder, 'jobs');
const openJournal = async (settings = 'base en') => {
  const journal = await Journal.open(jobs(), await fingerprint(recording), settings);
  opened.push(journal);
  return journal;
};
const journalFile = async () => join(jobs(), (await readdir(jobs()))[0]!);

describe('the journal of a job', () => {
  it('gives back, after a kill, every step that was finished', async () => {
    const killed = await openJournal();
    await killed.append(language);
    await killed.append(batch);
    expect((await openJournal()).entries).toEqual([language, batch]);
  });

  it('drops a step that was cut short by the kill and goes on after the last whole one', async () => {
    const killed = await openJournal();
    await killed.append(language);
    const whole = (await readFile(await journalFile())).length;
    await killed.append(batch);
    await truncate(await journalFile(), whole + 20);

    const resumed = await openJournal();
    expect(resumed.entries).toEqual([language]);
    await resumed.append(batch);
    expect((await openJournal()).entries).toEqual([language, batch]);
  });

  it('ignores everything from a damaged line on', async () => {
    const killed = await openJournal();
    await killed.append(language);
    await appendFile(await journalFile(), 'not a sealed line\n');
    expect((await openJournal()).entries).toEqual([language]);
  });

  it('holds no word of the transcript in the clear, neither in its name nor in its bytes', async () => {
    const journal = await openJournal();
    await journal.append(batch);
    const path = await journalFile();
    const bytes = await readFile(path);
    expect(bytes.length).toBeGreaterThan(50);
    for (const text of [
      path,
      bytes.toString('latin1'),
      Buffer.from(bytes.toString(), 'base64').toString('latin1'),
    ])
      expect(text).not.toMatch(/Zebedee|meeting\.wav/);
  });

  it('starts anew for a changed recording and for other settings', async () => {
    await (await openJournal()).append(language);
    expect((await openJournal('tiny en')).entries).toEqual([]);
    await writeFile(recording, 'another recording');
    expect((await openJournal()).entries).toEqual([]);
  });

  it('leaves nothing behind when the job is done', async () => {
    const journal = await openJournal();
    await journal.append(batch);
    await journal.discard();
    opened.pop();
    expect(await readdir(jobs())).toEqual([]);
  });

  it('says in a plain sentence when its folder cannot be written', async () => {
    await writeFile(jobs(), 'a file where the folder should be');
    await expect(openJournal()).rejects.toThrow(
      /cannot be written; free some space or check its permissions\./,
    );
  });
});
