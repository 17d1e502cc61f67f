import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobProgress } from '../../core/project/progress.ts';
import { loadModels, type Models, transcribe } from '../../core/project/transcribe.ts';
import { POLICY_PRESETS } from '../../core/redaction/policy.ts';
import { buildMeeting } from '../recordings/meeting.ts';
import { MODELS } from '../recordings/models.ts';
import { writeWav } from '../recordings/wavWriter.ts';

let folder: string;
let recording: string;
let models: Models;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sotto-resume-'));
  recording = join(folder, 'meeting.wav');
  await writeWav(recording, (await buildMeeting(200)).samples);
  models = await loadModels(MODELS, 'tiny');
});
afterAll(async () => {
  await models.recognizer.close();
  await rm(folder, { recursive: true });
});

function run(
  journal: string,
  onProgress: (progress: JobProgress) => void,
  signal = new AbortController().signal,
) {
  return transcribe({
    recording,
    recordingName: 'meeting',
    ...models,
    language: 'en',
    policy: POLICY_PRESETS.standard,
    journal,
    onProgress,
    onWarning: () => {},
    signal,
  });
}

describe('a job', () => {
  it('that was stopped goes on at the last finished segment and gives the transcript of an undisturbed run', async () => {
    const undisturbed = await run(join(folder, 'whole'), () => {});
    const journal = join(folder, 'stopped');
    const stop = new AbortController();
    let finished = 0;
    const stopped = run(
      journal,
      (progress) => {
        if (progress.segments === 0) return;
        finished = progress.audioSeconds;
        stop.abort();
      },
      stop.signal,
    );
    await expect(stopped).rejects.toThrow();
    expect(finished).toBeGreaterThan(20);

    const heardFrom: number[] = [];
    const resumed = await run(journal, (progress) => {
      if (progress.stage === 'listening') heardFrom.push(progress.audioSeconds);
    });
    expect(heardFrom[0]).toBeCloseTo(finished, 3);
    expect(resumed).toEqual(undisturbed);
    expect(await readdir(journal)).toEqual([]);
  });

  it('that is cancelled ends within a second', async () => {
    const cancel = new AbortController();
    let cancelledAt = 0;
    const cancelled = run(
      join(folder, 'cancelled'),
      (progress) => {
        if (progress.stage !== 'listening' || cancelledAt > 0) return;
        setTimeout(() => {
          cancelledAt = Date.now();
          cancel.abort();
        }, 300);
      },
      cancel.signal,
    );
    await expect(cancelled).rejects.toThrow();
    expect(Date.now() - cancelledAt).toBeLessThan(1000);
  });
});
