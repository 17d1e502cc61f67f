import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOriginal } from '../../core/audio/open.ts';
import { writeRedactedWav } from '../../core/export/redactedWav.ts';
import { writeCheckedWav } from '../../core/project/redactedAudio.ts';
import { closeModels, loadModels, type Models } from '../../core/project/transcribe.ts';
import { maskedSpans } from '../../core/redaction/maskedSpans.ts';
import { POLICY_PRESETS } from '../../core/redaction/policy.ts';
import type { Transcript } from '../../core/transcript/schema.ts';
import { MODELS } from '../recordings/models.ts';
import { textOf, transcription } from '../recordings/transcription.ts';

const CALL = resolve(import.meta.dirname, '../fixtures/window/interview.ogg');

let folder: string;
let models: Models;
let transcript: Transcript;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-bleep-'));
  models = await loadModels(MODELS, 'base');
  transcript = await transcription(CALL, models);
});
afterAll(async () => {
  await closeModels(models);
  await rm(folder, { recursive: true });
});

describe('the bleeped recording of a call', () => {
  it('has nothing left to hear of the names, numbers and addresses said in it', async () => {
    const masked = new Set(transcript.entities.flatMap((entity) => entity.words));
    const values = transcript.segments
      .flatMap((segment) => segment.words)
      .filter((word) => masked.has(word.id))
      .flatMap((word) => word.text.toLowerCase().match(/[a-z]{4,}|\d{2,}/g) ?? []);
    expect(values.length).toBeGreaterThan(5);

    const path = join(folder, 'bleeped.wav');
    const spans = maskedSpans(transcript, POLICY_PRESETS.standard);
    await writeRedactedWav({ original: await openOriginal(CALL), spans, path, style: 'bleep' });
    const heard = textOf(await transcription(path, models)).toLowerCase();
    expect(heard.split(' ').length).toBeGreaterThan(40);
    expect(values.filter((value) => new RegExp(`\\b${value}\\b`).test(heard))).toEqual([]);
  });

  it('appears only when the tiny pack hears nothing of what was masked', async () => {
    const { standard } = POLICY_PRESETS;
    const tiny = await loadModels(MODELS, 'tiny');
    const out = await mkdtemp(join(folder, 'checked-'));
    const write = async (path: string, spans: { start: number; end: number }[]) =>
      writeCheckedWav(
        { original: await openOriginal(CALL), spans, path: join(out, path), style: 'bleep' },
        transcript,
        standard,
        tiny,
      );
    try {
      const spans = [...maskedSpans(transcript, standard)];
      await expect(write('open.wav', spans.slice(0, 1))).rejects.toMatchObject({
        code: 'leak',
        message: expect.stringMatching(/^"open.wav" was not written: .* can still be heard at \d+:\d\d/),
      });
      expect(await readdir(out)).toEqual([]);
      await write('whole.wav', spans);
      expect(await readdir(out)).toEqual(['whole.wav']);
    } finally {
      await closeModels(tiny);
    }
  });
});
