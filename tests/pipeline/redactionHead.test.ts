import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { monoRecording, openOriginal } from '../../core/audio/open.ts';
import { allSamples } from '../../core/audio/stretch.ts';
import { closeModels, loadModels, type Models } from '../../core/project/transcribe.ts';
import { maskedSpans } from '../../core/redaction/maskedSpans.ts';
import { POLICY_PRESETS } from '../../core/redaction/policy.ts';
import { redactByText } from '../../core/redaction/redactor.ts';
import { assertValid } from '../../core/transcript/invariants.ts';
import type { Transcript } from '../../core/transcript/schema.ts';
import { MODELS } from '../recordings/models.ts';
import { transcription } from '../recordings/transcription.ts';
import { writeWav } from '../recordings/wavWriter.ts';

/** A call in which names, numbers and addresses are said. */
const CALL = resolve(import.meta.dirname, '../fixtures/window/interview.ogg');

let folder: string;
let recording: string;
let models: Models;
let found: Transcript;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-head-'));
  recording = join(folder, 'meeting.wav');
  const call = await allSamples(monoRecording(await openOriginal(CALL)), new AbortController().signal);
  // Twice, so that it takes several batches.
  const samples = new Float32Array(2 * call.length);
  samples.set(call);
  samples.set(call, call.length);
  await writeWav(recording, samples);
  models = await loadModels(MODELS, 'base');
  found = await transcription(recording, models, { journal: join(folder, 'whole') });
});
afterAll(async () => {
  await closeModels(models);
  await rm(folder, { recursive: true });
});

describe('a recording that the redaction head reads', () => {
  it('has what it found marked, with what of the recording it listened to', () => {
    assertValid(found);
    const words = new Map(found.segments.flatMap((segment) => segment.words).map((word) => [word.id, word]));
    const heard = found.entities.filter((entity) => entity.heard);
    expect(heard.length).toBeGreaterThan(0);
    for (const { words: ids, heard: listened } of heard) {
      const span = ids.map((id) => words.get(id)!);
      expect(listened!.start).toBeGreaterThanOrEqual(span[0]!.start - 0.51);
      expect(listened!.end).toBeLessThanOrEqual(Math.max(...span.map(({ end }) => end)) + 0.51);
      expect(listened!.end).toBeGreaterThanOrEqual(listened!.start);
    }
    expect(maskedSpans(found, POLICY_PRESETS.strict).length).toBeGreaterThan(0);
  });

  it('is found the same when the job was stopped and goes on', async () => {
    const journal = join(folder, 'stopped');
    const stop = new AbortController();
    const stopped = transcription(recording, models, {
      journal,
      onProgress: ({ segments }) => segments > 0 && stop.abort(),
      signal: stop.signal,
    });
    await expect(stopped).rejects.toThrow();
    const heardFrom: number[] = [];
    const resumed = await transcription(recording, models, {
      journal,
      onProgress: ({ stage, audioSeconds }) => stage === 'listening' && heardFrom.push(audioSeconds),
    });
    expect(heardFrom[0]).toBeGreaterThan(10);
    expect(resumed.entities).toEqual(found.entities);
  });

  it('keeps what was found by the sound when it is searched again by its text', async () => {
    const again = await redactByText(found, POLICY_PRESETS.standard, models.head);
    assertValid(again);
    const masked = new Set(again.entities.flatMap(({ words }) => words));
    for (const { words, heard } of found.entities)
      if (heard) for (const word of words) expect(masked.has(word)).toBe(true);
    const without = await redactByText(found, POLICY_PRESETS.standard, null);
    expect(without.entities.filter(({ heard }) => heard).length).toBeGreaterThan(0);
  });
});
