/**
 * The process that the bench measures: loads a pack, transcribes one recording on the whole path from file to
 * redacted transcript, and prints what it took as JSON lines. Arguments: RECORDING MODELS PACK THREADS [stages]; with
 * `stages` it is profiled, which costs it time and memory.
 */
import { Session } from 'node:inspector/promises';
import { InferenceSession } from 'onnxruntime-node';
import { loadModels } from '../../core/project/transcribe.ts';
import { textOf, transcription } from '../recordings/transcription.ts';
import type { MeasuredRun, Ready } from './measuredRun.ts';
import { stageSeconds } from './stages.ts';

const [recording, models, pack, threads, wanted] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string?,
];

/** Seconds in each network. */
const networks: Record<string, number> = {};
const create = InferenceSession.create;
InferenceSession.create = async (...args: unknown[]) => {
  const session = await (create as (...all: unknown[]) => Promise<InferenceSession>)(...args);
  const inputs = session.inputNames;
  const network = inputs.includes('mel')
    ? 'encoder'
    : inputs.includes('tokens')
      ? 'decoder'
      : 'voice activity';
  const run = session.run.bind(session) as (...all: unknown[]) => ReturnType<InferenceSession['run']>;
  session.run = async (...all: unknown[]) => {
    const started = performance.now();
    const outputs = await run(...all);
    networks[network] = (networks[network] ?? 0) + (performance.now() - started) / 1000;
    return outputs;
  };
  return session;
};

async function main(): Promise<void> {
  const loaded = await loadModels(models, pack, Number(threads));
  console.log(JSON.stringify({ ready: true } satisfies Ready));

  const profiler = wanted === 'stages' ? new Session() : null;
  profiler?.connect();
  await profiler?.post('Profiler.enable');
  await profiler?.post('Profiler.start');
  const started = performance.now();
  const transcript = await transcription(recording, loaded);
  const seconds = (performance.now() - started) / 1000;
  const profiled = await profiler?.post('Profiler.stop');
  console.log(
    JSON.stringify({
      seconds,
      peakBytes: process.resourceUsage().maxRSS * 1024,
      text: textOf(transcript),
      stages: profiled ? { ...networks, ...stageSeconds(profiled.profile) } : {},
    } satisfies MeasuredRun),
  );
}

void main();
