import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAhead } from '../../../core/live/readAhead.ts';

async function* blocksOf(values: readonly number[][]): AsyncGenerator<Float32Array> {
  for (const block of values) yield Float32Array.from(block);
}

describe('reading ahead', () => {
  it('gives all samples in order, however they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 4 })),
        async (blocks) => {
          const heard: number[] = [];
          for await (const samples of readAhead(blocksOf(blocks))) {
            heard.push(...samples);
            await Promise.resolve();
          }
          expect(heard).toEqual(blocks.flat());
        },
      ),
    );
  });

  it('joins what came while the receiver was busy, and holds back a sender that is a minute ahead', async () => {
    const minute = 60 * 16_000;
    let sent = 0;
    async function* sender() {
      for (; sent < 100; sent++) yield new Float32Array(minute / 10);
    }
    const reader = readAhead(sender());
    const first = await reader.next();
    for (let turn = 0; turn < 1000; turn++) await Promise.resolve();
    expect(sent).toBeLessThan(30);
    const second = await reader.next();
    expect(second.value!.length).toBeGreaterThan(first.value!.length);
    await reader.return(undefined);
  });

  it('passes a failure on after what came before it', async () => {
    async function* broken() {
      yield Float32Array.of(1);
      throw new Error('the microphone was unplugged');
    }
    const reader = readAhead(broken());
    expect((await reader.next()).value).toEqual(Float32Array.of(1));
    await expect(reader.next()).rejects.toThrow('unplugged');
  });
});
