import { expect, test } from 'vitest';
import { SoundBlocks } from '../../../renderer/record/soundBlocks.ts';

const RATE = 8;
/** What a microphone gives: half a second that tells its number. */
const half = (number: number) => new Float32Array(RATE / 2).fill(number);
const settle = () => new Promise((resolve) => setImmediate(resolve));

/** A host that keeps what it gets, and while it is `full` says so. */
function recorder() {
  const host = { full: false, got: [] as number[], failures: 0 };
  const blocks = new SoundBlocks(
    RATE,
    async (samples) => {
      host.got.push(...samples);
      if (host.full) throw new Error('full');
    },
    () => {
      host.failures++;
    },
  );
  return { host, blocks };
}

test('sound goes out in its order, none while it is held, and the rest at the end', async () => {
  const { host, blocks } = recorder();
  blocks.add(half(1));
  blocks.hold(true);
  blocks.add(half(2));
  blocks.hold(false);
  blocks.add(new Float32Array([3]));
  await blocks.finish();
  expect(host.got).toEqual([1, 1, 1, 1, 3]);
  expect(blocks.seconds).toBe(5 / RATE);
});

test('a failure holds it; when it goes on nothing is missing, and it does go on', async () => {
  const { host, blocks } = recorder();
  host.full = true;
  blocks.add(half(1));
  await settle();
  expect(host.failures).toBe(1);
  // Held: not taken, and not counted as recorded.
  blocks.add(half(2));
  expect(blocks.seconds).toBe(0.5);
  host.full = false;
  blocks.hold(false);
  blocks.add(half(3));
  await blocks.finish();
  expect(host.got).toEqual([1, 1, 1, 1, 3, 3, 3, 3]);
  expect(host.failures).toBe(1);
});

test('the end hands over all that waits though the host fails', async () => {
  const { host, blocks } = recorder();
  host.full = true;
  blocks.add(half(1));
  blocks.add(new Float32Array([2]));
  await blocks.finish();
  expect(host.got).toEqual([1, 1, 1, 1, 2]);
});
