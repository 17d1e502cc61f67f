import { writeFile } from 'node:fs/promises';
import { WaveFile } from 'wavefile';
import { SAMPLE_RATE } from '../../core/audio/source.ts';

/** Writes 16 kHz mono samples as a 16-bit WAV file. */
export async function writeWav(path: string, samples: Float32Array): Promise<void> {
  const wav = new WaveFile();
  const integers = Int16Array.from(samples, (sample) =>
    Math.round(Math.max(-1, Math.min(1, sample)) * 32767),
  );
  wav.fromScratch(1, SAMPLE_RATE, '16', integers);
  await writeFile(path, wav.toBuffer());
}
