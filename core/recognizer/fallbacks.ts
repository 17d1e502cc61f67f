import type { CrossMemory } from './crossMemory.ts';
import type { Decoding, DecodingRow } from './decoding.ts';
import { bestOf, type Hypothesis, needsFallback, TEMPERATURES } from './hypothesis.ts';

/**
 * One hypothesis for each encoded segment: greedy, then at rising temperatures for those that fail Whisper's rules.
 * @param rows in the order of `memory`, which is another one afterwards.
 * @throws the signal's reason when aborted.
 */
export async function decodeWithFallbacks(
  decoding: Pick<Decoding, 'decode'>,
  memory: CrossMemory,
  rows: readonly DecodingRow[],
  options: Omit<Parameters<Decoding['decode']>[2], 'temperature'>,
): Promise<Hypothesis[]> {
  const order = [...rows];
  const tried = new Map<DecodingRow, Hypothesis[]>(rows.map((row) => [row, []]));
  const accepted = new Map<DecodingRow, Hypothesis>();
  for (const temperature of TEMPERATURES) {
    const pending = bringForward(memory, order, (row) => !accepted.has(row));
    if (pending.length === 0) break;
    const decoded = await decoding.decode(pending, memory, { ...options, temperature });
    order.splice(0, pending.length, ...pending);
    for (const [row, hypothesis] of decoded) {
      tried.get(row)!.push(hypothesis);
      if (!needsFallback(hypothesis)) accepted.set(row, hypothesis);
    }
  }
  return rows.map((row) => accepted.get(row) ?? bestOf(tried.get(row)!));
}

/** Swaps the rows that `wanted` picks to the front of the memory and of `order`; returns them. */
function bringForward(
  memory: CrossMemory,
  order: DecodingRow[],
  wanted: (row: DecodingRow) => boolean,
): DecodingRow[] {
  let front = 0;
  for (const [slot, row] of order.entries()) {
    if (!wanted(row)) continue;
    memory.swap(front, slot);
    order[slot] = order[front]!;
    order[front] = row;
    front++;
  }
  return order.slice(0, front);
}
