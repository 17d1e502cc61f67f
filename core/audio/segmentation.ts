import { SAMPLE_RATE } from './source.ts';
import { WINDOW } from './voiceActivity.ts';

/** Windows that `seconds` fill, rounded down. */
export const windows = (seconds: number) => Math.floor((seconds * SAMPLE_RATE) / WINDOW);

/** Speech may begin at a window this likely and lasts until windows fall below OFF. */
export const ON = 0.3;
export const OFF = 0.2;
/** Below OFF for this long, speech has ended; shorter dips belong to it. */
export const SHORTEST_PAUSE = windows(0.1);
/**
 * The windows of one utterance must add up to this much probability, or it is none: as much as a quarter of a second of
 * certain speech. Measured on ../shared against Silero's own rule (0.5 / 0.35, at least 250 ms): of 3125 s of noise without
 * talk 0.71 % pass instead of 1.05 % (17 segments instead of 29), while of speech turned down by 40 dB 84 to 91 % is
 * kept instead of 79 to 86 %; of clean speech and of speech in noise at 5 dB both keep the same (99.97 and 97.9 % or
 * more). The shortest utterance of the set, a lone "no", adds up to 11.
 */
export const LEAST_EVIDENCE = 8; // windows of 32 ms
/** Kept before and after speech, so that soft beginnings and endings of words are not clipped. */
export const MARGIN = windows(0.4);
/** Longer pauses inside a segment are shortened to two margins. */
const LONGEST_PAUSE = windows(1);
/**
 * A pause that ends the segment. Speech this far apart belongs to different talk, and joining it would save nothing
 * against Whisper's own fixed windows of 30 s.
 */
const END_PAUSE = windows(30);
/**
 * Seconds of the longest segment. Whisper hears 30; two are left free, since its times are worst at the edge. So also
 * for packs that need no padding: shorter ones cost less attention and less reading by the decoder, but words are lost at
 * their ends. With an early tri-head encoder the 10-minute meeting had 4.07 % of errors in segments of 28 s and 6.71 % in
 * segments of 12 s, for 28 % less processor time.
 */
export const FULL_SEGMENT = 28;
/** Where there is no pause at all, the cut falls in this last part of the segment, at most its half... */
const FORCED_CUT_RANGE = windows(10);
/** ...but leaves this much after it, so that what follows is long enough to count as speech. */
const FORCED_CUT_REST = 2 * LEAST_EVIDENCE;
/** How much a full segment weighs against a pause of a second, when a cut is chosen. */
const FILL_WEIGHT = 1.5;

/** Windows `[from, to)` of the recording. */
export interface WindowRange {
  readonly from: number;
  readonly to: number;
}

/** A finished segment: what it keeps of the recording, and where the search for the next one starts. */
export interface SegmentPlan {
  readonly pieces: readonly WindowRange[];
  readonly next: number;
}

/** Speech probabilities of the windows from `first` on, as far as they are known. */
export interface KnownWindows {
  readonly first: number;
  readonly probabilities: ArrayLike<number>;
  /** Loudness (root mean square) of the same windows. */
  readonly loudness: ArrayLike<number>;
  /** Whether the recording ends with them. */
  readonly ended: boolean;
}

/**
 * Finds the next segment in the windows from `known.first` on, by going through them one after another. What it
 * decides at a window depends on no later window, so the same segments come out however much is known at each call,
 * and starting again at a plan's `next` gives the same segments as never having stopped.
 *
 * Speech is packed until the segment is full. Then it is cut in the pause with the best sum of length (a second or
 * more counts as one) and fill; in the quietest moment where there is no pause.
 * @param longest seconds of a full segment.
 * @returns `silence`: up to where there is nothing to keep, when no segment can be told yet.
 */
export function nextSegment(
  known: KnownWindows,
  longest = FULL_SEGMENT,
): SegmentPlan | { readonly silence: number } {
  const full = windows(longest);
  const { first, probabilities, ended } = known;
  const end = first + probabilities.length;
  const runs: WindowRange[] = [];
  let onset = -1; // of speech that has begun and not ended
  let evidence = 0; // its probabilities added up
  let quiet = 0; // windows below OFF at its end so far
  for (let window = first; window < end; window++) {
    const probability = probabilities[window - first]!;
    if (onset < 0) {
      if (probability >= ON) {
        onset = window;
        evidence = probability;
        quiet = 0;
      } else if (runs.length > 0 && window - runs[runs.length - 1]!.to >= END_PAUSE) {
        return whole(first, runs, end);
      }
    } else {
      evidence += probability;
      quiet = probability < OFF ? quiet + 1 : 0;
      if (quiet === SHORTEST_PAUSE) {
        if (evidence >= LEAST_EVIDENCE) runs.push({ from: onset, to: window + 1 - quiet });
        onset = -1;
      }
    }
    if (onset >= 0 && evidence >= LEAST_EVIDENCE) {
      const open = { from: onset, to: window + 1 };
      if (packedLength(pack(first, [...runs, open])) > full - MARGIN) return cut(known, runs, open, full);
    }
  }
  if (ended) {
    if (onset >= 0 && evidence >= LEAST_EVIDENCE) runs.push({ from: onset, to: end - quiet });
    return runs.length > 0 ? whole(first, runs, end) : { silence: end };
  }
  const begin = runs[0]?.from ?? (onset >= 0 ? onset : end);
  return { silence: Math.max(first, begin - MARGIN) };
}

function whole(first: number, runs: readonly WindowRange[], end: number): SegmentPlan {
  const pieces = pack(first, runs);
  const last = pieces[pieces.length - 1]!;
  const next = Math.min(last.to + MARGIN, end);
  return { pieces: [...pieces.slice(0, -1), { from: last.from, to: next }], next };
}

/** Pieces of the recording around runs of speech, with long pauses left out; nothing is kept after the last run. */
function pack(first: number, runs: readonly WindowRange[]): WindowRange[] {
  const pieces: WindowRange[] = [];
  for (const run of runs) {
    const last = pieces[pieces.length - 1];
    if (last && run.from - last.to <= LONGEST_PAUSE) {
      pieces[pieces.length - 1] = { from: last.from, to: run.to };
      continue;
    }
    if (last) pieces[pieces.length - 1] = { from: last.from, to: last.to + MARGIN };
    pieces.push({ from: Math.max(first, run.from - MARGIN), to: run.to });
  }
  return pieces;
}

function packedLength(pieces: readonly WindowRange[]): number {
  return pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0);
}

/** Cuts a segment that has become `full`, in windows, in the run `open`. */
function cut(
  known: KnownWindows,
  runs: readonly WindowRange[],
  open: WindowRange,
  full: number,
): SegmentPlan {
  const { first } = known;
  let best = -1;
  let bestScore = Number.NEGATIVE_INFINITY;
  runs.forEach((run, i) => {
    const pause = (runs[i + 1] ?? open).from - run.to;
    const fill = packedLength(pack(first, runs.slice(0, i + 1))) / full;
    const score = Math.min(pause / LONGEST_PAUSE, 1) + FILL_WEIGHT * fill;
    if (score > bestScore) {
      best = i;
      bestScore = score;
    }
  });
  if (best >= 0) {
    const following = runs[best + 1] ?? open;
    const next = Math.min(runs[best]!.to + MARGIN, Math.ceil((runs[best]!.to + following.from) / 2));
    const pieces = pack(first, runs.slice(0, best + 1));
    const last = pieces[pieces.length - 1]!;
    return { pieces: [...pieces.slice(0, -1), { from: last.from, to: next }], next };
  }
  const range = Math.min(FORCED_CUT_RANGE, Math.floor(full / 2));
  const next = quietestMoment(known, open.to - range, open.to - FORCED_CUT_REST);
  return { pieces: [{ from: Math.max(first, open.from - MARGIN), to: next }], next };
}

/** The window in `[from, to)` around which speech is least likely and sound is faintest. */
function quietestMoment({ first, probabilities, loudness }: KnownWindows, from: number, to: number): number {
  let loudest = 0;
  for (let window = from; window < to; window++) loudest = Math.max(loudest, loudness[window - first]!);
  let best = from;
  let least = Number.POSITIVE_INFINITY;
  for (let window = from; window < to; window++) {
    let speech = 0;
    for (let near = window - 1; near <= window + 1; near++)
      speech += probabilities[near - first]! + loudness[near - first]! / (loudest || 1);
    if (speech < least) {
      least = speech;
      best = window;
    }
  }
  return best;
}
