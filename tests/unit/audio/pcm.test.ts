import { describe, expect, it } from 'vitest';
import { pcmSource } from '../../../core/audio/pcm.ts';

const seconds = (rate: number, count: number, value = 0.1) => [new Float32Array(rate * count).fill(value)];

async function total(blocks: AsyncIterable<Float32Array>): Promise<number> {
  let samples = 0;
  for await (const block of blocks) samples += block.length;
  return samples;
}

describe('a recording that is decoded elsewhere', () => {
  it('comes out at 16 kHz with its length kept', async () => {
    const { source, sender } = pcmSource({ sampleRate: 48_000, channels: 1, duration: 3 });
    const length = total(source.blocks());
    for (let i = 0; i < 3; i++) await sender.push(seconds(48_000, 1));
    sender.end();
    expect(await length).toBe(3 * 16_000);
    expect(source.duration).toBe(3);
  });

  it('holds the sender back until the reader has taken what is queued', async () => {
    const { source, sender } = pcmSource({ sampleRate: 8000, channels: 2, duration: null });
    const block = [...seconds(8000, 4), ...seconds(8000, 4)];
    await sender.push(block);
    await sender.push(block);
    let released = false;
    const third = sender.push(block).then(() => {
      released = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(released).toBe(false);
    const blocks = source.blocks()[Symbol.asyncIterator]();
    await blocks.next();
    await third;
    expect(released).toBe(true);
  });

  it('lets a waiting sender go when the reader stops early', async () => {
    const { source, sender } = pcmSource({ sampleRate: 8000, channels: 1, duration: null });
    const reader = source.blocks()[Symbol.asyncIterator]();
    const pushes = [sender.push(seconds(8000, 20)), sender.push(seconds(8000, 20))];
    await reader.next();
    await reader.return?.();
    await Promise.all(pushes);
    await sender.push(seconds(8000, 60));
  });

  it('stops at once when it is cancelled while waiting for samples', async () => {
    const { source } = pcmSource({ sampleRate: 8000, channels: 1, duration: null });
    const abort = new AbortController();
    const length = total(source.blocks(abort.signal));
    abort.abort();
    await expect(length).rejects.toThrow(/abort/i);
  });

  it('gives the reader what was sent before decoding failed, then the error', async () => {
    const { source, sender } = pcmSource({ sampleRate: 16_000, channels: 1, duration: null });
    await sender.push(seconds(16_000, 1));
    sender.fail(new Error('decoder broke'));
    let samples = 0;
    await expect(
      (async () => {
        for await (const block of source.blocks()) samples += block.length;
      })(),
    ).rejects.toThrow('decoder broke');
    expect(samples).toBe(16_000);
  });

  it('cannot be read twice, for what was sent is not kept', () => {
    const { source } = pcmSource({ sampleRate: 16_000, channels: 1, duration: null });
    source.blocks();
    expect(() => source.blocks()).toThrow('only once');
  });
});
