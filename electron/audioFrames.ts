/** Calls that carry samples as bytes for HTTP: length of the JSON head, the head, and the channels one after another. */
interface Samples {
  readonly samples: readonly Float32Array[];
}

const FLOAT_BYTES = 4;

/** Writes a call's input; the floats begin at a multiple of four, for the reader to view them in place. */
export function packAudio({ samples, ...rest }: Samples): Uint8Array<ArrayBuffer> {
  const json = JSON.stringify({ ...rest, channels: samples.length });
  const headBytes = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / FLOAT_BYTES) * FLOAT_BYTES));
  const frames = samples[0]?.length ?? 0;
  const bytes = new Uint8Array(FLOAT_BYTES + headBytes.length + samples.length * frames * FLOAT_BYTES);
  new DataView(bytes.buffer).setUint32(0, headBytes.length, true);
  bytes.set(headBytes, FLOAT_BYTES);
  let offset = FLOAT_BYTES + headBytes.length;
  for (const channel of samples) {
    new Float32Array(bytes.buffer, offset, frames).set(channel);
    offset += frames * FLOAT_BYTES;
  }
  return bytes;
}

/** Reads what {@link packAudio} wrote; the result is still to be validated. @throws Error when it is not that. */
export function unpackAudio(bytes: Uint8Array): unknown {
  // A copy, since a Buffer may lie at any offset of a larger one.
  const own = new Uint8Array(bytes);
  const headLength = new DataView(own.buffer).getUint32(0, true);
  const { channels, ...rest } = JSON.parse(
    new TextDecoder().decode(own.subarray(FLOAT_BYTES, FLOAT_BYTES + headLength)),
  ) as { readonly channels: number };
  const offset = FLOAT_BYTES + headLength;
  const frames = (own.length - offset) / FLOAT_BYTES / channels;
  const samples = Array.from(
    { length: channels },
    (_, channel) => new Float32Array(own.buffer, offset + channel * frames * FLOAT_BYTES, frames),
  );
  return { ...rest, samples };
}
