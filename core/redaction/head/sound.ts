import { recordingTime, type SpeechSegment } from '../../audio/segment.ts';
import { type EncoderStates, STATES_PER_SECOND } from '../../recognizer/encoder.ts';
import type { DetectorWord } from '../detector.ts';

/** Where a word lies among the states: the first, and one past the last. */
export type StateSpan = readonly [from: number, to: number];

/** What the recogniser heard of words: the encoder's states, one segment after the other, and where each word lies. */
export interface Sound {
  /** Values of a state. */
  readonly width: number;
  readonly count: number;
  /** For every word; null where it has no sound. */
  readonly spans: readonly (StateSpan | null)[];
  /** Copies the states `[from, to)` to the beginning of `target`. */
  copy(from: number, to: number, target: Float32Array): void;
  /** Seconds of the recording at which a state begins. */
  timeOf(state: number): number;
}

interface HeardSegment {
  readonly segment: SpeechSegment;
  readonly states: EncoderStates;
}

/**
 * Keeps the encoder's states of segments that are recognised together: three hours of them would be 1.1 GB, so they
 * are forgotten when the words of the batch have been read.
 */
export class SegmentStates {
  readonly #heard = new Map<number, HeardSegment>();

  /** Keeps a copy of a segment's states. */
  readonly add = (segment: SpeechSegment, { data, count }: EncoderStates): void => {
    this.#heard.set(segment.index, { segment, states: { data: data.slice(), count } });
  };

  /**
   * The sound of words, whose times are seconds of the recording.
   * @param words each with the segment that it was recognised in; null for those that have no sound.
   */
  soundOf(
    words: readonly ({ readonly word: DetectorWord; readonly heardIn: number } | null)[],
  ): Sound | null {
    const parts: (HeardSegment & { readonly base: number })[] = [];
    let count = 0;
    for (const index of [...this.#heard.keys()].sort((a, b) => a - b)) {
      const heard = this.#heard.get(index)!;
      parts.push({ ...heard, base: count });
      count += heard.states.count;
    }
    if (count === 0) return null;
    const byIndex = new Map(parts.map((part) => [part.segment.index, part]));
    const partAt = (state: number) => parts.findLast(({ base }) => base <= state) ?? parts[0]!;
    return {
      width: parts[0]!.states.data.length / parts[0]!.states.count,
      count,
      spans: words.map((one) => {
        const part = one && byIndex.get(one.heardIn);
        if (!part || !one.word.time) return null;
        const [from, to] = placeOf(part, one.word.time);
        return [part.base + from, part.base + to];
      }),
      copy(from, to, target) {
        for (const { base, states } of parts) {
          const width = states.data.length / states.count;
          const first = Math.max(from, base);
          const last = Math.min(to, base + states.count);
          if (first < last)
            target.set(
              states.data.subarray((first - base) * width, (last - base) * width),
              (first - from) * width,
            );
        }
      },
      timeOf(state) {
        const { segment, base } = partAt(Math.min(Math.max(state, 0), count - 1));
        return recordingTime(segment, (state - base) / STATES_PER_SECOND);
      },
    };
  }
}

/** The states of a stretch of the recording that lies in one piece of the segment. */
function placeOf(
  { segment, states }: HeardSegment,
  { start, end }: NonNullable<DetectorWord['time']>,
): StateSpan {
  const piece = segment.pieces.findLast((one) => one.start <= start) ?? segment.pieces[0]!;
  const place = (time: number) => {
    const inside = Math.min(Math.max(time - piece.start, 0), piece.duration);
    return Math.min(Math.round((piece.offset + inside) * STATES_PER_SECOND), states.count - 1);
  };
  return [place(start), place(end)];
}
