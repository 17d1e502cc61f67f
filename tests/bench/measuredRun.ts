import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { MatrixLimit } from './matrixLimit.ts';

/** First line of a measured process: its model is loaded. */
export interface Ready {
  readonly ready: true;
}

/** Second line of a measured process. */
export interface MeasuredRun {
  /** From file to words. */
  readonly seconds: number;
  /** Largest resident memory of the process. */
  readonly peakBytes: number;
  readonly text: string;
  /** Only of Sotto. */
  readonly details?: RunDetails;
}

export interface RunDetails {
  /** Seconds by stage; the networks only, unless the run was profiled. */
  readonly stages: Readonly<Record<string, number>>;
  /** Largest resident memory, in bytes, seen at the end of each stage. */
  readonly memory: Readonly<Record<string, number>>;
  /** Steps of the decoder, and rows of segments in all of them. */
  readonly decoder: { readonly steps: number; readonly rows: number };
  /** The processor's matrix products, and seconds the encoder's would take at that speed; of a profiled run only. */
  readonly limit: (MatrixLimit & { readonly encoderSeconds: number }) | null;
}

/** A run with the time from the start of the process until its model was loaded. */
export interface TimedRun extends MeasuredRun {
  readonly startUp: number;
}

/**
 * Starts a program that prints a {@link Ready} and a {@link MeasuredRun} line, and times it.
 * @throws when the program fails.
 */
export async function measure(command: string, args: readonly string[]): Promise<TimedRun> {
  const started = performance.now();
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exit = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  let startUp = Number.NaN;
  let run: MeasuredRun | null = null;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    const message = JSON.parse(line) as Ready | MeasuredRun;
    if ('ready' in message) startUp = (performance.now() - started) / 1000;
    else run = message;
  }
  const code = await exit;
  if (code !== 0 || run === null) throw new Error(`${command} ${args.join(' ')} failed with code ${code}`);
  return { ...run, startUp };
}
