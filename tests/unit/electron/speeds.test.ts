import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { JobProgress } from '../../../core/project/progress.ts';
import { Speeds } from '../../../electron/speeds.ts';

const at = (stage: JobProgress['stage'], audioSeconds: number, elapsed: number): JobProgress => ({
  stage,
  audioSeconds,
  elapsed,
  duration: null,
  remaining: null,
  segments: 0,
});

test('the speed of a pack is that of listening, without opening and what a journal gave back, and is kept', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-speeds-'));
  const data = join(folder, 'deep');
  const speeds = new Speeds(data);
  await speeds.open();
  expect(speeds.of('base')).toBeNull();
  const seen: JobProgress[] = [];
  const told = speeds.watching('base', { progress: (progress) => void seen.push(progress) });
  // 60 s came from the journal, opening took 5 s; then 120 s of recording in 10 s.
  for (const progress of [
    at('opening', 0, 5),
    at('listening', 60, 5),
    at('listening', 180, 14),
    at('redacting', 180, 15),
  ])
    told.progress(progress);
  expect(speeds.of('base')).toBe(12);
  expect(seen).toHaveLength(4);
  const short = speeds.watching('base', { progress: (progress: JobProgress) => void seen.push(progress) });
  for (const progress of [at('listening', 0, 1), at('redacting', 10, 2)]) short.progress(progress);
  expect(speeds.of('base')).toBe(12);
  await expect
    .poll(async () => {
      const later = new Speeds(data);
      await later.open();
      return later.of('base');
    })
    .toBe(12);
  await rm(folder, { recursive: true });
});
