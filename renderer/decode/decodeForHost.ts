import type { HostEvent } from '../../electron/contract.ts';
import { call } from '../host/client.ts';
import { type AudioShape, decode } from './decode.ts';

type DecodeEvent = Extract<HostEvent, { type: 'decode' }>;

/**
 * Decodes a recording from where the host wants it and sends it to the host, block by block, no faster than the host takes it.
 * @param media the file, the address to read it at, or null when this page no longer has it.
 */
export async function decodeForHost(event: DecodeEvent, media: File | string | null): Promise<void> {
  const { job, stream, from } = event;
  if (media === null) {
    await call('failAudio', { job, stream, why: 'gone' });
    return;
  }
  const send = {
    start: async (shape: AudioShape) => (await call('startAudio', { job, stream, ...shape })).more,
    block: async (samples: Float32Array[]) => (await call('pushAudio', { job, stream, samples })).more,
  };
  try {
    const failure = await decode(media, from, send);
    if (failure === null) await call('endAudio', { job, stream });
    else await call('failAudio', { job, stream, why: failure });
  } catch {
    // Sending failed. The host must not wait for the rest; if it has ended, it does not.
    await call('failAudio', { job, stream, why: 'gone' }).catch(() => {});
  }
}
