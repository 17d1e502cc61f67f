import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openAudio } from '../../core/audio/open.ts';
import { allSamples } from '../../core/audio/stretch.ts';
import { SHARED } from './corpus.ts';

/** Recordings of noise that no training has heard: fold 5 of ESC-10, and what models/training/trihead holds back. */
function heldBackNoises(): string[] {
  const folder = join(SHARED, 'noise');
  const named = ['blanket/boat', 'blanket/city', 'picovoice/kitchen'].map((name) => `${name}.opus`);
  const fold5 = readdirSync(join(folder, 'esc10')).filter((file) => /_5-[^_]*$/.test(file));
  return [...named, ...fold5.sort().map((file) => join('esc10', file))].map((file) => join(folder, file));
}

/** Samples of `count` held-back noises, mono at 16 kHz, the kinds of noise mixed. */
export async function noiseSamples(count: number): Promise<Float32Array[]> {
  const files = heldBackNoises();
  const noises: Float32Array[] = [];
  // Steps through the list by a prime, so that the kinds come mixed.
  for (let i = 0; i < count; i++)
    noises.push(await allSamples(await openAudio(files[(i * 7) % files.length]!)));
  return noises;
}
