import { describe, expect, it } from 'vitest';
import type { SpeechSegment } from '../../../core/audio/segment.ts';
import { acousticsInRecording } from '../../../core/recognizer/acoustics.ts';

const weights = { spectral: 0.44444, temporal: 0.44444, noise: 0.11112 };

/** 20 ms states with these shares of noise, each value lasting so many seconds. */
function states(...runs: [share: number, seconds: number][]): Float32Array {
  return Float32Array.from(runs.flatMap(([share, seconds]) => Array(seconds * 50).fill(share)));
}

function segment(...pieces: [start: number, duration: number][]): SpeechSegment {
  let offset = 0;
  const placed = pieces.map(([start, duration]) => {
    const piece = { start, offset, duration };
    offset += duration;
    return piece;
  });
  return { index: 0, samples: new Float32Array(offset * 16_000), pieces: placed };
}

describe('the acoustics of a speech segment in the recording', () => {
  it('are means by whole seconds', () => {
    const noise = states([0.2, 1], [0.6, 1]);
    const found = acousticsInRecording(segment([7.5, 2]), { noise, weights }, [{ start: 7, end: 10 }]);
    expect(found.from).toBe(7);
    expect(found.noise).toEqual([0.2, 0.4, 0.6]);
  });

  it('leave the pauses out, in which even a faint noise is all there is', () => {
    const noise = states([0.1, 1], [1, 1.5], [0.3, 0.5], [1, 1]);
    const words = [
      { start: 0, end: 1 },
      { start: 2.5, end: 3 },
    ];
    expect(acousticsInRecording(segment([0, 4]), { noise, weights }, words).noise).toEqual([
      0.1,
      null,
      0.3,
      null,
    ]);
  });

  it('are null in the silence that was left out, and lie where the sound was', () => {
    const noise = states([0.1, 1], [0.5, 2]);
    const words = [
      { start: 3, end: 4 },
      { start: 6, end: 8 },
    ];
    const found = acousticsInRecording(segment([3, 1], [6, 2]), { noise, weights }, words);
    expect(found.noise).toEqual([0.1, null, null, 0.5, 0.5]);
  });

  it('keep three decimals, which is what the document has room for', () => {
    const noise = states([1 / 3, 1]);
    const found = acousticsInRecording(segment([0, 1]), { noise, weights }, [{ start: 0, end: 1 }]);
    expect(found.noise).toEqual([0.333]);
    expect(found.weights).toEqual({ spectral: 0.444, temporal: 0.444, noise: 0.111 });
  });
});
