/** Samples that may wait before the sender is held back: a minute at 16 kHz. */
const MOST_WAITING = 60 * 16_000;

/**
 * Takes blocks in as they come, whatever the receiver is doing, so that a recorder is not held up by a slow
 * recognition. Each value is everything that came since the one before.
 * @throws what the blocks throw, after the samples that came before.
 */
export async function* readAhead(blocks: AsyncIterable<Float32Array>): AsyncGenerator<Float32Array> {
  let waiting: Float32Array[] = [];
  let length = 0;
  let end: { readonly failure?: unknown } | null = null;
  let left = false;
  let wake = () => {};
  let makeRoom = () => {};
  const pump = async () => {
    for await (const block of blocks) {
      if (left) return;
      waiting.push(block);
      length += block.length;
      wake();
      if (length < MOST_WAITING) continue;
      await new Promise<void>((resolve) => {
        makeRoom = resolve;
      });
    }
  };
  void pump().then(
    () => {
      end = {};
      wake();
    },
    (failure: unknown) => {
      end = { failure };
      wake();
    },
  );
  try {
    for (;;) {
      if (length > 0) {
        const joined = new Float32Array(length);
        let at = 0;
        for (const block of waiting) {
          joined.set(block, at);
          at += block.length;
        }
        waiting = [];
        length = 0;
        makeRoom();
        yield joined;
      } else if (end) {
        if ('failure' in end) throw (end as { failure: unknown }).failure;
        return;
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    left = true;
    makeRoom();
  }
}
