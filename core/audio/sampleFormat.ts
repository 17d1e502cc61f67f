/** How one sample of uncompressed audio lies in a file. */
export interface SampleFormat {
  readonly encoding: 'integer' | 'float';
  /** Bytes that a sample takes: 1 to 4 for integers, 4 or 8 for floats. */
  readonly bytes: number;
  readonly bigEndian: boolean;
}

/**
 * Interleaved sample bytes as one Float32Array a channel. Integers are scaled by their full range to [-1, 1); samples
 * with fewer valid bits than their bytes hold are left-justified by the WAVE specification, so the scale is the
 * same. Eight-bit integers are unsigned (WAVE). Floats that are not finite become 0, for one such sample would
 * otherwise poison every filter after it.
 */
export function decodeSamples(bytes: Uint8Array, channels: number, format: SampleFormat): Float32Array[] {
  const frames = Math.floor(bytes.length / (channels * format.bytes));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sample = sampleReader(view, format);
  const stride = channels * format.bytes;
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    let position = channel * format.bytes;
    for (let i = 0; i < frames; i++, position += stride) samples[i] = sample(position);
    return samples;
  });
}

function sampleReader(view: DataView, { encoding, bytes, bigEndian }: SampleFormat): (at: number) => number {
  const little = !bigEndian;
  if (encoding === 'float') {
    const read =
      bytes === 8 ? (at: number) => view.getFloat64(at, little) : (at: number) => view.getFloat32(at, little);
    return (at) => {
      const value = read(at);
      return Number.isFinite(value) ? value : 0;
    };
  }
  switch (bytes) {
    case 1:
      return (at) => (view.getUint8(at) - 128) / 0x80;
    case 2:
      return (at) => view.getInt16(at, little) / 0x8000;
    case 3:
      return little
        ? (at) => ((view.getInt8(at + 2) << 16) | view.getUint16(at, true)) / 0x80_0000
        : (at) => ((view.getInt8(at) << 16) | view.getUint16(at + 1, false)) / 0x80_0000;
    default:
      return (at) => view.getInt32(at, little) / 0x8000_0000;
  }
}
