import { describe, expect, it } from 'vitest';
import { recordingTime, type SpeechSegment } from '../../../core/audio/segment.ts';
import { SAMPLE_RATE } from '../../../core/audio/source.ts';
import { withLeadIn } from '../../../core/recognizer/leadIn.ts';
import { unheardRest } from '../../../core/recognizer/unheardRest.ts';

/** Each sample is its own time in the recording, in seconds. */
function segment(...pieces: { start: number; duration: number }[]): SpeechSegment {
  let offset = 0;
  const placed = pieces.map((piece) => {
    const at = { ...piece, offset };
    offset += piece.duration;
    return at;
  });
  const samples = placed.flatMap(({ start, duration }) =>
    Array.from({ length: duration * SAMPLE_RATE }, (_, i) => start + i / SAMPLE_RATE),
  );
  return { index: 3, samples: Float32Array.from(samples), pieces: placed };
}

/** That every sample still lies at its own time. */
function expectTrueTimes({ samples, pieces }: SpeechSegment): void {
  const end = pieces[pieces.length - 1]!;
  expect(samples.length / SAMPLE_RATE).toBeCloseTo(end.offset + end.duration, 3);
  for (const piece of pieces) {
    const middle = piece.offset + piece.duration / 2;
    expect(samples[Math.round(middle * SAMPLE_RATE)]).toBeCloseTo(piece.start + piece.duration / 2, 3);
    expect(recordingTime({ index: 0, samples, pieces }, middle)).toBeCloseTo(
      piece.start + piece.duration / 2,
      3,
    );
  }
}

describe('unheardRest', () => {
  const whole = segment({ start: 10, duration: 5 }, { start: 30, duration: 4 }, { start: 50, duration: 3 });

  it('begins inside a piece where the last word ends there', () => {
    const rest = unheardRest(whole, 32.5)!;
    expect(rest.pieces.map(({ start, duration }) => [start, duration])).toEqual([
      [32.5, 1.5],
      [50, 3],
    ]);
    expect(rest.index).toBe(3);
    expectTrueTimes(rest);
  });

  it('begins with the next piece where the last word ends a piece', () => {
    const rest = unheardRest(whole, 15)!;
    expect(rest.pieces[0]).toEqual({ start: 30, offset: 0, duration: 4 });
    expectTrueTimes(rest);
  });

  it('is nothing where the last word ends near the end', () => {
    expect(unheardRest(whole, 51.5)).toBeNull();
    expect(unheardRest(whole, 53)).toBeNull();
  });
});

describe('withLeadIn', () => {
  it('puts silence before a short segment and leaves its words where they are', () => {
    const short = withLeadIn(segment({ start: 70, duration: 1 }));
    expect(short.samples[0]).toBe(0);
    expect(short.samples.length).toBeGreaterThan(SAMPLE_RATE);
    expectTrueTimes(short);
  });

  it('leaves a longer segment as it is', () => {
    const long = segment({ start: 70, duration: 4 });
    expect(withLeadIn(long)).toBe(long);
  });
});
