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
  const values = sampleValues(bytes.subarray(0, frames * channels * format.bytes), format);
  const scale = format.encoding === 'float' ? 1 : 2 ** -(8 * format.bytes - 1);
  const offset = format.encoding === 'integer' && format.bytes === 1 ? -128 : 0;
  return Array.from({ length: channels }, (_, channel) => {
    const samples = new Float32Array(frames);
    for (let i = 0, at = channel; i < frames; i++, at += channels) {
      const value = (values[at]! + offset) * scale;
      samples[i] = value - value === 0 ? value : 0; // NaN and infinities minus themselves are NaN
    }
    return samples;
  });
}

type Values = Uint8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** The samples as numbers, unscaled. The typed arrays read the machine's byte order, little-endian wherever this runs. */
function sampleValues(bytes: Uint8Array, { encoding, bytes: size, bigEndian }: SampleFormat): Values {
  if (size === 1) return bytes;
  if (size === 3) return threeByteValues(bytes, bigEndian);
  const isAligned = bytes.byteOffset % size === 0;
  const own = isAligned && !bigEndian ? bytes : Uint8Array.from(bytes);
  if (bigEndian) swapBytes(own, size);
  const count = own.length / size;
  if (encoding === 'float')
    return size === 4
      ? new Float32Array(own.buffer, own.byteOffset, count)
      : new Float64Array(own.buffer, own.byteOffset, count);
  return size === 2
    ? new Int16Array(own.buffer, own.byteOffset, count)
    : new Int32Array(own.buffer, own.byteOffset, count);
}

function threeByteValues(bytes: Uint8Array, bigEndian: boolean): Int32Array {
  const values = new Int32Array(bytes.length / 3);
  const [low, high] = bigEndian ? [2, 0] : [0, 2];
  for (let i = 0, at = 0; i < values.length; i++, at += 3)
    values[i] = ((bytes[at + high]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + low]! << 8)) >> 8;
  return values;
}

function swapBytes(bytes: Uint8Array, size: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (size === 2) buffer.swap16();
  else if (size === 4) buffer.swap32();
  else buffer.swap64();
}
