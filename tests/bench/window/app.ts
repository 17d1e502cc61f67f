/**
 * `npm run bench:app -- [--starts 5] [--minutes 1,10] [--hours 3] [--scroll-hours 4] [--program FILE]`: the window as a
 * person meets it, driven by Playwright: time from the start of the process to a usable window, from a drop to the
 * first words on screen, frames a second while a long transcript scrolls, and the memory of each process around a long
 * project (`--starts 0 --minutes 1` for that alone). `--program` measures a packaged app instead of the checkout. Nothing is dropped from the disk's cache, so
 * only the first start after a reboot is a cold one; it is printed by itself.
 */
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bridge } from '../../../electron/channels.ts';
import { meetingOf } from '../../browser/meetingTranscript.ts';
import type { OpenWindow } from '../../electron/window.ts';
import { buildMeeting } from '../../recordings/meeting.ts';
import { writeWav } from '../../recordings/wavWriter.ts';
import { electronPath, hasScreen, openScreen } from '../../runtime.ts';
import { writeLongWav } from '../longRecording.ts';
import { type Scrolling, scrollTranscript } from './scrolling.ts';

/** Longer than any job here takes. */
const FOREVER = 0;
const LONG = 'long meeting.wav';

interface ProcessMemory {
  readonly name: string;
  readonly bytes: number;
  /** Largest since the process began, where the system tells it (Linux). */
  readonly peakBytes: number;
}

/** Seconds from the start of the process until recordings can be added. */
async function timeStart(program: string | undefined): Promise<number> {
  const began = performance.now();
  const window = await openWindow({ program });
  await usable(window);
  const seconds = (performance.now() - began) / 1000;
  await window.close();
  return seconds;
}

async function usable({ page }: OpenWindow): Promise<void> {
  await page.getByRole('button', { name: 'Choose files' }).waitFor();
  await page.getByText('Opening…').waitFor({ state: 'hidden' });
}

/** Seconds from the drop until the recording is done, and until words of it stand in the window. */
async function timeWords(window: OpenWindow, path: string): Promise<{ done: number; words: number }> {
  const name = basename(path);
  const began = performance.now();
  await window.drop(path);
  await window
    .job(name)
    .getByRole('button', { name: `Review ${name}` })
    .waitFor({ timeout: FOREVER });
  const done = (performance.now() - began) / 1000;
  await window.review(name);
  await window.page.locator('.word').first().waitFor();
  return { done, words: (performance.now() - began) / 1000 };
}

/** Resident memory of the main process, the page and the engine, and of the rest together. */
async function memoryOf({ app }: OpenWindow): Promise<ProcessMemory[]> {
  const metrics = await app.evaluate(({ app: electron }) =>
    electron.getAppMetrics().map(({ pid, type, name, memory }) => ({
      pid,
      part:
        type === 'Browser'
          ? 'main'
          : type === 'Tab'
            ? 'renderer'
            : name === 'Sotto engine'
              ? 'engine'
              : 'rest',
      bytes: memory.workingSetSize * 1024,
    })),
  );
  const parts = new Map<string, { bytes: number; peakBytes: number }>();
  for (const { pid, part, bytes } of metrics) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const peak = Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? Number.NaN) * 1024;
    const sum = parts.get(part) ?? { bytes: 0, peakBytes: 0 };
    parts.set(part, { bytes: sum.bytes + bytes, peakBytes: sum.peakBytes + peak });
  }
  return ['main', 'renderer', 'engine', 'rest'].flatMap((name) => {
    const part = parts.get(name);
    return part ? [{ name, ...part }] : [];
  });
}

function memoryLine(when: string, parts: readonly ProcessMemory[]): string {
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const told = parts.map(
    ({ name, bytes, peakBytes }) => `${name} ${megabytes(bytes)} (at most ${megabytes(peakBytes)})`,
  );
  return `memory ${when}: ${told.join(', ')}`;
}

function scrollLine(hours: string, { rate, slowest, longest, frames, empty }: Scrolling): string {
  return [
    `scrolling a transcript of ${hours} h: ${rate.toFixed(1)} frames a second over ${frames} frames`,
    `${slowest.toFixed(1)} in the slowest second, longest frame ${longest.toFixed(0)} ms`,
    `nothing to read in the middle in ${((100 * empty) / frames).toFixed(1)} % of the frames (goal: 50 a second)`,
  ].join('; ');
}

/** Puts a transcript of so many hours in the place of a finished one, as an edit would. */
async function replaceTranscript({ page }: OpenWindow, name: string, seconds: number): Promise<void> {
  await page.evaluate(
    async ([called, transcript]) => {
      type Reply = { value: { jobs: { id: string; name: string }[] } };
      const { sotto } = window as unknown as { sotto: Bridge };
      const state = (await sotto.call('state', {})) as Reply;
      const job = state.value.jobs.find((one) => one.name === called)!.id;
      const reply = (await sotto.call('saveTranscript', { job, transcript })) as { ok: boolean };
      if (!reply.ok) throw new Error('The long transcript was not accepted.');
      // All of it was typed, for the host; it is searched before the scrolling is timed.
      await sotto.call('searchEdited', { job, segments: [] });
    },
    [name, meetingOf(seconds)] as const,
  );
}

/** A sentence about what the window lacks here to be measured; null when it lacks nothing. */
function needs(packaged: string | undefined): string | null {
  if (packaged !== undefined && !existsSync(packaged))
    return `There is no program ${packaged}; make one with npm run dist, or leave --program out.`;
  if (packaged === undefined && electronPath() === null)
    return 'The window cannot be measured without an Electron: name its binary in SOTTO_ELECTRON, or give --program.';
  return hasScreen() ? null : 'The window cannot be measured without a screen; install Xvfb.';
}

const { values } = parseArgs({
  options: {
    starts: { type: 'string', default: '5' },
    minutes: { type: 'string', default: '1,10' },
    hours: { type: 'string', default: '3' },
    'scroll-hours': { type: 'string', default: '4' },
    program: { type: 'string' },
  },
});
const { program } = values;
const lacks = needs(program);
if (lacks !== null) {
  console.error(lacks);
  process.exit(1);
}
// Only now: for tests it says by itself that there is no window here.
const { openWindow } = await import('../../electron/window.ts');
// One screen for all starts, so that the screen's own start is not measured.
const screen = await openScreen();
process.env.DISPLAY = screen.display;
try {
  console.log(`${cpus()[0]?.model}, ${cpus().length} logical cores`);
  const starts: number[] = [];
  for (let start = 0; start < Number(values.starts); start++) starts.push(await timeStart(program));
  const [first, ...later] = starts.map((seconds) => seconds.toFixed(2));
  if (first) console.log(`start to usable window, s: first ${[first, ...later].join(', then ')}`);

  const window = await openWindow({ program });
  try {
    await usable(window);
    console.log(memoryLine('of an empty window', await memoryOf(window)));
    const minutes = values.minutes.split(',').map(Number);
    const meeting = await buildMeeting(60 * Math.max(...minutes));
    const once = join(window.folder, 'once.wav');
    for (const length of minutes) {
      const path = join(window.folder, `meeting of ${length} min.wav`);
      await writeWav(path, meeting.samples.subarray(0, 60 * length * 16_000));
      const { done, words } = await timeWords(window, path);
      console.log(
        `recording of ${length} min: done ${done.toFixed(1)} s after the drop, first words on screen after ${words.toFixed(1)} s`,
      );
      await window.page.getByRole('button', { name: 'Recordings' }).click();
    }
    await writeWav(once, meeting.samples);
    const long = join(window.folder, LONG);
    await writeLongWav(long, once, 3600 * Number(values.hours));
    await rm(once);
    const { done } = await timeWords(window, long);
    console.log(`recording of ${values.hours} h: done after ${(done / 60).toFixed(1)} min`);
    console.log(memoryLine(`with a project of ${values.hours} h open`, await memoryOf(window)));
    await window.page.getByRole('button', { name: 'Recordings' }).click();
    await replaceTranscript(window, LONG, 3600 * Number(values['scroll-hours']));
    await window.review(LONG);
    console.log(scrollLine(values['scroll-hours'], await scrollTranscript(window.page)));
    console.log(memoryLine('after scrolling', await memoryOf(window)));
  } finally {
    await window.close();
  }
} finally {
  screen.close();
}
