import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openAudio } from '../../core/audio/open.ts';
import { SAMPLE_RATE } from '../../core/audio/source.ts';

/** The shared development data beside the checkout (see its README.md for sources and licences). */
export const SHARED = resolve(import.meta.dirname, '../../../shared');

/** One utterance of ../shared/speech; seconds in `file`, which is relative to that folder. */
export interface Utterance {
  readonly set: string;
  readonly file: string;
  readonly start: number;
  readonly dur: number;
  readonly spk: string;
  readonly text: string;
}

/** Held-out utterances of one set, in the manifest's order. */
export function devUtterances(set: string): Utterance[] {
  const lines = readFileSync(join(SHARED, 'speech/dev.jsonl'), 'utf8').trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Utterance).filter((utterance) => utterance.set === set);
}

/** The whole recording at `path` as 16 kHz mono samples; for test material of a few minutes. */
export async function readSamples(path: string): Promise<Float32Array> {
  const blocks: Float32Array[] = [];
  for await (const block of (await openAudio(path)).blocks()) blocks.push(block);
  return join32(blocks);
}

/** The samples of each utterance, its file decoded once. */
export async function cutUtterances(utterances: readonly Utterance[]): Promise<Float32Array[]> {
  const files = new Map<string, Float32Array>();
  for (const { file } of utterances)
    if (!files.has(file)) files.set(file, await readSamples(join(SHARED, 'speech', file)));
  return utterances.map(({ file, start, dur }) => {
    const from = Math.round(start * SAMPLE_RATE);
    return files.get(file)!.slice(from, from + Math.round(dur * SAMPLE_RATE));
  });
}

function join32(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
