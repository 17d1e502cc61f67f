import {
  ADTS,
  type AudioSample,
  AudioSampleSink,
  BlobSource,
  FLAC,
  Input,
  type InputAudioTrack,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  QTFF,
  UrlSource,
  WAVE,
  WEBM,
} from 'mediabunny';
import { BlockBuilder } from './blockBuilder.ts';

/** What a decoded recording is like; the rate is the decoder's, which for HE-AAC is twice the container's. */
export interface AudioShape {
  /** Hz. */
  readonly rate: number;
  readonly channels: number;
  /** Seconds, null when the container does not say. */
  readonly duration: number | null;
}

/** Takes what is decoded; each call resolves when there is room for more, to false when no more is wanted. */
export interface AudioReceiver {
  start(shape: AudioShape): Promise<boolean>;
  /** One array of equal length for each channel. */
  block(samples: Float32Array[]): Promise<boolean>;
}

export type DecodeFailure = 'corrupt' | 'unsupported' | 'gone';

/** What is one self-contained file; a playlist would name others to open. */
const FORMATS = [MP4, QTFF, MATROSKA, WEBM, OGG, FLAC, MP3, ADTS, WAVE];

/** Files up to this size may be decoded at once where the browser engine has no streaming decoder for them. */
const WHOLE_FILE_BYTES = 24 * 2 ** 20;

/**
 * Decodes a recording with the browser engine's own decoders (WebCodecs), streaming: only the part being worked on is
 * in memory, whatever the length.
 * @param from seconds of the recording at which to begin.
 * @returns why it could not be decoded, or null.
 */
export async function decode(
  media: File | string,
  from: number,
  receiver: AudioReceiver,
): Promise<DecodeFailure | null> {
  const source = typeof media === 'string' ? new UrlSource(media) : new BlobSource(media);
  const input = new Input({ source, formats: FORMATS });
  try {
    const track = await input.getPrimaryAudioTrack().catch(() => null);
    if (track === null) return (await decodeWhole(media, from, receiver)) ?? 'corrupt';
    if (!(await track.canDecode())) return (await decodeWhole(media, from, receiver)) ?? 'unsupported';
    return await stream(track, from, receiver);
  } finally {
    input.dispose();
  }
}

/** Sends the track's samples; a failure of the receiver is thrown, one of the decoder returned. */
async function stream(
  track: InputAudioTrack,
  from: number,
  receiver: AudioReceiver,
): Promise<DecodeFailure | null> {
  // From 0 on without a time to seek: a recording may begin before it.
  const samples = new AudioSampleSink(track).samples(...(from > 0 ? [from] : []));
  const duration = await durationOf(track).catch(() => null);
  let blocks: BlockBuilder | null = null;
  try {
    for (;;) {
      const next = await takeSample(samples);
      if (next === 'failed') return 'corrupt';
      if (next === null) break;
      try {
        if (blocks === null) {
          blocks = new BlockBuilder(next.sampleRate, next.numberOfChannels, from);
          const shape = { rate: next.sampleRate, channels: next.numberOfChannels, duration };
          if (!(await receiver.start(shape))) return null;
        }
        for (const block of blocks.add(next)) if (!(await receiver.block(block))) return null;
      } finally {
        next.close();
      }
    }
    if (blocks === null) return 'corrupt';
    const rest = blocks.rest();
    if (rest !== null) await receiver.block(rest);
    return null;
  } finally {
    await samples.return();
  }
}

async function durationOf(track: InputAudioTrack): Promise<number> {
  return (await track.getDurationFromMetadata()) ?? track.computeDuration();
}

async function takeSample(
  samples: AsyncGenerator<AudioSample, void>,
): Promise<AudioSample | 'failed' | null> {
  try {
    const { value, done } = await samples.next();
    return done || !value ? null : value;
  } catch {
    return 'failed';
  }
}

/** @returns null when it was decoded and sent, otherwise undefined. */
async function decodeWhole(
  media: File | string,
  start: number,
  receiver: AudioReceiver,
): Promise<null | undefined> {
  const file = typeof media === 'string' ? await fetchSmall(media) : media;
  if (file === null || file.size > WHOLE_FILE_BYTES) return undefined;
  const context = new OfflineAudioContext(1, 1, 48_000);
  const audio = await context.decodeAudioData(await file.arrayBuffer()).catch(() => null);
  if (audio === null) return undefined;
  const { sampleRate, numberOfChannels, duration, length } = audio;
  let more = await receiver.start({ rate: sampleRate, channels: numberOfChannels, duration });
  for (let from = Math.round(start * sampleRate); more && from < length; from += sampleRate) {
    const block = Array.from({ length: numberOfChannels }, (_, channel) =>
      audio.getChannelData(channel).slice(from, from + sampleRate),
    );
    more = await receiver.block(block);
  }
  return null;
}

async function fetchSmall(url: string): Promise<Blob | null> {
  const response = await fetch(url);
  const bytes = Number(response.headers.get('content-length'));
  if (response.ok && bytes > 0 && bytes <= WHOLE_FILE_BYTES) return response.blob();
  await response.body?.cancel();
  return null;
}
