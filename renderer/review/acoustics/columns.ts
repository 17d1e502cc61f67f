import type { HeadWeights } from '../../../core/recognizer/acoustics.ts';
import { noiseCourse } from '../../../core/transcript/noise.ts';
import type { Segment, Transcript } from '../../../core/transcript/schema.ts';

/** What the strip draws over one slice of the recording. */
export interface Column {
  /** Share of noise; null where no word is. */
  readonly noise: number | null;
  readonly weights: HeadWeights | null;
}

/** A part of the recording in seconds. */
type Part = { readonly start: number; readonly end: number };

/** Columns at most; a window is seldom wider in pixels than twice this. */
const MOST_COLUMNS = 800;

/**
 * A part of the recording (all of it if none is named) in equal slices of a second or more, in order; [] where the pack
 * does not tell the noise.
 */
export function acousticColumns({ segments, recording }: Transcript, part?: Part): Column[] {
  if (segments.every(({ acoustics }) => acoustics === undefined)) return [];
  const { start: from, end: to } = part ?? { start: 0, end: recording.duration };
  const count = Math.max(1, Math.min(MOST_COLUMNS, Math.ceil(to - from)));
  const seconds = (to - from) / count;
  const columnAt = (time: number) => Math.min(count - 1, Math.floor((time - from) / seconds));
  const noise: number[][] = Array.from({ length: count }, () => []);
  for (const { second, share } of noiseCourse({ segments }))
    if (second >= Math.floor(from) && second <= to) noise[Math.max(0, columnAt(second))]!.push(share);
  const weights: (HeadWeights | null)[] = Array.from({ length: count }, () => null);
  for (const { start, end, acoustics } of segments)
    if (acoustics && end >= from && start <= to)
      weights.fill(acoustics.weights, Math.max(0, columnAt(start)), columnAt(end) + 1);
  return noise.map((shares, column) => ({
    noise: shares.length === 0 ? null : mean(shares),
    weights: weights[column]!,
  }));
}

/** Means over the recording, and the noisiest second; null where the pack does not tell the noise. */
export function acousticSummary(transcript: Transcript) {
  const course = noiseCourse(transcript);
  if (course.length === 0) return null;
  const worst = course.reduce((most, next) => (next.share > most.share ? next : most));
  const known = transcript.segments.flatMap(({ acoustics }) => acoustics ?? []);
  const weight = (group: keyof HeadWeights) => mean(known.map(({ weights }) => weights[group]));
  return {
    noise: mean(course.map(({ share }) => share)),
    worst,
    weights: { spectral: weight('spectral'), temporal: weight('temporal'), noise: weight('noise') },
  };
}

/** What is known at a time: of its second and its segment; null between segments. */
export function acousticsAt(segments: readonly Segment[], time: number): Column | null {
  const segment = segments.find(({ start, end }) => start <= time && time <= end);
  if (!segment?.acoustics) return null;
  const { from, noise, weights } = segment.acoustics;
  return { noise: noise[Math.floor(time) - from] ?? null, weights };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
