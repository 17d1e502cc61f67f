import { describe, expect, it } from 'vitest';
import { exportTranscript } from '../../../core/export/export.ts';
import type { ExportFormat } from '../../../core/export/exporter.ts';
import { exporterFor } from '../../../core/export/formats.ts';
import { noiseNotice, withoutNotice } from '../../../core/export/notice.ts';
import { mask } from '../../../core/redaction/mask.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { transcriptOf, withEntity } from '../transcript/sample.ts';
import { textOf } from './shareable.ts';

const weights = { spectral: 0.35, temporal: 0.35, noise: 0.3 };

/** A transcript of 20 minutes with noise in these stretches, in seconds, and none elsewhere. */
function noisy(...stretches: [from: number, to: number][]): Transcript {
  const transcript = transcriptOf('Call Sarah Connor please');
  const share = (second: number) => (stretches.some(([from, to]) => from <= second && second < to) ? 0.9 : 0);
  transcript.segments[0]!.end = 1200;
  transcript.recording.duration = 1200;
  transcript.segments[0]!.acoustics = {
    weights,
    from: 0,
    noise: Array.from({ length: 1200 }, (_, second) => share(second)),
  };
  assertValid(transcript);
  return transcript;
}

describe('the sentence about background noise', () => {
  it('names a stretch by the clock', () => {
    expect(noiseNotice(noisy([750, 850]))).toMatch(
      /^Much background noise from 12:(2[6-9]|3[0-4]) to 14:(0[6-9]|1[0-4]); check these words\.$/,
    );
  });

  it('lists a few stretches and counts more', () => {
    const times = String.raw`from \d+:\d\d to \d+:\d\d`;
    expect(noiseNotice(noisy([0, 60], [200, 300], [900, 960]))).toMatch(
      new RegExp(`^Much background noise ${times}, ${times} and ${times}; check these words\\.$`),
    );
    expect(noiseNotice(noisy([0, 60], [200, 300], [500, 560], [900, 960]))).toMatch(
      /^Much background noise in 4 places, the longest from 3:\d\d to 5:\d\d; check the words there\.$/,
    );
  });

  it('is not said of a quiet recording, nor where the noise is not known', () => {
    expect(noiseNotice(noisy())).toBeNull();
    expect(noiseNotice(transcriptOf('Hello there'))).toBeNull();
  });

  it.each([
    [[[750, 850]]],
    [
      [
        [0, 60],
        [200, 300],
      ],
    ],
    [
      [
        [0, 60],
        [200, 300],
        [500, 560],
        [900, 960],
      ],
    ],
  ] as [[number, number][]][])('is taken for Sotto’s own when a file is read back', (stretches) => {
    const sentence = noiseNotice(noisy(...stretches))!;
    expect(withoutNotice(`before ${sentence} after`)).toBe('before  after');
  });
});

describe('a noisy transcript', () => {
  const transcript = withEntity(noisy([0, 100]), 1, 2);
  const render = (format: ExportFormat) =>
    textOf(exportTranscript({ transcript, policy: POLICY_PRESETS.standard, format, full: false }));

  it('says so at the head of a document, under what was masked', async () => {
    const lines = (await render('md')).split('\n').filter((line) => line !== '');
    expect(lines[1]).toBe('*Redacted by Sotto: 1 × PERSON.*');
    expect(lines[2]).toMatch(/^\*Much background noise from 0:00 to 1:4\d; check these words\.\*$/);
    expect(await render('html')).toMatch(/<p class="notice" lang="en">Much background noise from/);
    const docx = exporterFor('docx');
    const shareable = mask(transcript, POLICY_PRESETS.standard);
    expect(await docx.readBack(await docx.render(shareable))).not.toContain('noise');
  });

  it('leaves text and captions as they are', async () => {
    for (const format of ['txt', 'srt', 'vtt', 'csv'] as const)
      expect(await render(format)).not.toMatch(/noise/);
  });

  it('has its noise and head weights in the json', async () => {
    const file = JSON.parse(await render('json'));
    expect(file.noisy).toHaveLength(1);
    expect(file.noisy[0].start).toBe(0);
    const { noise, noiseBySecond, ...rest } = file.segments[0].acoustics;
    expect(rest).toEqual({ weights, from: 0 });
    expect(noise).toBeCloseTo((0.9 * 100) / 1200, 3);
    expect(noiseBySecond).toHaveLength(1200);
  });
});
