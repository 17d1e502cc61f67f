/**
 * `npm run bench:live -- [--seconds 180] [--packs tiny,base] [--threads 2]`: live captions of a meeting made of real
 * speech, fed in blocks of half a second as fast as they are heard, and masked. Prints, for each pack, the time and the
 * processor's time that a block takes, how late words become stable (before masking holds them back), and word error
 * rates beside the offline transcript's. A pack is a name under models/ or a folder.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { SAMPLE_RATE } from '../../core/audio/source.ts';
import { LiveMask } from '../../core/live/liveMask.ts';
import { LiveSession } from '../../core/live/session.ts';
import { listen } from '../../core/project/listen.ts';
import { ProgressClock } from '../../core/project/progress.ts';
import { closeModels, loadModels, type Models } from '../../core/project/transcribe.ts';
import { POLICY_PRESETS } from '../../core/redaction/policy.ts';
import { normalizeEnglish } from '../eval/englishText.ts';
import { countWordErrors, wordErrorRate } from '../eval/wordErrors.ts';
import { buildMeeting, type Meeting } from '../recordings/meeting.ts';
import { MODELS } from '../recordings/models.ts';

const BLOCK_SECONDS = 0.5;

interface LiveRun {
  readonly text: string;
  /** Of each block, milliseconds on the clock and of all cores. */
  readonly elapsed: readonly number[];
  readonly worked: readonly number[];
  /** Seconds from the end of each word until it was stable, computing included. */
  readonly delays: readonly number[];
  /** Longest stretch of sound that the session held, in seconds. */
  readonly held: number;
}

async function runLive(models: Models, meeting: Meeting): Promise<LiveRun> {
  const words: string[] = [];
  const elapsed: number[] = [];
  const worked: number[] = [];
  const delays: number[] = [];
  let held = 0;
  let fed = 0;
  let started = 0;
  const mask = new LiveMask(POLICY_PRESETS.standard, models.head);
  const session = new LiveSession({
    ...models,
    language: 'en',
    async onUpdate({ stable }) {
      const now = fed + (performance.now() - started) / 1000;
      for (const { text, end } of stable) {
        words.push(text);
        delays.push(now - end);
      }
      await mask.push(stable);
    },
  });
  for (let at = 0; at < meeting.samples.length; at += BLOCK_SECONDS * SAMPLE_RATE) {
    const block = meeting.samples.subarray(at, at + BLOCK_SECONDS * SAMPLE_RATE);
    fed = (at + block.length) / SAMPLE_RATE;
    const before = process.cpuUsage();
    started = performance.now();
    await session.push(block);
    elapsed.push(performance.now() - started);
    const { user, system } = process.cpuUsage(before);
    worked.push((user + system) / 1000);
    held = Math.max(held, session.held);
  }
  await session.finish();
  return { text: words.join(' '), elapsed, worked, delays, held };
}

async function offlineText(models: Models, { samples }: Meeting): Promise<string> {
  const source = {
    duration: samples.length / SAMPLE_RATE,
    async *blocks() {
      yield samples;
    },
  };
  const clock = new ProgressClock(() => {});
  const { segments } = await listen(
    source,
    models,
    { language: 'en' },
    null,
    clock,
    new AbortController().signal,
  );
  return segments.flatMap(({ words }) => words.map(({ text }) => text)).join(' ');
}

/** Word error rate of `text` against `reference`, in per cent. */
function errorRate(reference: string, text: string): string {
  const words = (said: string) => normalizeEnglish(said).split(' ').filter(Boolean);
  return `${(100 * wordErrorRate(countWordErrors(words(reference), words(text)))).toFixed(2)} %`;
}

/** The value that a share of all values does not exceed. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function percentiles(values: readonly number[], digits: number): string {
  return [0.5, 0.95, 1].map((share) => percentile(values, share).toFixed(digits).padStart(8)).join('');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seconds: { type: 'string', default: '180' },
      packs: { type: 'string', default: 'tiny,base' },
      threads: { type: 'string', default: '2' },
    },
  });
  const meeting = await buildMeeting(Number(values.seconds));
  console.log(`${cpus()[0]?.model}; ${values.threads} threads; ${values.seconds} s of speech`);
  for (const pack of values.packs.split(',')) {
    const models = await loadModels(MODELS, pack, Number(values.threads));
    const run = await runLive(models, meeting);
    const offline = await offlineText(models, meeting);
    await closeModels(models);
    const { name, audioContext } = models.recognizer.pack.manifest;
    console.log(`\n${name} (${audioContext} audio context)`);
    console.log(`${''.padEnd(40)}  median     95 %    most`);
    console.log(`time for a block of 0.5 s, ms           ${percentiles(run.elapsed, 0)}`);
    console.log(`processor time for it, all cores, ms    ${percentiles(run.worked, 0)}`);
    console.log(`from a word's end until it is stable, s ${percentiles(run.delays, 2)}`);
    console.log(`sound held at most: ${run.held.toFixed(1)} s`);
    console.log(`word error rate, live: ${errorRate(meeting.text, run.text)}`);
    console.log(`word error rate, offline: ${errorRate(meeting.text, offline)}`);
    console.log(`live against offline: ${errorRate(offline, run.text)}`);
  }
}

await main();
