import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JobProgress } from '../../core/project/progress.ts';
import { closeModels, loadModels, type Models } from '../../core/project/transcribe.ts';
import { buildMeeting } from '../recordings/meeting.ts';
import { MODELS } from '../recordings/models.ts';
import { transcription } from '../recordings/transcription.ts';
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
  await closeModels(models);
  await rm(folder, { recursive: true });
});

function run(
  journal: string,
  onProgress: (progress: JobProgress) => void,
  signal = new AbortController().signal,
) {
  return transcription(recording, models, { journal, onProgress, signal });
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
    // But for the secret that every search draws.
    expect({ ...resumed, salt: '' }).toEqual({ ...undisturbed, salt: '' });
    expect(resumed.salt).toMatch(/^[0-9a-f]{64}$/);
    expect(await readdir(journal)).toEqual([]);
  });

  it('that is cancelled ends in the middle of a batch, not after it', async () => {
    const cancel = new AbortController();
    let finished = 0;
    const cancelled = run(
      join(folder, 'cancelled'),
      (progress) => {
        finished = progress.segments;
        if (progress.stage === 'listening') setTimeout(() => cancel.abort(), 300);
      },
      cancel.signal,
    );
    await expect(cancelled).rejects.toThrow();
    expect(finished).toBe(0);
  });
});
