import type { TimeSpan } from '../audio/timeSpan.ts';
import type { Acoustics } from '../recognizer/acoustics.ts';

/** Seconds before and after a second over which its noise is averaged: a slammed door does not make a noisy stretch. */
const SMOOTHING = 5;
/**
 * Smoothed share of noise from which on a stretch counts as noisy. The development pack of the tri-head encoder (3.5 h
 * heard) gave ten utterances of LibriSpeech dev, each in a noise of its own that no training had heard, these shares
 * (median; 90th percentile): as they are 0.09; 0.13, at 20 dB 0.14; 0.20, at 10 dB 0.16; 0.36, at 5 dB 0.20; 0.47, at
 * 0 dB 0.24; 0.58. So hardly anything above 20 dB is told of, and a noise that goes on through the words is from 10 dB
 * down; barks between them are not. `npm run eval:noise` measures a pack.
 */
const MUCH_NOISE = 0.3;
/** The share below which such a stretch ends: lower, so that it does not fall into pieces. */
const LITTLE_NOISE = 0.2;
/** Noisy stretches closer than this, in seconds, are one to a listener. */
const SHORTEST_QUIET = 15;
/** Seconds with words that a stretch must have to be worth telling of. */
const SHORTEST_STRETCH = 5;

/** Anything made of segments, in order: a transcript, or what is shared of one. */
interface Segments {
  readonly segments: readonly {
    readonly end: number;
    readonly acoustics?: Acoustics | null | undefined;
  }[];
}

/** The share of noise in one whole second of the recording. */
export interface NoiseSecond {
  readonly second: number;
  readonly share: number;
}

/** The noise of all seconds in which it is known, in order. */
export function noiseCourse({ segments }: Segments): NoiseSecond[] {
  const course: NoiseSecond[] = [];
  for (const { acoustics } of segments) {
    for (const [index, share] of acoustics?.noise.entries() ?? []) {
      const second = acoustics!.from + index;
      // A second in which one segment ends and the next begins is told by both.
      if (share !== null && second > (course.at(-1)?.second ?? -1)) course.push({ second, share });
    }
  }
  return course;
}

/** Stretches with much background noise, in order, in seconds of the recording; none where the noise is not known. */
export function noisyStretches(transcript: Segments): TimeSpan[] {
  const stretches: { start: number; end: number; seconds: number }[] = [];
  let inside = false;
  for (const { second, share } of smoothed(noiseCourse(transcript))) {
    const last = stretches.at(-1);
    inside = share >= (inside && second - last!.end < SHORTEST_QUIET ? LITTLE_NOISE : MUCH_NOISE);
    if (!inside) continue;
    if (last === undefined || second - last.end >= SHORTEST_QUIET)
      stretches.push({ start: second, end: second + 1, seconds: 1 });
    else {
      last.end = second + 1;
      last.seconds += 1;
    }
  }
  const spokenEnd = transcript.segments.at(-1)?.end ?? 0;
  return stretches
    .filter(({ seconds }) => seconds >= SHORTEST_STRETCH)
    .map(({ start, end }) => ({ start, end: Math.min(end, Math.max(spokenEnd, start)) }));
}

/** Running means over what is known around each second. */
function smoothed(course: readonly NoiseSecond[]): NoiseSecond[] {
  let first = 0;
  let past = 0;
  let sum = 0;
  return course.map(({ second }) => {
    for (; past < course.length && course[past]!.second <= second + SMOOTHING; past++)
      sum += course[past]!.share;
    for (; course[first]!.second < second - SMOOTHING; first++) sum -= course[first]!.share;
    return { second, share: sum / (past - first) };
  });
}
