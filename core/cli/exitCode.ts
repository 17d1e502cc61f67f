import type { UserErrorCode } from '../errors.ts';

export const EXIT_MIXED = 1;
export const EXIT_FAULT = 70;
/** 128 + SIGINT, as shells count. */
export const EXIT_CANCELLED = 130;

/** Documented in the usage text and the README; scripts rely on them. */
export const EXIT_CODES: Readonly<Record<UserErrorCode, number>> = {
  usage: 2,
  'not-found': 3,
  unreadable: 3,
  empty: 3,
  silent: 3,
  corrupt: 3,
  unsupported: 3,
  'needs-ffmpeg': 4,
  'pack-damaged': 5,
  leak: 6,
  disk: 7,
};

/** One code for a whole run: 0, the code that all failures share, or {@link EXIT_MIXED}. */
export function exitCodeOf(failures: readonly number[]): number {
  const distinct = new Set(failures);
  if (distinct.size === 0) return 0;
  return distinct.size === 1 ? failures[0]! : EXIT_MIXED;
}
