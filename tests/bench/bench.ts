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
import { RECOGNITION, REDACTION_HEAD } from './stages.ts';

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

/** What a profiled run says beside the first one: where the time goes, and how near the encoder is to the limit. */
function profileLines(profiled: TimedRun): string[] {
  const { stages, limit, decoder } = profiled.details!;
  const share = (seconds: number) => `${((100 * seconds) / profiled.seconds).toFixed(1).padStart(5)} %`;
  const rate = (operations: number) => `${(operations / 1e9).toFixed(0)} GOP/s`;
  const { float32, int8, encoderSeconds } = limit!;
  return [
    'stages of sotto, seconds and share of the time of a profiled run:',
    ...Object.entries(stages)
      .sort((a, b) => b[1] - a[1])
      .map(
        ([stage, seconds]) => `  ${stage.padEnd(16)} ${seconds.toFixed(2).padStart(7)} s ${share(seconds)}`,
      ),
    ...headLine(stages),
    `  decoder: ${decoder.steps} steps of ${(decoder.rows / decoder.steps).toFixed(1)} rows on average`,
    `matrix products of this processor: float32 ${rate(float32)}, int8 ${rate(int8)}`,
    `  the encoder's products alone, every head counted, would take ${encoderSeconds.toFixed(2)} s at that speed: it reaches ${((100 * encoderSeconds) / stages.encoder!).toFixed(0)} % of the limit`,
  ];
}

/** What the redaction head costs beside recognition; the goal is 3 %. Nothing where no head is installed. */
function headLine(stages: Readonly<Record<string, number>>): string[] {
  const head = stages[REDACTION_HEAD];
  if (head === undefined) return [];
  const recognition = RECOGNITION.reduce((sum, stage) => sum + (stages[stage] ?? 0), 0);
  return [`  redaction head: ${((100 * head) / recognition).toFixed(1)} % of the recogniser's time`];
}

function memoryLine(run: TimedRun): string {
  const stages = Object.entries(run.details!.memory).sort((a, b) => a[1] - b[1]);
  return `resident memory of sotto at the end of each stage, at most: ${stages.map(([stage, bytes]) => `${stage} ${(bytes / 1e6).toFixed(0)} MB`).join(', ')}`;
}

interface Comparison {
  readonly sotto: (recording: string) => Promise<TimedRun>;
  readonly other: ((...options: string[]) => Promise<TimedRun>) | null;
  readonly meeting: Meeting;
  readonly recording: string;
  readonly duration: number;
  readonly rounds: number;
}

/** Runs all programs over the meeting and prints a line for each; returns Sotto's run. */
async function compare({
  sotto,
  other,
  meeting,
  recording,
  duration,
  rounds,
}: Comparison): Promise<TimedRun> {
  const runs: TimedRun[][] = [[], [], []];
  // In turn, so that a change of the machine's speed meets all alike.
  for (let round = 0; round < rounds; round++) {
    runs[0]!.push(await sotto(recording));
    if (!other) continue;
    runs[1]!.push(await other());
    runs[2]!.push(await other('full'));
  }
  const ours = best(runs[0]!);
  console.log(line('sotto', ours, duration, errorRate(meeting, ours)));
  for (const [i, name] of ['faster-whisper int8', 'faster-whisper int8, VAD, words'].entries()) {
    if (!other) break;
    const theirs = best(runs[i + 1]!);
    console.log(line(name, theirs, duration, errorRate(meeting, theirs)));
    const ratio = (pick: (run: TimedRun) => number) => (pick(theirs) / pick(ours)).toFixed(2);
    console.log(
      `  sotto is ${ratio((run) => run.seconds)} times faster, starts ${ratio((run) => run.startUp)} times faster, needs ${ratio((run) => 1 / run.peakBytes)} times the memory`,
    );
  }
  return ours;
}

/**
 * `npm run bench -- [--minutes 10] [--hours 3] [--threads 2] [--runs 2] [--pack base] [--alone]`; several numbers of
 * threads, as in `--threads 1,2,4`, are measured one after another.
 */
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
    const program = await bundle();
    const duration = 60 * Number(values.minutes);
    const meeting = await buildMeeting(duration);
    const recording = join(folder, 'meeting.wav');
    await writeWav(recording, meeting.samples);
    await mkdir(CACHE, { recursive: true });
    const installed = values.alone ? null : await installFasterWhisper(CACHE);
    const script = join(HERE, 'faster_whisper_run.py');
    console.log(`${await processor()}; pack ${values.pack}; ${values.minutes} min recording`);
    for (const threads of values.threads.split(',')) {
      const given = (file: string) => [file, MODELS, values.pack, threads];
      const sotto = (file: string) => measure(process.execPath, [program, ...given(file)]);
      const other =
        installed &&
        ((...options: string[]) =>
          measure(installed.python, [script, installed.model, recording, threads, ...options]));
      console.log(`${`${threads} threads`.padEnd(34)}  real-time   start-up      peak      WER`);
      const rounds = Number(values.runs);
      const ours = await compare({ sotto, other, meeting, recording, duration, rounds });
      const source = ['--import', 'tsx', join(HERE, 'sotto.ts')];
      const profiled = await measure(process.execPath, [...source, ...given(recording), 'stages']);
      console.log([...profileLines(profiled), memoryLine(ours)].join('\n'));
      if (values.hours === undefined) continue;
      const long = join(folder, 'long.wav');
      const seconds = 3600 * Number(values.hours);
      await writeLongWav(long, recording, seconds);
      console.log(line(`sotto, ${values.hours} h`, await sotto(long), seconds, null));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

await main();
