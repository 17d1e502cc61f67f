import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadModels, type Models, transcribe } from '../../core/project/transcribe.ts';
import { POLICY_PRESETS } from '../../core/redaction/policy.ts';
import { SHARED } from '../recordings/corpus.ts';
import { MODELS } from '../recordings/models.ts';

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
afterAll(() => models.recognizer.close());

describe('a recording in which nobody speaks', () => {
  it('gives an empty transcript, not invented text', { timeout: 300_000 }, async () => {
    const invented: string[] = [];
    for (const recording of recordings()) {
      const transcript = await transcribe({
        recording,
        recordingName: 'noise',
        ...models,
        language: null,
        policy: POLICY_PRESETS.standard,
        journal: null,
        onProgress: () => {},
        onWarning: () => {},
        signal: new AbortController().signal,
      });
      const text = transcript.segments.flatMap(({ words }) => words.map((word) => word.text)).join(' ');
      if (text !== '') invented.push(`${recording}: ${text}`);
    }
    expect(invented).toEqual([]);
  });
});
