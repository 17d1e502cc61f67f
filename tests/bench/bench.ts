import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { normalizeEnglish } from '../eval/englishText.ts';
import { countWordErrors, wordErrorRate } from '../eval/wordErrors.ts';
import { buildMeeting, type Meeting } from '../recordings/meeting.ts';
import { MODELS } from '../recordings/models.ts';
import { writeWav } from '../recordings/wavWriter.ts';
import { ROOT } from '../runtime.ts';
import { installFasterWhisper } from './fasterWhisper.ts';
import { writeLongWav } from './longRecording.ts';
import { measure, type TimedRun } from './measuredRun.ts';

const CACHE = join(ROOT, 'node_modules/.cache/sotto-bench');
const HERE = import.meta.dirname;

/** Name of the processor and what of it matters for int8 arithmetic. */
async function processor(): Promise<string> {
  const flags = await readFile('/proc/cpuinfo', 'utf8').catch(() => '');
  const found = ['avx2', 'avx512f', 'avx512_vnni', 'avx_vnni', 'amx_int8'].filter((flag) =>
    new RegExp(`\\b${flag}\\b`).test(flags),
  );
  return `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} logical cores, ${found.join(' ')}`;
}

function errorRate(meeting: Meeting, run: TimedRun): number {
  const words = (text: string) => normalizeEnglish(text).split(' ').filter(Boolean);
  return wordErrorRate(countWordErrors(words(meeting.text), words(run.text)));
}

/** Fastest of several runs, with the largest memory of them. */
function best(runs: readonly TimedRun[]): TimedRun {
  const fastest = runs.reduce((a, b) => (b.seconds < a.seconds ? b : a));
  return {
    ...fastest,
    startUp: Math.min(...runs.map((run) => run.startUp)),
    peakBytes: Math.max(...runs.map((run) => run.peakBytes)),
  };
}

function line(name: string, run: TimedRun, duration: number, wer: number | null): string {
  return [
    name.padEnd(34),
    (run.seconds / duration).toFixed(4).padStart(10),
    `${run.startUp.toFixed(2)} s`.padStart(10),
    `${(run.peakBytes / 1e6).toFixed(0)} MB`.padStart(9),
    (wer === null ? '' : `${(100 * wer).toFixed(2)} %`).padStart(8),
  ].join(' ');
}

/** The measured program as people run it: bundled like the command line, not loaded from TypeScript. */
async function bundle(): Promise<string> {
  const outDir = join(CACHE, 'program');
  await build({
    configFile: join(ROOT, 'electron/vite.config.ts'),
    logLevel: 'error',
    build: { outDir, rolldownOptions: { input: { sotto: join(HERE, 'sotto.ts') } } },
  });
  return join(outDir, 'sotto.cjs');
}

/** `npm run bench -- [--minutes 10] [--hours 3] [--threads 2] [--runs 2] [--pack base] [--alone]`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      minutes: { type: 'string', default: '10' },
      hours: { type: 'string' },
      threads: { type: 'string', default: '2' },
      runs: { type: 'string', default: '2' },
      pack: { type: 'string', default: 'base' },
      alone: { type: 'boolean', default: false },
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'sotto-bench-'));
  try {
    const { threads, pack } = values;
    const program = await bundle();
    const sotto = (recording: string) =>
      measure(process.execPath, [program, recording, MODELS, pack, threads]);
    const duration = 60 * Number(values.minutes);
    const meeting = await buildMeeting(duration);
    const recording = join(folder, 'meeting.wav');
    await writeWav(recording, meeting.samples);
    console.log(`${await processor()}; ${threads} threads; ${values.minutes} min recording`);
    console.log(`${''.padEnd(34)}  real-time   start-up      peak      WER`);

    await mkdir(CACHE, { recursive: true });
    const other = values.alone ? null : await installFasterWhisper(CACHE);
    const script = join(HERE, 'faster_whisper_run.py');
    const runs: TimedRun[][] = [[], [], []];
    // In turn, so that a change of the machine's speed meets all alike.
    for (let round = 0; round < Number(values.runs); round++) {
      runs[0]!.push(await sotto(recording));
      if (!other) continue;
      runs[1]!.push(await measure(other.python, [script, other.model, recording, threads]));
      runs[2]!.push(await measure(other.python, [script, other.model, recording, threads, 'full']));
    }
    const ours = best(runs[0]!);
    console.log(line(`sotto ${pack}`, ours, duration, errorRate(meeting, ours)));
    const names = ['faster-whisper int8', 'faster-whisper int8, VAD, words'];
    for (const [i, name] of names.entries()) {
      if (!other) break;
      const theirs = best(runs[i + 1]!);
      console.log(line(name, theirs, duration, errorRate(meeting, theirs)));
      const ratio = (pick: (run: TimedRun) => number) => (pick(theirs) / pick(ours)).toFixed(2);
      console.log(
        `  sotto is ${ratio((run) => run.seconds)} times faster, starts ${ratio((run) => run.startUp)} times faster, needs ${ratio((run) => 1 / run.peakBytes)} times the memory`,
      );
    }
    const source = ['--import', 'tsx', join(HERE, 'sotto.ts')];
    const profiled = await measure(process.execPath, [...source, recording, MODELS, pack, threads, 'stages']);
    console.log('stages of sotto, share of the time of a profiled run:');
    for (const [stage, seconds] of Object.entries(profiled.stages).sort((a, b) => b[1] - a[1]))
      console.log(`  ${stage.padEnd(16)} ${((100 * seconds) / profiled.seconds).toFixed(1).padStart(5)} %`);

    if (values.hours !== undefined) {
      const long = join(folder, 'long.wav');
      const seconds = 3600 * Number(values.hours);
      await writeLongWav(long, recording, seconds);
      console.log(line(`sotto ${pack}, ${values.hours} h`, await sotto(long), seconds, null));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
