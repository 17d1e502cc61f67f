import { type FileHandle, open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { EncodedPacket, Input, InputAudioTrack } from 'mediabunny';
import { UserError } from '../errors.ts';
import type { OriginalAudio } from './original.ts';
import { openPacketDecoder, type PacketDecoder, type TrackConfig } from './packetDecoder.ts';
import { quietly } from './quietly.ts';
import { Timeline } from './timeline.ts';

/** Bytes of mp3 or FLAC decoded at once: 2 to 30 s. */
const CHUNK_BYTES = 1 << 16;

/** A shortfall against the duration that the container states, in seconds, that is told as damage. */
const SHORTFALL = 1;

/** What {@link openContainer} found in a file. */
export type ContainerContent =
  | { readonly kind: 'audio'; readonly audio: OriginalAudio }
  /** The container is known, but nothing here decodes its audio. */
  | { readonly kind: 'undecodable'; readonly codec: string }
  | { readonly kind: 'no-audio' }
  | { readonly kind: 'unknown' };

/**
 * Opens compressed audio, or a video's sound: mediabunny reads the containers (mp4, mov, m4a, WebM, Matroska, Ogg,
 * FLAC, mp3), wasm builds of the reference decoders the codecs. For hosts without WebCodecs, that is, Node.
 * @param rate - wanted sample rate; Opus is decoded at it (a third of the work at 16 kHz), other codecs at their own.
 * @throws UserError `corrupt` when the container is known but damaged.
 */
export async function openContainer(path: string, rate?: number): Promise<ContainerContent> {
  const opened = await openInput(path);
  if (!opened) return { kind: 'unknown' };
  const { input, close } = opened;
  try {
    const format = (await input.getFormat()).name;
    const track = await input.getPrimaryAudioTrack();
    if (!track) {
      if ((await input.getTracks()).length > 0) return { kind: 'no-audio' };
      // mediabunny shows only Vorbis and Opus of an Ogg file; FLAC and Speex may lie in one as well.
      if (format === 'Ogg') return { kind: 'undecodable', codec: 'rarer Ogg' };
      throw new Error('the container lists no tracks');
    }
    const config = await trackConfig(track, rate);
    const duration = (await track.getDurationFromMetadata()) ?? (await oggDuration(track, format));
    const frames = duration === null ? null : Math.round(duration * config.sampleRate);
    const described = { sampleRate: config.sampleRate, channels: config.channels, frames };
    if (format === 'MP3' || format === 'FLAC')
      return {
        kind: 'audio',
        audio: {
          ...described,
          format: format.toLowerCase(),
          blocks: (signal, warn) => reportShortfall(path, described, decodeBytes(path, config, signal), warn),
        },
      };
    const decoder = await openPacketDecoder(config);
    if (!decoder) return { kind: 'undecodable', codec: config.codec };
    decoder.close();
    return {
      kind: 'audio',
      audio: {
        ...described,
        format: `${format === 'QuickTime File Format' ? 'mov' : format.toLowerCase()} (${config.codec})`,
        blocks: (signal, warn) =>
          reportShortfall(path, described, decodePackets(path, format, rate, signal), warn),
      },
    };
  } catch (cause) {
    throw asCorrupt(path, cause);
  } finally {
    close();
  }
}

async function openInput(path: string): Promise<{ input: Input; close: () => void } | null> {
  const { FilePathSource, FLAC, Input, Logging, LogLevel, MATROSKA, MP3, MP4, OGG, QTFF, WEBM } =
    await import('mediabunny');
  Logging.level = LogLevel.Silent;
  const input = new Input({
    source: new FilePathSource(path),
    // Only what is one self-contained file: a playlist format would open other files.
    formats: [MP4, QTFF, MATROSKA, WEBM, OGG, FLAC, MP3],
  });
  const close = () => input.dispose();
  try {
    if (await input.canRead()) return { input, close };
  } catch (cause) {
    close();
    throw asCorrupt(path, cause);
  }
  close();
  return null;
}

async function trackConfig(track: InputAudioTrack, rate?: number): Promise<TrackConfig> {
  const description = (await track.getDecoderConfig())?.description as Uint8Array | undefined;
  const codec = (await track.getCodec()) ?? 'unusual';
  return {
    codec,
    sampleRate: codec === 'opus' && rate !== undefined ? rate : await track.getSampleRate(),
    channels: await track.getNumberOfChannels(),
    description: description ?? null,
  };
}

/** Ogg states its length nowhere, but the last page tells it, and finding that page is cheap; a cut-off file has none. */
async function oggDuration(track: InputAudioTrack, format: string): Promise<number | null> {
  return format === 'Ogg' ? track.computeDuration().catch(() => null) : null;
}

function asCorrupt(path: string, cause: unknown): UserError {
  if (cause instanceof UserError) return cause;
  return new UserError(
    'corrupt',
    `"${basename(path)}" is damaged and cannot be read; try a fresh copy of the recording.`,
    { cause },
  );
}

async function* reportShortfall(
  path: string,
  { sampleRate, frames }: { sampleRate: number; frames: number | null },
  blocks: AsyncGenerator<Float32Array[]>,
  warn?: (sentence: string) => void,
): AsyncGenerator<Float32Array[]> {
  let decoded = 0;
  let stopped = false;
  try {
    for await (const block of blocks) {
      decoded += block[0]!.length;
      yield block;
    }
  } catch (error) {
    // What was readable has been handed on; only a recording that gives nothing at all is an error.
    if ((error as Error).name === 'AbortError') throw error;
    if (decoded === 0) throw asCorrupt(path, error);
    stopped = true;
  }
  if (decoded === 0) throw asCorrupt(path, new Error('no packet could be decoded'));
  if (stopped || (frames !== null && frames - decoded > SHORTFALL * sampleRate))
    warn?.(
      `"${basename(path)}" is damaged or cut short; ${Math.round(decoded / sampleRate)} s of it could be read.`,
    );
}

/** mp3 and FLAC files decode as they lie: the decoders find the frames, and mpg123 drops the encoder's padding. */
async function* decodeBytes(
  path: string,
  { codec, channels }: TrackConfig,
  signal?: AbortSignal,
): AsyncGenerator<Float32Array[]> {
  const decoder = await openByteDecoder(codec);
  let handle: FileHandle | null = null;
  try {
    handle = await open(path);
    for (;;) {
      signal?.throwIfAborted();
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      const { channelData } = await quietly(() => decoder.decode(buffer.subarray(0, bytesRead)));
      if ((channelData[0]?.length ?? 0) > 0) yield channelData.slice(0, channels);
    }
    const rest = await quietly(() => decoder.flush());
    if ((rest[0]?.length ?? 0) > 0) yield rest.slice(0, channels);
  } finally {
    await handle?.close();
    decoder.free();
  }
}

interface ByteDecoder {
  decode(bytes: Uint8Array): { channelData: Float32Array[] } | Promise<{ channelData: Float32Array[] }>;
  flush(): Promise<Float32Array[]>;
  free(): void;
}

async function openByteDecoder(codec: string): Promise<ByteDecoder> {
  if (codec === 'flac') {
    const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
    const decoder = new FLACDecoder();
    await decoder.ready;
    return {
      decode: (bytes) => decoder.decode(bytes),
      flush: async () => (await decoder.flush()).channelData,
      free: () => decoder.free(),
    };
  }
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  return { decode: (bytes) => decoder.decode(bytes), flush: async () => [], free: () => decoder.free() };
}

async function* decodePackets(
  path: string,
  format: string,
  rate?: number,
  signal?: AbortSignal,
): AsyncGenerator<Float32Array[]> {
  const { EncodedPacketSink } = await import('mediabunny');
  const opened = await openInput(path);
  const track = await opened?.input.getPrimaryAudioTrack();
  if (!opened || !track) throw asCorrupt(path, new Error('the file changed'));
  let decoder: PacketDecoder | null = null;
  try {
    const config = await trackConfig(track, rate);
    decoder = await openPacketDecoder(config);
    if (!decoder) throw new Error(`no decoder for ${config.codec}`);
    // A file cut out of a longer one may begin hours in; its first moment is still its time 0.
    const origin = Math.max(0, await opened.input.getFirstTimestamp());
    const timeline = new Timeline(config.channels, config.sampleRate);
    let skip = decoder.preSkip;
    const sink = new EncodedPacketSink(track);
    // One after another: the sink's own iterator reads ahead, and damage ahead would cost what comes before it.
    for (let packet = await sink.getFirstPacket(); packet; packet = await sink.getNextPacket(packet)) {
      signal?.throwIfAborted();
      const decoded = await decodeOrSkip(decoder, packet);
      const skipped = Math.min(skip, decoded[0]?.length ?? 0);
      skip -= skipped;
      const samples = decoded.map((channel) => channel.subarray(skipped));
      // What a pre-skip takes away lies before the packet's time in Ogg and inside it in Matroska: at most 80 ms.
      const time = decoder.preSkip > 0 ? Math.max(packet.timestamp, 0) : packet.timestamp;
      // In Ogg the last packet's stated duration says where the sound ends inside it; Matroska rounds its durations.
      const length =
        format === 'Ogg' && packet.timestamp > 0 ? packet.duration * config.sampleRate : Infinity;
      yield* timeline.place(
        time - origin,
        samples.map((channel) => channel.subarray(0, Math.round(length))),
      );
    }
  } finally {
    decoder?.close();
    opened.close();
  }
}

/** A damaged packet is a gap, not the end of the recording. */
async function decodeOrSkip(decoder: PacketDecoder, packet: EncodedPacket): Promise<Float32Array[]> {
  try {
    return await decoder.decode(packet.data);
  } catch {
    return [];
  }
}
