import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../core/audio/source.ts';
import { closeModels, loadModels, type Models } from '../../core/project/transcribe.ts';
import { devUtterances, samplesOf } from '../recordings/corpus.ts';
import { MODELS } from '../recordings/models.ts';
import { transcription } from '../recordings/transcription.ts';
import { writeWav } from '../recordings/wavWriter.ts';

const HOURS = 2;
const EVERY_SECONDS = 450;

let folder: string;
let models: Models;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-drift-'));
  models = await loadModels(MODELS, 'base');
});
afterAll(async () => {
  await closeModels(models);
  await rm(folder, { recursive: true });
});

/** Seconds from the first to the last 20 ms frame within 26 dB of the loudest: where the voice itself begins and ends. */
function voiced(samples: Float32Array): { start: number; end: number } {
  const frame = SAMPLE_RATE / 50;
  const energies: number[] = [];
  for (let at = 0; at + frame <= samples.length; at += frame)
    energies.push(samples.subarray(at, at + frame).reduce((sum, sample) => sum + sample * sample, 0));
  const floor = Math.max(...energies) / 10 ** 2.6;
  const loud = (energy: number) => energy > floor;
  return { start: energies.findIndex(loud) / 50, end: (energies.findLastIndex(loud) + 1) / 50 };
}

describe('times in a recording of two hours', () => {
  it('are those of the recording, at its first word and at its last', async () => {
    const piecesWanted = (HOURS * 3600) / EVERY_SECONDS;
    const utterances = (await devUtterances('librispeech'))
      .filter(({ start, end }) => end - start > 5 && end - start < 12)
      .slice(0, piecesWanted);
    const pieces = await samplesOf(utterances);
    const samples = new Float32Array(HOURS * 3600 * SAMPLE_RATE);
    const expected = pieces.map((piece, index) => {
      // The last piece ends with the recording, the first begins with it.
      const last = samples.length - piece.length;
      const at = index === pieces.length - 1 ? last : index * EVERY_SECONDS * SAMPLE_RATE;
      samples.set(piece, at);
      const { start, end } = voiced(piece);
      return { start: at / SAMPLE_RATE + start, end: at / SAMPLE_RATE + end };
    });
    const recording = join(folder, 'two hours.wav');
    await writeWav(recording, samples);

    const transcript = await transcription(recording, models);

    const words = transcript.segments.flatMap((segment) => segment.words);
    expect(Math.abs(words[0]!.start - expected[0]!.start)).toBeLessThan(0.2);
    expect(Math.abs(words.at(-1)!.end - expected.at(-1)!.end)).toBeLessThan(0.2);
    for (const piece of expected) {
      const inside = words.filter((word) => word.end > piece.start - 1 && word.start < piece.end + 1);
      expect(Math.abs(inside[0]!.start - piece.start)).toBeLessThan(0.5);
      expect(Math.abs(inside.at(-1)!.end - piece.end)).toBeLessThan(0.5);
    }
  });
});
