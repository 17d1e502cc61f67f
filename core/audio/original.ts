/** A recording as it was made: every channel at its own sample rate, streamed. */
export interface OriginalAudio {
  /** What it was recognised as, for people: `wav`, `mp3`, `webm (opus)`, `ffmpeg`. */
  readonly format: string;
  /** Hz. */
  readonly sampleRate: number;
  readonly channels: number;
  /** Samples in each channel, or null when only decoding would tell; may be an estimate for compressed audio. */
  readonly frames: number | null;
  /**
   * Blocks of at most a few seconds, one array of equal length for each channel; integers scaled to [-1, 1), floats
   * as they are, except that NaN and infinities are 0. Sample 0 is time 0. Each call starts again at the beginning.
   * `warn` hears a plain sentence when the recording can only be read in part.
   * @throws UserError `corrupt` when nothing can be decoded.
   */
  blocks(signal?: AbortSignal, warn?: (sentence: string) => void): AsyncGenerator<Float32Array[]>;
}
