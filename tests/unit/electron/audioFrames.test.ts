import fc from 'fast-check';
import { expect, test } from 'vitest';
import { packAudio, unpackAudio } from '../../../electron/audioFrames.ts';

const id = fc.stringMatching(/^[0-9a-f]{32}$/);
const channels = fc
  .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 300 }))
  .chain(([count, frames]) =>
    fc.array(fc.float32Array({ minLength: frames, maxLength: frames, noNaN: true }), {
      minLength: count,
      maxLength: count,
    }),
  );

test('samples come out of their bytes as they went in, wherever the bytes lie in a buffer', () => {
  fc.assert(
    fc.property(id, id, channels, fc.integer({ min: 0, max: 9 }), (job, stream, samples, offset) => {
      const bytes = packAudio({ job, stream, samples } as Parameters<typeof packAudio>[0]);
      const received = Buffer.concat([Buffer.alloc(offset), bytes]).subarray(offset);
      expect(unpackAudio(received)).toEqual({ job, stream, samples });
    }),
  );
});
