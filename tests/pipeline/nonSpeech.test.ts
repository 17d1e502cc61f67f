import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeModels, loadModels, type Models } from '../../core/project/transcribe.ts';
import { SHARED } from '../recordings/corpus.ts';
import { MODELS } from '../recordings/models.ts';
import { textOf, transcription } from '../recordings/transcription.ts';

/** People talk in the background of this one. */
const VOICES = 'coffee-shop.opus';

function recordings(): string[] {
  return ['blanket', 'esc10', 'picovoice', 'speechcommands'].flatMap((set) =>
    readdirSync(join(SHARED, 'noise', set))
      .filter((file) => file.endsWith('.opus') && file !== VOICES)
      .map((file) => join(SHARED, 'noise', set, file)),
  );
}

let models: Models;
beforeAll(async () => {
  models = await loadModels(MODELS, 'base');
});
afterAll(() => closeModels(models));

describe('a recording in which nobody speaks', () => {
  it('gives an empty transcript, not invented text', { timeout: 300_000 }, async () => {
    const invented: string[] = [];
    for (const recording of recordings()) {
      const text = textOf(await transcription(recording, models, { language: null }));
      if (text !== '') invented.push(`${recording}: ${text}`);
    }
    expect(invented).toEqual([]);
  });
});
