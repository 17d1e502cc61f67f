/** Sample rate of everything after decoding, in Hz (Whisper's and Silero's input rate). */
export const SAMPLE_RATE = 16_000;

/** A recording as a stream of mono samples at {@link SAMPLE_RATE}; memory does not grow with its length. */
export interface AudioSource {
  /** Seconds, or null when the container does not say and only decoding would tell. */
  readonly duration: number | null;
  /**
   * Blocks of samples in [-1, 1], in order, of any length up to a few seconds; time 0 is the recording's
   * first sample. Each call starts again at the beginning.
   * @throws UserError `corrupt` when the file cannot be decoded.
   */
  blocks(signal?: AbortSignal): AsyncIterable<Float32Array>;
}
