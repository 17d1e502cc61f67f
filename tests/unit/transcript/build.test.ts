import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecognizedSegment } from '../../../core/recognizer/recognized.ts';
import { transcriptFromRecognition } from '../../../core/transcript/build.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import { textOf } from './sample.ts';

function build(recognized: RecognizedSegment[], duration = 100) {
  const transcript = transcriptFromRecognition({
    recordingName: 'a.wav',
    duration,
    language: 'en',
    model: { pack: 'tiny', sha256: 'f'.repeat(64) },
    recognized,
  });
  assertValid(transcript);
  return transcript;
}

function word(text: string, start: number, end: number) {
  return { text, start, end, confidence: 0.5 };
}

describe('a transcript made from what was recognised', () => {
  it('numbers words and segments in order and leaves out segments without words', () => {
    const transcript = build([
      { index: 0, start: 0, end: 2, words: [word('Hello', 0.2, 0.6), word('there.', 0.6, 1)] },
      { index: 1, start: 3, end: 4, words: [] },
      { index: 2, start: 5, end: 6, words: [word('Bye.', 5.1, 5.4)] },
    ]);
    expect(transcript.segments).toEqual([
      {
        id: 's1',
        start: 0,
        end: 2,
        words: [
          { id: 'w1', text: 'Hello', start: 0.2, end: 0.6, confidence: 0.5, speaker: null },
          { id: 'w2', text: 'there.', start: 0.6, end: 1, confidence: 0.5, speaker: null },
        ],
      },
      {
        id: 's2',
        start: 5,
        end: 6,
        words: [{ id: 'w3', text: 'Bye.', start: 5.1, end: 5.4, confidence: 0.5, speaker: null }],
      },
    ]);
    expect(transcript.entities).toEqual([]);
  });

  it('has no segments where nothing was said', () => {
    expect(build([]).segments).toEqual([]);
  });

  it('clamps times to the recording and never lets them run backwards', () => {
    const { words } = build(
      [{ index: 0, start: 0, end: 12, words: [word('a', -1, 3), word('b', 2, 2.5), word('c', 9, 14)] }],
      10,
    ).segments[0]!;
    expect(words.map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [3, 3],
    ]);
  });

  it('begins a new segment after a pause of two seconds that the recogniser left out', () => {
    const transcript = build([
      { index: 0, start: 0, end: 90, words: [word('one', 1, 2), word('two', 3.9, 4), word('three', 60, 61)] },
    ]);
    expect(textOf(transcript)).toEqual(['one two', 'three']);
    expect(transcript.segments.map(({ start, end }) => [start, end])).toEqual([
      [0, 4],
      [60, 90],
    ]);
  });

  it('cuts a recognised word that holds blanks, and leaves out one that holds nothing', () => {
    const transcript = build([
      { index: 0, start: 0, end: 2, words: [word('ice cream', 0, 0.8), word('\u0000', 1, 1.2)] },
    ]);
    expect(textOf(transcript)).toEqual(['ice cream']);
    expect(transcript.segments[0]!.words[0]!.end).toBeCloseTo(0.3, 9);
  });

  it('is valid whatever times and texts come', () => {
    const time = fc.double({ min: -5, max: 50, noNaN: true });
    const recognized = fc.array(
      fc.record({
        index: fc.nat(),
        start: time,
        end: time,
        words: fc.array(
          fc.record({
            text: fc.string({ unit: 'binary', maxLength: 6 }),
            start: time,
            end: time,
            confidence: fc.double({ min: -1, max: 2, noNaN: true }),
          }),
          { maxLength: 6 },
        ),
      }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(recognized, fc.double({ min: 0, max: 40, noNaN: true }), (segments, duration) => {
        build(segments, duration);
      }),
      { numRuns: 500 },
    );
  });
});
