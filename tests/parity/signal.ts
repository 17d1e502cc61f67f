/** The signal of `log_mel_reference.py`: a chirp with a swelling loudness, noise and a stretch of silence, at 16 kHz. */
export function signal(): Float32Array {
  let state = 1;
  return Float32Array.from({ length: 12345 }, (_, n) => {
    const seconds = n / 16_000;
    const swelling = 0.3 * (1 + Math.sin(9 * seconds));
    const chirp = Math.sin(2 * Math.PI * (60 * seconds + 4500 * seconds ** 2)) * swelling;
    state = (state * 48_271) % 2_147_483_647;
    const noise = state / 2_147_483_647 - 0.5;
    const silent = n >= 5000 && n < 7000;
    const value = silent ? 0 : Math.round((chirp + 0.01 * noise) * 32_768);
    return Math.min(32_767, Math.max(-32_768, value)) / 32_768;
  });
}
