import { quietly } from './quietly.ts';
import { decodeSamples } from './sampleFormat.ts';

/** What a container says of its audio track. */
export interface TrackConfig {
  /** mediabunny's name: `opus`, `vorbis`, `mp3`, `flac`, `aac`, `pcm-s16`... */
  readonly codec: string;
  readonly sampleRate: number;
  readonly channels: number;
  /** The codec's setup data, in the WebCodecs registry's form. */
  readonly description: Uint8Array | null;
}

/** Decodes the packets of one track in order. */
export interface PacketDecoder {
  /** Samples to leave out at the beginning, which only bring the decoder up. */
  readonly preSkip: number;
  /** Samples of each channel; none for a packet that is damaged or only primes the decoder. */
  decode(packet: Uint8Array): Promise<Float32Array[]>;
  close(): void;
}

/**
 * A decoder for the track, or null for a codec that none of the wasm decoders reads.
 * It gives `track.sampleRate`; only Opus can be asked for another rate than its own 48 kHz (8, 12, 16 or 24 kHz).
 */
export async function openPacketDecoder(track: TrackConfig): Promise<PacketDecoder | null> {
  switch (track.codec) {
    case 'opus':
      return track.description ? openOpus(track.description, track.sampleRate) : null;
    case 'vorbis':
      return track.description ? openVorbis(track.description) : null;
    case 'mp3':
      return openMp3(track.channels);
    case 'flac':
      return openFlac();
    default:
      return openPcm(track);
  }
}

/** Uncompressed audio in a movie file: `pcm-s16`, `pcm-s24be`, `pcm-f32`... */
function openPcm({ codec, channels }: TrackConfig): PacketDecoder | null {
  const match = /^pcm-([sf])(16|24|32|64)(be)?$/.exec(codec);
  if (!match) return null;
  const encoding = match[1] === 'f' ? 'float' : 'integer';
  const format = { encoding, bytes: Number(match[2]) / 8, bigEndian: match[3] === 'be' } as const;
  return {
    preSkip: 0,
    decode: async (packet) => decodeSamples(packet, channels, format),
    close: () => undefined,
  };
}

/** Opus, from its identification header (RFC 7845, section 5.1). */
async function openOpus(header: Uint8Array, rate: number): Promise<PacketDecoder> {
  const { OpusDecoder } = await import('opus-decoder');
  const sampleRate = ([8000, 12000, 16000, 24000] as const).find((candidate) => candidate === rate) ?? 48000;
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
  const channels = view.getUint8(9);
  const preSkip = Math.round((view.getUint16(10, true) * sampleRate) / 48000);
  const family = view.getUint8(18);
  const mapping =
    family > 0
      ? {
          streamCount: view.getUint8(19),
          coupledStreamCount: view.getUint8(20),
          channelMappingTable: [...header.subarray(21, 21 + channels)],
        }
      : {};
  const decoder = new OpusDecoder({ sampleRate, channels, ...mapping });
  await decoder.ready;
  return {
    preSkip,
    decode: async (packet) => (await quietly(() => decoder.decodeFrame(packet))).channelData,
    close: () => decoder.free(),
  };
}

/** Vorbis, from its three header packets with Xiph lacing: 2, length, length, identification, comments, setup. */
async function openVorbis(description: Uint8Array): Promise<PacketDecoder> {
  const { OggVorbisDecoder } = await import('@wasm-audio-decoders/ogg-vorbis');
  let at = 1;
  const length = () => {
    let sum = 0;
    for (;;) {
      const lace = description[at++] ?? 0;
      sum += lace;
      if (lace < 255) return sum;
    }
  };
  const identificationLength = length();
  const commentLength = length();
  const identification = description.subarray(at, at + identificationLength);
  const setup = description.subarray(at + identificationLength + commentLength);
  const decoder = new OggVorbisDecoder();
  await decoder.ready;
  // The decoder takes parsed Ogg pages; these have of a page what it looks at, so that packets of any container do.
  type Pages = Parameters<typeof decoder.decodeOggPages>[0];
  const page = (data: Uint8Array, packets: readonly Uint8Array[]) =>
    ({
      data,
      codecFrames: packets.map((packet) => ({ data: packet, header: { vorbisSetup: setup } })),
      isLastPage: false,
    }) as unknown as Pages[number];
  await decoder.decodeOggPages([page(identification, [])]);
  const noData = new Uint8Array(0);
  return {
    preSkip: 0,
    decode: async (packet) => (await decoder.decodeOggPages([page(noData, [packet])])).channelData,
    close: () => decoder.free(),
  };
}

/** MPEG audio inside another container. */
async function openMp3(channels: number): Promise<PacketDecoder> {
  const { MPEGDecoder } = await import('mpg123-decoder');
  const decoder = new MPEGDecoder();
  await decoder.ready;
  return {
    preSkip: 0,
    decode: async (packet) =>
      (await quietly(() => decoder.decodeFrame(packet))).channelData.slice(0, channels),
    close: () => decoder.free(),
  };
}

/** FLAC inside another container; its frames describe themselves. */
async function openFlac(): Promise<PacketDecoder> {
  const { FLACDecoder } = await import('@wasm-audio-decoders/flac');
  const decoder = new FLACDecoder();
  await decoder.ready;
  return {
    preSkip: 0,
    decode: async (packet) => (await quietly(() => decoder.decodeFrames([packet]))).channelData,
    close: () => decoder.free(),
  };
}
