import { describe, expect, test } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { RemoteAudio } from '../../../electron/remoteAudio.ts';

/** A remote recording together with the interface that decodes it: `blocks` one-channel blocks of ten samples. */
function recording(blocks: number) {
  const streams: string[] = [];
  let sent = 0;
  let stopped = false;
  const remote = new RemoteAudio((_task, stream) => {
    streams.push(stream);
    void send(stream);
  });
  async function send(stream: string): Promise<void> {
    await remote.push({ type: 'start', stream, rate: 8000, channels: 1, duration: null });
    for (let index = 0; index < blocks; index++) {
      const more = await remote.push({
        type: 'samples',
        stream,
        samples: [new Float32Array(10).fill(index)],
      });
      if (!more) {
        stopped = true;
        return;
      }
      sent++;
    }
    await remote.push({ type: 'end', stream });
  }
  return { remote, streams, sent: () => sent, stopped: () => stopped };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('audio that the interface decodes', () => {
  test('arrives in order and whole, and again from the beginning when it is read a second time', async () => {
    const { remote, streams } = recording(30);
    const audio = await remote.open('task', 'call.mp3', new AbortController().signal);
    expect(audio).toMatchObject({ sampleRate: 8000, channels: 1, frames: null });
    for (const _reading of [1, 2]) {
      const heard: number[] = [];
      for await (const [channel] of audio.blocks()) heard.push(channel![0]!);
      expect(heard).toEqual(Array.from({ length: 30 }, (_, index) => index));
    }
    expect(new Set(streams).size).toBe(2);
  });

  test('the sender is held back while nobody reads, so that memory does not grow', async () => {
    const source = recording(1000);
    const audio = await source.remote.open('task', 'call.mp3', new AbortController().signal);
    await settled();
    expect(source.sent()).toBeLessThan(10);
    const reader = audio.blocks();
    for (let index = 0; index < 100; index++) await reader.next();
    await settled();
    expect(source.sent()).toBeLessThan(110);
    await reader.return(undefined);
    await settled();
    expect(source.stopped()).toBe(true);
  });

  test('a cancelled reader stops the sender', async () => {
    const source = recording(1000);
    const cancel = new AbortController();
    const audio = await source.remote.open('task', 'call.mp3', cancel.signal);
    const reader = audio.blocks();
    await reader.next();
    cancel.abort();
    await expect(
      (async () => {
        for await (const _block of { [Symbol.asyncIterator]: () => reader });
      })(),
    ).rejects.toThrow();
    await settled();
    expect(source.stopped()).toBe(true);
  });

  test('what the browser engine cannot decode is told by name', async () => {
    for (const [why, code] of [
      ['corrupt', 'corrupt'],
      ['unsupported', 'unsupported'],
      ['gone', 'unreadable'],
    ] as const) {
      const remote = new RemoteAudio((_task, stream) => void remote.push({ type: 'fail', stream, why }));
      const opening = remote.open('task', 'call.mp3', new AbortController().signal);
      await expect(opening).rejects.toThrow(UserError);
      await expect(opening).rejects.toMatchObject({ code, message: expect.stringContaining('call.mp3') });
    }
  });
});
