import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WaveFile } from 'wavefile';
import { newId } from '../../../electron/ids.ts';
import { transcriptOf } from '../redaction/transcript.ts';
import { endHosts, engine, runHost } from './hostRun.ts';

/** Whether the disk takes no more. */
const disk = vi.hoisted(() => ({ full: false }));
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  const refuse = async () => {
    throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
  };
  return {
    ...real,
    open: async (...wish: Parameters<typeof real.open>) =>
      new Proxy(await real.open(...wish), {
        get(file, name) {
          if (name === 'write' && disk.full) return refuse;
          const value: unknown = Reflect.get(file, name);
          return typeof value === 'function' ? value.bind(file) : value;
        },
      }),
  };
});

const RATE = 16_000;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-recorder-'));
});
afterEach(async () => {
  disk.full = false;
  await endHosts();
  await rm(folder, { recursive: true });
});

/** Seconds of sound, each louder than the one before. */
const second = (number: number) => new Float32Array(RATE).fill(number / 100);
const started = () => runHost(folder, { startEngine: () => engine(transcriptOf(['hello'])) });
type Run = Awaited<ReturnType<typeof started>>;

/** How loud each whole second of a recording is, in hundredths, as its WAVE file says. */
async function loudness({ calls, out }: Run, job: string): Promise<number[]> {
  await calls.saveRecording({ job });
  const name = (await readdir(out)).find((file) => file.endsWith('.wav'))!;
  const wav = new WaveFile(await readFile(join(out, name)));
  const samples = wav.getSamples(false, Int16Array) as unknown as Int16Array;
  return Array.from({ length: samples.length / RATE }, (_, at) =>
    Math.round((samples[at * RATE + RATE / 2]! / 32_767) * 100),
  );
}

test('a recording that is stopped is in the queue, and is saved as the very sound', async () => {
  const run = await started();
  const job = newId();
  await run.calls.startRecording({ job, rate: RATE });
  for (const number of [1, 2, 3]) await run.calls.pushRecording({ job, samples: [second(number)] });
  await run.calls.stopRecording({ job, keep: true, name: 'Talk' });
  expect((await run.calls.state({})).jobs).toMatchObject([{ id: job, name: 'Talk', recorded: true }]);
  expect(await loudness(run, job)).toEqual([1, 2, 3]);
});

test('where the disk is full the recording waits, and goes on without a gap when there is room again', async () => {
  const run = await started();
  const job = newId();
  await run.calls.startRecording({ job, rate: RATE });
  for (const number of [1, 2]) await run.calls.pushRecording({ job, samples: [second(number)] });
  disk.full = true;
  await expect(run.calls.pushRecording({ job, samples: [second(3)] })).rejects.toThrow(/disk is full/);
  await expect(run.calls.pushRecording({ job, samples: [second(4)] })).rejects.toThrow(/disk is full/);
  disk.full = false;
  await run.calls.pushRecording({ job, samples: [second(5)] });
  await run.calls.stopRecording({ job, keep: true, name: 'Talk' });
  expect(await loudness(run, job)).toEqual([1, 2, 3, 4, 5]);
});

test('one that is stopped on a full disk is in the queue at once, as far as it was written', async () => {
  const run = await started();
  const job = newId();
  await run.calls.startRecording({ job, rate: RATE });
  for (const number of [1, 2, 3]) await run.calls.pushRecording({ job, samples: [second(number)] });
  disk.full = true;
  await expect(run.calls.pushRecording({ job, samples: [second(4)] })).rejects.toThrow(/disk is full/);
  await expect(run.calls.stopRecording({ job, keep: true, name: 'Talk' })).rejects.toThrow(/disk is full/);
  disk.full = false;
  expect((await run.calls.state({})).jobs).toMatchObject([{ id: job, name: 'Talk' }]);
  expect((await loudness(run, job)).slice(0, 2)).toEqual([1, 2]);
  // And the microphone is free for the next.
  const next = newId();
  await run.calls.startRecording({ job: next, rate: RATE });
  await run.calls.stopRecording({ job: next, keep: false, name: 'Talk' });
});

test('one whose page is gone is kept, and the person is told when the disk refused its end', async () => {
  const run = await started();
  const job = newId();
  await run.calls.startRecording({ job, rate: RATE });
  for (const number of [1, 2]) await run.calls.pushRecording({ job, samples: [second(number)] });
  disk.full = true;
  run.host.interfaceLost();
  await vi.waitFor(() =>
    expect(run.events).toContainEqual({ type: 'notice', message: expect.stringMatching(/disk is full/) }),
  );
  expect((await run.calls.state({})).jobs).toMatchObject([{ id: job }]);
});

test('a WAVE file takes its place only when it is whole', async () => {
  const run = await started();
  const job = newId();
  await run.calls.startRecording({ job, rate: RATE });
  await run.calls.pushRecording({ job, samples: [second(1)] });
  await run.calls.stopRecording({ job, keep: true, name: 'Talk' });
  await writeFile(join(run.out, 'Talk.wav'), 'what was there before');
  disk.full = true;
  await expect(run.calls.saveRecording({ job })).rejects.toThrow(/disk is full/);
  expect(await readdir(run.out)).toEqual(['Talk.wav']);
  expect(await readFile(join(run.out, 'Talk.wav'), 'utf8')).toBe('what was there before');
});

test('a program that is killed while it records leaves what was said, which can be recovered', async () => {
  const job = newId();
  const script = join(import.meta.dirname, 'recordUntilKilled.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, join(folder, 'data'), job], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let seconds = 0;
  for await (const told of child.stdout!) {
    seconds += (told as Buffer).length;
    if (seconds >= 3) break;
  }
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  expect((await gone)[1]).toBe('SIGKILL');

  const run = await started();
  const { foundRecordings, jobs } = await run.calls.state({});
  expect(jobs).toEqual([]);
  expect(foundRecordings.map((found) => found.job)).toEqual([job]);
  // All but the last chunk of about a second.
  expect(foundRecordings[0]!.seconds).toBeGreaterThan(seconds - 1.1);
  await run.calls.recoverRecording({ job, keep: true, name: 'Talk' });
  expect((await run.calls.state({})).jobs).toMatchObject([{ id: job, name: 'Talk', recorded: true }]);
  expect((await loudness(run, job)).slice(0, 2)).toEqual([10, 10]);
});
