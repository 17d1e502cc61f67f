import type { OriginalAudio } from '../audio/original.ts';
import type { TimeSpan } from '../audio/timeSpan.ts';
import { type AtomicFile, writeAtomically } from './atomicFile.ts';
import { Bleeper, type BleepStyle } from './bleep.ts';
import { WavFile } from './wavFile.ts';

export interface RedactedWavOptions {
  /** The recording as it was made; its sample rate and channels are kept. */
  readonly original: OriginalAudio;
  /** What to replace, in seconds; `maskedSpans` gives them. */
  readonly spans: readonly TimeSpan[];
  readonly path: string;
  readonly style: BleepStyle;
  readonly signal?: AbortSignal;
  /** Hears a plain sentence when the recording can only be read in part. */
  readonly warn?: (sentence: string) => void;
  /** Hears the whole file before it appears; it does not appear when this throws. */
  readonly check?: (path: string) => Promise<void>;
}

/**
 * Writes the recording as a 16-bit WAVE file in which spans, padded by 250 ms, are a tone or silence; it has as many
 * samples as the recording, and outside the spans they are the recording's, bit by bit where it had 16. Streams; the
 * file appears only when it is whole.
 * @throws UserError `leak` when a span has no time or lies outside the recording, `corrupt` when the recording cannot
 * be decoded, `disk` when the file cannot be written; the signal's reason when cancelled.
 */
export async function writeRedactedWav(options: RedactedWavOptions): Promise<void> {
  const { original, spans, path, style, signal, warn, check } = options;
  const bleeper = new Bleeper(spans, original.sampleRate, style);
  const fill = async (file: AtomicFile) => {
    const wav = new WavFile(file, original.sampleRate, original.channels);
    for await (const block of original.blocks(signal, warn)) {
      if (signal?.aborted) throw signal.reason;
      bleeper.apply(block);
      await wav.append(block);
    }
    bleeper.finish();
    await wav.finish();
  };
  await writeAtomically(path, fill, check);
}
