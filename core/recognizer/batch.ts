/** What a batch of rows has room for. */
export interface BatchRoom {
  readonly rows: number;
  /** Encoder states of all rows together; each row takes as many as the longest. */
  readonly states: number;
}

/** How much of the room rows of these states fill together; above 1 they do not fit. */
export function shareOf(room: BatchRoom, states: readonly number[]): number {
  const longest = Math.max(0, ...states);
  return Math.max(states.length / room.rows, (states.length * longest) / room.states);
}

/**
 * How many of the rows, the longest of which come first, to decode together: as many as fit, but evenly where they take
 * several batches. Rows of like length waste least, both in states that are masked and in steps that few rows share;
 * and rows that end first, the short ones, lie last, so that hardly any row has to move into a gap.
 */
export function batchSize(room: BatchRoom, states: readonly number[]): number {
  let most = Math.min(1, states.length);
  while (most < states.length && shareOf(room, states.slice(0, most + 1)) <= 1) most++;
  return most === 0 ? 0 : Math.ceil(states.length / Math.ceil(states.length / most));
}
