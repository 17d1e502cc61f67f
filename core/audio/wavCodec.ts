import { decodeSamples, type SampleFormat } from './sampleFormat.ts';
import { parseWave, type WaveFile, type WavLayout } from './wavHeader.ts';

const PCM = 0x0001;
const FLOAT = 0x0003;
const A_LAW = 0x0006;
const MU_LAW = 0x0007;

/** Turns the bytes of whole frames into samples. */
export interface WavCodec {
  /** Bytes of one frame: a sample of each channel. */
  readonly frameBytes: number;
  frames(bytes: number): number;
  decode(bytes: Uint8Array): Float32Array[];
}

/** @returns null for a sample format that is not read here. */
export function codecOf({ format, code, bigEndian, formatChunk }: WavLayout): WavCodec | null {
  const { numChannels: channels, blockAlign, bitsPerSample } = format;
  const linear = (sample: SampleFormat): WavCodec => {
    const frameBytes = channels * sample.bytes;
    return {
      frameBytes,
      frames: (bytes) => Math.floor(bytes / frameBytes),
      decode: (bytes) => decodeSamples(bytes, channels, sample),
    };
  };
  switch (code) {
    case PCM: {
      // The frame size counts, not the number of valid bits: 20-bit audio lies in 3 or 4 bytes.
      const bytes = blockAlign / channels;
      return [1, 2, 3, 4].includes(bytes) ? linear({ encoding: 'integer', bytes, bigEndian }) : null;
    }
    case FLOAT: {
      const bytes = bitsPerSample / 8;
      return bytes === 4 || bytes === 8 ? linear({ encoding: 'float', bytes, bigEndian }) : null;
    }
    case A_LAW:
    case MU_LAW:
      return {
        frameBytes: channels,
        frames: (bytes) => Math.floor(bytes / channels),
        decode(bytes) {
          const wave = parseWave(formatChunk, bytes, bigEndian);
          if (code === A_LAW) wave.fromALaw();
          else wave.fromMuLaw();
          return deinterleave(wave, channels);
        },
      };
    default:
      return null;
  }
}

function deinterleave(wave: WaveFile, channels: number): Float32Array[] {
  const interleaved = wave.getSamples(true, Int16Array);
  const frames = Math.floor(interleaved.length / channels);
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from({ length: frames }, (_, frame) => interleaved[frame * channels + channel]! / 0x8000),
  );
}
