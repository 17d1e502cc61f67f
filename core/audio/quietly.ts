/** Runs `decode` without the wasm decoders' console.error on damaged frames, which would tear the progress bar. */
export async function quietly<T>(decode: () => T | Promise<T>): Promise<T> {
  const { error } = console;
  console.error = () => undefined;
  try {
    return await decode();
  } finally {
    console.error = error;
  }
}
