import { describe, expect, test } from 'vitest';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { colourRamp } from '../../../renderer/review/acoustics/colourRamp.ts';
import { acousticColumns, acousticSummary, acousticsAt } from '../../../renderer/review/acoustics/columns.ts';
import { stepPath } from '../../../renderer/review/acoustics/steps.ts';
import { transcriptOf } from '../transcript/sample.ts';

const speech = { spectral: 0.5, temporal: 0.4, noise: 0.1 };
const din = { spectral: 0.4, temporal: 0.3, noise: 0.3 };

/** Two segments of 2 s in a recording of 10 s, the second in noise, with 3 s between them. */
function heard(): Transcript {
  const transcript = transcriptOf('one two', 'three four');
  const [first, second] = transcript.segments;
  Object.assign(first!, { start: 1, end: 3, acoustics: { weights: speech, from: 1, noise: [0.1, 0.2] } });
  Object.assign(second!, { start: 6, end: 8, acoustics: { weights: din, from: 6, noise: [0.7, null] } });
  transcript.recording.duration = 10;
  return transcript;
}

describe('the columns of the noise strip', () => {
  test('are seconds of a short recording, empty where nothing was said', () => {
    const columns = acousticColumns(heard());
    expect(columns.map(({ noise }) => noise)).toEqual([
      ...[null, 0.1, 0.2, null, null],
      ...[null, 0.7, null, null, null],
    ]);
    expect(columns[2]!.weights).toEqual(speech);
    expect(columns[7]!.weights).toEqual(din);
    expect(columns[4]!.weights).toBeNull();
  });

  test('are means of longer slices in a long one', () => {
    const transcript = heard();
    transcript.recording.duration = 8000;
    const columns = acousticColumns(transcript);
    expect(columns).toHaveLength(800);
    expect(columns[0]!.noise).toBeCloseTo((0.1 + 0.2 + 0.7) / 3);
  });

  test('are none for a transcript of a stock pack', () => {
    const stock = transcriptOf('one two');
    expect(acousticColumns(stock)).toEqual([]);
    expect(acousticSummary(stock)).toBeNull();
    expect(acousticsAt(stock.segments, 0.5)).toBeNull();
  });

  test('are summed up in means and the noisiest second', () => {
    const { noise, worst, weights } = acousticSummary(heard())!;
    expect(noise).toBeCloseTo(1 / 3);
    expect(worst).toEqual({ second: 6, share: 0.7 });
    expect(weights.noise).toBeCloseTo(0.2);
  });

  test('tell what is known at a time', () => {
    const { segments } = heard();
    expect(acousticsAt(segments, 2.5)).toEqual({ noise: 0.2, weights: speech });
    expect(acousticsAt(segments, 7.5)).toEqual({ noise: null, weights: din });
    expect(acousticsAt(segments, 4)).toBeNull();
  });
});

describe('the path of a band', () => {
  test('goes up the steps and back along the foot, once for every run', () => {
    const step = (low: number, high: number) => ({ low, high });
    const path = stepPath([step(0, 0.5), step(0.25, 1), null, step(0, 1)], 10, 20);
    expect(path).toBe('M0 30.00V20.00H1V10.00H2V25.00H1V30.00H0Z' + 'M3 30.00V10.00H4V30.00H3Z');
  });
});

describe('the colours of attention', () => {
  test('run through the stops', () => {
    const ramp = colourRamp([
      [255, 255, 255],
      [100, 0, 0],
      [0, 0, 0],
    ]);
    expect([...ramp[0]!]).toEqual([255, 255, 255, 255]);
    expect([...ramp[255]!]).toEqual([0, 0, 0, 255]);
    expect(ramp[127]![0]).toBeGreaterThan(98);
    expect(ramp[127]![0]).toBeLessThan(104);
  });
});
