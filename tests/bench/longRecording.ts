import { open, readFile } from 'node:fs/promises';

const HEADER_BYTES = 44;
const BYTES_PER_SECOND = 2 * 16_000;

/** Writes `seconds` of WAV that repeats the 16 kHz mono 16-bit recording `once`, holding one repetition at a time. */
export async function writeLongWav(path: string, once: string, seconds: number): Promise<void> {
  const wav = await readFile(once);
  const data = wav.subarray(HEADER_BYTES);
  const bytes = BYTES_PER_SECOND * Math.round(seconds);
  const header = Buffer.from(wav.subarray(0, HEADER_BYTES));
  header.writeUInt32LE(HEADER_BYTES - 8 + bytes, 4);
  header.writeUInt32LE(bytes, HEADER_BYTES - 4);
  const file = await open(path, 'w');
  try {
    await file.write(header);
    for (let written = 0; written < bytes; written += data.length)
      await file.write(data.subarray(0, Math.min(data.length, bytes - written)));
  } finally {
    await file.close();
  }
}
