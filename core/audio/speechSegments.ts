import type { SegmentPiece, SpeechSegment } from './segment.ts';
import { nextSegment, type WindowRange } from './segmentation.ts';
import { type AudioSource, SAMPLE_RATE } from './source.ts';
import { type VoiceActivity, WINDOW } from './voiceActivity.ts';

export interface SpeechSegmentOptions {
  readonly signal?: AbortSignal;
  /**
   * To take a job up again: the end of the last finished segment's last piece (its `start + duration`), in seconds.
   * The segments that follow are the ones that would have followed without the interruption.
   */
  readonly from?: number;
  /** Index of the first segment; with `from`, the number of finished ones. */
  readonly index?: number;
  /** Hears how many seconds of the recording have been listened to, speech or not. */
  readonly heard?: (seconds: number) => void;
}

/**
 * The speech of a recording in segments, in order; nothing for what is not speech. Holds about two
 * segments and the pauses between their words, whatever the length of the recording.
 */
export async function* speechSegments(
  source: AudioSource,
  voiceActivity: VoiceActivity,
  options: SpeechSegmentOptions = {},
): AsyncGenerator<SpeechSegment> {
  const start = Math.round(((options.from ?? 0) * SAMPLE_RATE) / WINDOW);
  let index = options.index ?? 0;
  const heard = new HeardWindows(start);
  for await (const span of listen(source, voiceActivity, start, options.signal)) {
    heard.append(span);
    options.heard?.(heard.end / SAMPLE_RATE);
    for (;;) {
      options.signal?.throwIfAborted();
      const found = nextSegment(heard);
      if ('silence' in found) {
        heard.dropBefore(found.silence);
        break;
      }
      yield heard.segment(index++, found.pieces);
      heard.dropBefore(found.next);
    }
  }
}

/** A stretch of the recording with its speech probabilities. */
interface Span {
  /** Window of the first sample. */
  readonly first: number;
  readonly samples: Float32Array;
  readonly probabilities: Float32Array;
  readonly ended: boolean;
}

/** Listens to a recording span by span, from the span that holds window `start`. */
async function* listen(
  source: AudioSource,
  voiceActivity: VoiceActivity,
  start: number,
  signal?: AbortSignal,
): AsyncGenerator<Span> {
  const { span, warmUp } = voiceActivity;
  let first = start - (start % span);
  let warm = Math.min(warmUp, first);
  /** From window `first - warm` on. */
  let buffer = new Float32Array((warm + span) * WINDOW);
  let filled = 0;
  let skip = (first - warm) * WINDOW;

  const measure = async (ended: boolean): Promise<Span> => {
    const samples = buffer.subarray(0, filled);
    const probabilities = await voiceActivity.probabilities(samples, warm);
    return { first, samples: samples.slice(warm * WINDOW), probabilities, ended };
  };

  for await (const block of source.blocks(signal)) {
    signal?.throwIfAborted();
    let rest = block.subarray(Math.min(skip, block.length));
    skip -= block.length - rest.length;
    while (rest.length > 0) {
      if (filled === buffer.length) {
        yield await measure(false);
        const next = new Float32Array((warmUp + span) * WINDOW);
        next.set(buffer.subarray(filled - warmUp * WINDOW));
        buffer = next;
        filled = warmUp * WINDOW;
        first += span;
        warm = warmUp;
      }
      const taken = rest.subarray(0, buffer.length - filled);
      buffer.set(taken, filled);
      filled += taken.length;
      rest = rest.subarray(taken.length);
    }
  }
  if (filled >= warm * WINDOW) yield await measure(true);
}

/** What has been heard and may still be part of a segment. */
class HeardWindows {
  first: number;
  probabilities: number[] = [];
  loudness: number[] = [];
  ended = false;
  /** Samples heard of the recording. */
  end = 0;
  #spans: Span[] = [];

  constructor(first: number) {
    this.first = first;
  }

  append(span: Span): void {
    this.#spans.push(span);
    this.ended = span.ended;
    this.end = span.first * WINDOW + span.samples.length;
    for (let i = Math.max(0, this.first - span.first); i < span.probabilities.length; i++) {
      const window = span.samples.subarray(i * WINDOW, (i + 1) * WINDOW);
      this.probabilities.push(span.probabilities[i]!);
      this.loudness.push(rootMeanSquare(window));
    }
  }

  dropBefore(window: number): void {
    this.probabilities.splice(0, window - this.first);
    this.loudness.splice(0, window - this.first);
    this.first = window;
    this.#spans = this.#spans.filter((span) => span.first + span.probabilities.length > window);
  }

  segment(index: number, ranges: readonly WindowRange[]): SpeechSegment {
    const bounds = ranges.map(({ from, to }) => ({
      from: from * WINDOW,
      to: Math.min(to * WINDOW, this.end),
    }));
    const samples = new Float32Array(bounds.reduce((sum, { from, to }) => sum + to - from, 0));
    const pieces: SegmentPiece[] = [];
    let offset = 0;
    for (const { from, to } of bounds) {
      this.#copy(from, to, samples, offset);
      pieces.push({
        start: from / SAMPLE_RATE,
        offset: offset / SAMPLE_RATE,
        duration: (to - from) / SAMPLE_RATE,
      });
      offset += to - from;
    }
    return { index, samples, pieces };
  }

  /** Copies the recording's samples `[from, to)` to `target` at `offset`. */
  #copy(from: number, to: number, target: Float32Array, offset: number): void {
    for (const span of this.#spans) {
      const start = span.first * WINDOW;
      const begin = Math.max(from, start);
      const end = Math.min(to, start + span.samples.length);
      if (begin < end) target.set(span.samples.subarray(begin - start, end - start), offset + begin - from);
    }
  }
}

function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i]! * samples[i]!;
  return Math.sqrt(sum / Math.max(samples.length, 1));
}
