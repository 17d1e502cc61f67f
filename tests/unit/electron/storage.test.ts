import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { replaceWord } from '../../../core/transcript/words.ts';
import { transcriptOf } from '../redaction/transcript.ts';
import { endHosts, keepTranscript, runHost } from './hostRun.ts';

/** Files that the disk does not take whole, by a part of their path. */
const disk = vi.hoisted(() => ({ damages: '', full: '' }));
vi.mock('../../../core/export/atomicFile.ts', async (original) => {
  const real = await original<typeof import('../../../core/export/atomicFile.ts')>();
  return {
    ...real,
    writeFileAtomically: async (path: string, bytes: Uint8Array) => {
      if (disk.full !== '' && path.includes(disk.full)) throw new Error('no space');
      const cut = disk.damages !== '' && path.includes(disk.damages);
      return real.writeFileAtomically(path, cut ? bytes.subarray(0, 10) : bytes);
    },
  };
});

const [talk, call] = ['a'.repeat(32), 'b'.repeat(32)];
let folder: string;
let chosen: string;
/** Where transcripts lie beside their key, and where in the chosen folder. */
let home: string;
let place: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-storage-'));
  chosen = await mkdtemp(join(tmpdir(), 'sotto-USB диск '));
  home = join(folder, 'data', 'projects');
  place = join(chosen, 'Sotto transcripts');
  await keepTranscript(folder, talk, transcriptOf(['we talked'], [], 'talk'));
  await keepTranscript(folder, call, transcriptOf(['we called'], [], 'call'));
});
afterEach(async () => {
  Object.assign(disk, { damages: '', full: '' });
  await endHosts();
  for (const one of [folder, chosen]) await rm(one, { recursive: true, force: true });
});

/** A run in which the person chooses `path` in the dialog. */
const choosing = (path: string | null = chosen) => runHost(folder, { pickFolder: async () => path });
const projectsIn = async (where: string) =>
  (await readdir(where).catch(() => [])).filter((file) => file.endsWith('.project')).sort();
const both = [`${talk}.project`, `${call}.project`];
const names = async ({ calls }: Awaited<ReturnType<typeof choosing>>) =>
  (await calls.state({})).jobs.map(({ name }) => name).sort();

test('transcripts move to a chosen folder with all that belongs to them, and are there in later runs', async () => {
  const run = await choosing();
  const { calls, vault } = run;
  await calls.setCase({ job: talk, case: null, name: 'Skynet' });
  await calls.changeSettings({ ...(await calls.state({})).settings, alwaysMask: ['Sarah Connor'] });
  const files = (await readdir(home)).filter((file) => file !== 'key').sort();
  expect(await calls.moveTranscripts({ back: false })).toEqual({ moved: true, left: false });
  expect((await readdir(place)).sort()).toEqual(files);
  expect((await readdir(home)).sort()).toEqual(['key', 'place']);
  expect((await calls.storage({}))!.transcripts).toEqual({ path: place, chosen: true });
  // What is edited from now on goes there, too.
  const edited = replaceWord(await calls.openTranscript({ job: talk }), 'w2', 'sang');
  await calls.saveTranscript({ job: talk, transcript: edited });
  await vault.projects!.settled();
  expect(await projectsIn(home)).toEqual([]);

  const later = await choosing();
  expect(await names(later)).toEqual(['call.wav', 'talk.wav']);
  expect((await later.calls.openTranscript({ job: talk })).segments[0]!.words[1]!.text).toBe('sang');
  expect(await later.calls.cases({})).toMatchObject([{ name: 'Skynet' }]);
  expect((await later.calls.state({})).settings.alwaysMask).toEqual(['Sarah Connor']);
});

test('they are put back, and nothing of theirs stays in the folder, where other files do', async () => {
  const run = await choosing();
  await run.calls.moveTranscripts({ back: false });
  await writeFile(join(chosen, 'mine.txt'), 'mine');
  // An old copy that an earlier move could not remove is not to come back.
  await run.calls.removeJob({ job: call });
  await writeFile(join(home, `${call}.project`), 'old');
  expect(await run.calls.moveTranscripts({ back: true })).toEqual({ moved: true, left: false });
  expect(await readdir(chosen)).toEqual(['mine.txt']);
  expect(await projectsIn(home)).toEqual([`${talk}.project`]);
  expect(await names(await choosing())).toEqual(['talk.wav']);
});

test('a copy that is not whole, or a full disk, leaves everything where it was', async () => {
  const run = await choosing();
  const before = await readFile(join(home, both[1]!));
  for (const trouble of [
    { damages: join('Sotto transcripts', call), full: '' },
    { damages: '', full: join('Sotto transcripts', call) },
    { damages: '', full: join('projects', 'place') },
  ]) {
    Object.assign(disk, trouble);
    await expect(run.calls.moveTranscripts({ back: false })).rejects.toThrow(
      /could not be copied to “sotto-USB диск .*” and stay where they are/,
    );
    expect(await projectsIn(home)).toEqual(both);
    expect(await readFile(join(home, both[1]!))).toEqual(before);
    expect(await readdir(chosen)).toEqual([]);
    expect((await run.calls.storage({}))!.transcripts).toEqual({ path: home, chosen: false });
  }
});

test('folders that are Sotto’s, cannot be written or hold transcripts already are refused in a sentence', async () => {
  const refused = async (path: string) => {
    const run = await choosing(path);
    const sentence = await run.calls.moveTranscripts({ back: false }).then(
      () => 'moved',
      (error: Error) => error.message,
    );
    expect(await projectsIn(home)).toEqual(both);
    return sentence;
  };
  expect(await refused(join(folder, 'data'))).toBe(
    '“data” belongs to Sotto itself; choose a folder of your own.',
  );
  expect(await refused(home)).toMatch(/^“projects” belongs to Sotto/);
  expect(await refused('/proc')).toBe('Sotto may not write in “proc”; choose another folder.');
  await mkdir(place);
  await writeFile(join(place, 'x.project'), 'somebody’s');
  expect(await refused(chosen)).toMatch(/there is a folder “Sotto transcripts” already with something in it/);
  await writeFile(join(chosen, 'file.txt'), '');
  expect(await refused(join(chosen, 'file.txt'))).toBe(
    'Sotto may not write in “file.txt”; choose another folder.',
  );
});

test('a folder whose disk is elsewhere is named, nothing is kept meanwhile, and it is there again with its disk', async () => {
  await (await choosing()).calls.moveTranscripts({ back: false });
  await endHosts();
  await rename(chosen, `${chosen} gone`);
  const run = await choosing();
  const state = await run.calls.state({});
  expect(state).toMatchObject({
    jobs: [],
    missingFolder: place,
    keepsTranscripts: false,
    protection: 'keyring',
  });
  await expect(run.calls.moveTranscripts({ back: true })).rejects.toThrow(/nothing to move/);
  await run.calls.changeSettings({ ...state.settings, alwaysMask: ['Sarah Connor'] });
  await endHosts();
  await rename(`${chosen} gone`, chosen);
  const later = await choosing();
  expect(await names(later)).toEqual(['call.wav', 'talk.wav']);
  expect((await later.calls.state({})).missingFolder).toBeNull();
});

test('deleting everything takes the moved transcripts along, and leaves other files there', async () => {
  const run = await choosing();
  await run.calls.moveTranscripts({ back: false });
  await writeFile(join(chosen, 'mine.txt'), 'mine');
  await run.calls.deleteEverything({});
  await run.vault.projects!.settled();
  expect(await readdir(chosen)).toEqual(['mine.txt']);
  expect((await run.calls.storage({}))!.transcripts).toEqual({ path: home, chosen: false });
  expect((await readdir(home)).sort()).toEqual(['key', 'settings']);
});

test('what is moved is not moved when the dialog is dismissed', async () => {
  const run = await choosing(null);
  expect(await run.calls.moveTranscripts({ back: false })).toEqual({ moved: false, left: false });
  expect(await projectsIn(home)).toEqual(both);
});
