import { describe, expect, it } from 'vitest';
import type { RecognizedSegment } from '../../../core/recognizer/recognized.ts';
import { transcriptFromRecognition } from '../../../core/transcript/build.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import { type Transcript, transcriptSchema } from '../../../core/transcript/schema.ts';
import { mergeSegments, splitSegment } from '../../../core/transcript/segments.ts';
import { transcriptOf } from './sample.ts';

const weights = { spectral: 0.4, temporal: 0.4, noise: 0.2 };

/** A transcript of what one segment of the recogniser holds: two turns, the first from 10.2 to 13 s, the other from 16.5 s. */
function heard(): Transcript {
  const recognized: RecognizedSegment = {
    index: 0,
    start: 10.2,
    end: 18,
    words: [
      { text: 'One', start: 10.5, end: 11, confidence: 1 },
      { text: 'two', start: 12.4, end: 13, confidence: 1 },
      { text: 'three', start: 16.5, end: 17.4, confidence: 1 },
    ],
    acoustics: { weights, from: 10, noise: [0, 0.1, 0.2, 0.3, null, null, 0.6, 0.7] },
  };
  const model = { pack: 'tri', sha256: 'f'.repeat(64) };
  const transcript = transcriptFromRecognition({
    recordingName: 'a',
    duration: 20,
    language: 'en',
    model,
    recognized: [recognized],
  });
  assertValid(transcript);
  return transcript;
}

const noiseOf = (transcript: Transcript) =>
  transcript.segments.map(({ acoustics }) => acoustics && [acoustics.from, ...acoustics.noise]);

describe('the acoustics of a segment', () => {
  it('go with the turns into which a pause cuts it, by whole seconds of the recording', () => {
    const transcript = heard();
    expect(noiseOf(transcript)).toEqual([
      [10, 0, 0.1, 0.2],
      [16, 0.6, 0.7],
    ]);
    for (const { acoustics } of transcript.segments) expect(acoustics!.weights).toEqual(weights);
  });

  it('are cut and joined with it, and what lies between two segments was not heard', () => {
    const cut = splitSegment(heard(), 'w2');
    assertValid(cut);
    expect(noiseOf(cut)).toEqual([
      [10, 0],
      [12, 0.2],
      [16, 0.6, 0.7],
    ]);
    const joined = mergeSegments(mergeSegments(cut, 's1'), 's1');
    assertValid(joined);
    expect(noiseOf(joined)).toEqual([[10, 0, null, 0.2, null, null, null, 0.6, 0.7]]);
  });

  it('weigh each part by the seconds heard of it when parts are joined', () => {
    const transcript = heard();
    transcript.segments[1]!.acoustics!.weights = { spectral: 0.1, temporal: 0.4, noise: 0.5 };
    const { acoustics } = mergeSegments(transcript, 's1').segments[0]!;
    expect(acoustics!.weights.spectral).toBeCloseTo((3 * 0.4 + 2 * 0.1) / 5);
    expect(acoustics!.weights.noise).toBeCloseTo((3 * 0.2 + 2 * 0.5) / 5);
  });

  it('are absent where the pack gave none, in documents as they were before', () => {
    const transcript = transcriptOf('a b c', 'd');
    expect(transcriptSchema.parse(transcript)).toEqual(transcript);
    expect(JSON.stringify(splitSegment(transcript, 'w2'))).not.toContain('acoustics');
    expect(JSON.stringify(mergeSegments(transcript, 's1'))).not.toContain('acoustics');
  });

  it('are refused with shares beyond 0 to 1', () => {
    const transcript = heard();
    transcript.segments[0]!.acoustics!.weights.noise = 1.2;
    expect(() => assertValid(transcript)).toThrow(/segments\.0\.acoustics\.weights\.noise/);
  });
});
