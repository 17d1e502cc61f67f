/**
 * The process that the bench measures: loads a pack, transcribes one recording on the whole path from file to
 * redacted transcript, and prints what it took as JSON lines. Arguments: RECORDING MODELS PACK THREADS [stages]; with
 * `stages` it is profiled, which costs it time and memory, and the processor's speed is measured afterwards.
 */
import { Session } from 'node:inspector/promises';
import { InferenceSession } from 'onnxruntime-node';
import { loadModels } from '../../core/project/transcribe.ts';
import { FRAMES_PER_STATE } from '../../core/recognizer/encoder.ts';
import type { NamedTensors } from '../../core/recognizer/session.ts';
import { textOf, transcription } from '../recordings/transcription.ts';
import { encoderWork, secondsAt } from './encoderWork.ts';
import { matrixLimit } from './matrixLimit.ts';
import type { MeasuredRun, Ready, RunDetails } from './measuredRun.ts';
import { REDACTION_HEAD, stageSeconds } from './stages.ts';

const [recording, models, pack, threads, wanted] = process.argv.slice(2) as [
  string,
  string,
  string,
  string,
  string?,
];

/** Seconds in each network. */
const networks: Record<string, number> = {};
/** Largest resident memory seen at the end of each stage. */
const memory: Record<string, number> = {};
const decoder = { steps: 0, rows: 0 };
/** States of each run of the encoder. */
const encoded: number[] = [];

function weigh(stage: string): void {
  memory[stage] = Math.max(memory[stage] ?? 0, process.memoryUsage.rss());
}

const create = InferenceSession.create;
InferenceSession.create = async (...args: unknown[]) => {
  const session = await (create as (...all: unknown[]) => Promise<InferenceSession>)(...args);
  const inputs = session.inputNames;
  const network = inputs.includes('mel')
    ? 'encoder'
    : inputs.includes('tokens')
      ? 'decoder'
      : inputs.includes('pieces')
        ? REDACTION_HEAD
        : 'voice activity';
  weigh(`${network} loaded`);
  const run = session.run.bind(session) as (...all: unknown[]) => ReturnType<InferenceSession['run']>;
  session.run = async (...all: unknown[]) => {
    const { mel, tokens } = all[0] as NamedTensors;
    if (mel) encoded.push(mel.dims[2]! / FRAMES_PER_STATE);
    if (tokens) {
      decoder.steps++;
      decoder.rows += tokens.dims[0]!;
    }
    const started = performance.now();
    const outputs = await run(...all);
    networks[network] = (networks[network] ?? 0) + (performance.now() - started) / 1000;
    weigh(network);
    return outputs;
  };
  return session;
};

async function main(): Promise<void> {
  weigh('program');
  const loaded = await loadModels(models, pack, Number(threads));
  weigh('all loaded');
  console.log(JSON.stringify({ ready: true } satisfies Ready));

  const profiler = wanted === 'stages' ? new Session() : null;
  profiler?.connect();
  await profiler?.post('Profiler.enable');
  await profiler?.post('Profiler.start');
  const started = performance.now();
  const transcript = await transcription(recording, loaded);
  const seconds = (performance.now() - started) / 1000;
  const profiled = await profiler?.post('Profiler.stop');
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const stages = { ...networks, ...(profiled ? stageSeconds(profiled.profile) : {}) };
  let limit: RunDetails['limit'] = null;
  if (profiled) {
    const speed = await matrixLimit(Number(threads));
    const { manifest } = loaded.recognizer.pack;
    const work = encoded.map((states) => secondsAt(speed, encoderWork(manifest, states)));
    limit = { ...speed, encoderSeconds: work.reduce((sum, one) => sum + one, 0) };
  }
  const details: RunDetails = { stages, memory, decoder, limit };
  console.log(
    JSON.stringify({ seconds, peakBytes, text: textOf(transcript), details } satisfies MeasuredRun),
  );
}

void main();
