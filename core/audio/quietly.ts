let running = 0;
let original = console.error;

/**
 * Runs `decode` without the wasm decoders' console.error on damaged frames, which would tear the progress bar.
 * Counted, since decoders of several recordings may run at the same time.
 */
export async function quietly<T>(decode: () => T | Promise<T>): Promise<T> {
  if (running++ === 0) {
    original = console.error;
    console.error = () => undefined;
  }
  try {
    return await decode();
  } finally {
    if (--running === 0) console.error = original;
  }
}
