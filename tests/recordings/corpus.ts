import { join, resolve } from 'node:path';
import { openAudio } from '../../core/audio/open.ts';
import { readManifest, type Utterance } from '../eval/manifest.ts';
import { cutUtterances } from '../eval/utteranceAudio.ts';

/** The shared development data beside the checkout (see its README.md for sources and licences). */
export const SHARED = resolve(import.meta.dirname, '../../../shared');

/** Held-out utterances of one set of ../shared/speech, in the manifest's order. */
export async function devUtterances(set: string): Promise<Utterance[]> {
  const all = await readManifest(join(SHARED, 'speech/dev.jsonl'));
  return all.filter((utterance) => utterance.set === set);
}

/** Each utterance's samples, mono at 16 kHz, in the order asked for. */
export async function samplesOf(utterances: readonly Utterance[]): Promise<Float32Array[]> {
  const samples = new Map<Utterance, Float32Array>();
  for (const file of new Set(utterances.map(({ audio }) => audio))) {
    const inFile = utterances.filter(({ audio }) => audio === file);
    for await (const heard of cutUtterances(await openAudio(file), inFile))
      samples.set(heard.utterance, heard.samples);
  }
  return utterances.map((utterance) => samples.get(utterance)!);
}
