import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { marked, transcriptOf } from '../redaction/transcript.ts';
import { endHosts, engine, runHost } from './hostRun.ts';

const job = 'a'.repeat(32);
const PASSPHRASE = 'correct horse battery';
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-host-'));
});
afterEach(async () => {
  await endHosts();
  await rm(folder, { recursive: true });
});

test('recordings that Sotto is opened with while it is locked are in the queue once it is unlocked', async () => {
  const first = await runHost(folder);
  await first.calls.protect({ current: null, next: PASSPHRASE });
  await endHosts();
  const recording = join(folder, 'talk.wav');
  await writeFile(recording, 'no sound');

  const { host, calls } = await runHost(folder);
  expect((await calls.state({})).locked).toBe(true);
  await host.addPaths([recording]);
  await host.addPaths([join(folder, 'call.wav')]);
  expect((await calls.state({})).jobs).toEqual([]);
  await expect(calls.unlock({ passphrase: 'something else' })).rejects.toThrow(/another passphrase/);
  expect((await calls.state({})).jobs).toEqual([]);
  await calls.unlock({ passphrase: PASSPHRASE });
  expect((await calls.state({})).jobs.map(({ name }) => name)).toEqual(['talk.wav', 'call.wav']);
});

test('cases that were made before there was a passphrase are kept under it', async () => {
  // Without a keyring nothing is kept until there is a passphrase.
  const talk = marked(transcriptOf(['I am Sarah Connor']), 'PERSON', 'Sarah Connor');
  const first = await runHost(folder, { startEngine: () => engine(talk) }, null);
  await first.calls.addLocalFiles({ files: [{ id: job, name: 'talk.wav', folder: '' }] });
  await vi.waitFor(async () => expect((await first.calls.state({})).jobs[0]!.state).toBe('done'));
  await first.calls.setCase({ job, case: null, name: 'Skynet' });
  expect(first.vault.projects).toBeNull();
  await first.calls.protect({ current: null, next: PASSPHRASE });
  await endHosts();

  const { calls } = await runHost(folder, {}, null);
  await calls.unlock({ passphrase: PASSPHRASE });
  expect(await calls.cases({})).toMatchObject([
    { name: 'Skynet', recordings: 1, people: [{ number: 1, names: 'sarah connor' }] },
  ]);
});
