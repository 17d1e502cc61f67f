/** 16-bit PCM as Sotto writes it: its samples, and the header of a WAVE file of them. */
export const BYTES_PER_SAMPLE = 2;
const FULL_SCALE = 32_768;

const PCM = 0x0001;
const EXTENSIBLE = 0xfffe;
/** The rest of KSDATAFORMAT_SUBTYPE_PCM after its format code. */
const SUBTYPE_TAIL = '000000001000800000aa00389b71';
/** Loudspeakers by number of channels, as Microsoft's header `ksmedia.h` orders them; 0 leaves it open. */
const CHANNEL_MASKS: readonly number[] = [0, 0x4, 0x3, 0x7, 0x33, 0x37, 0x3f, 0x13f, 0x63f];
const LARGEST_32_BIT = 0xffffffff;

/** A sample in [-1, 1) as 16 bits; what lies outside is clipped. */
export function pcm16(sample: number): number {
  return Math.max(-FULL_SCALE, Math.min(FULL_SCALE - 1, Math.round(sample * FULL_SCALE)));
}

/** The sample that 16 bits stand for. */
export function fromPcm16(value: number): number {
  return value / FULL_SCALE;
}

/** The header before `frames` samples a channel: RIFF where 32 bits hold the sizes, else RF64. */
export function wavHeader(sampleRate: number, channels: number, frames: number): Buffer {
  const format = formatChunk(sampleRate, channels);
  const header = Buffer.alloc(12 + 36 + format.length + 8);
  const dataBytes = frames * channels * BYTES_PER_SAMPLE;
  const riffBytes = header.length - 8 + dataBytes;
  const large = riffBytes > LARGEST_32_BIT;
  header.write(large ? 'RF64' : 'RIFF', 0, 'latin1');
  header.writeUInt32LE(large ? LARGEST_32_BIT : riffBytes, 4);
  header.write('WAVE', 8, 'latin1');
  // 28 bytes: the size of the file and of the data, the number of samples, and a table that stays empty.
  header.write(large ? 'ds64' : 'JUNK', 12, 'latin1');
  header.writeUInt32LE(28, 16);
  if (large) {
    header.writeBigUInt64LE(BigInt(riffBytes), 20);
    header.writeBigUInt64LE(BigInt(dataBytes), 28);
    header.writeBigUInt64LE(BigInt(frames), 36);
  }
  format.copy(header, 48);
  header.write('data', 48 + format.length, 'latin1');
  header.writeUInt32LE(large ? LARGEST_32_BIT : dataBytes, 48 + format.length + 4);
  return header;
}

function formatChunk(sampleRate: number, channels: number): Buffer {
  const extensible = channels > 2;
  const chunk = Buffer.alloc(8 + (extensible ? 40 : 16));
  const frameBytes = channels * BYTES_PER_SAMPLE;
  chunk.write('fmt ', 0, 'latin1');
  chunk.writeUInt32LE(chunk.length - 8, 4);
  chunk.writeUInt16LE(extensible ? EXTENSIBLE : PCM, 8);
  chunk.writeUInt16LE(channels, 10);
  chunk.writeUInt32LE(sampleRate, 12);
  chunk.writeUInt32LE(sampleRate * frameBytes, 16);
  chunk.writeUInt16LE(frameBytes, 20);
  chunk.writeUInt16LE(8 * BYTES_PER_SAMPLE, 22);
  if (extensible) {
    chunk.writeUInt16LE(22, 24);
    chunk.writeUInt16LE(8 * BYTES_PER_SAMPLE, 26);
    chunk.writeUInt32LE(CHANNEL_MASKS[channels] ?? 0, 28);
    chunk.writeUInt16LE(PCM, 32);
    chunk.write(SUBTYPE_TAIL, 34, 'hex');
  }
  return chunk;
}
