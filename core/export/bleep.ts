import { mergeSpans, type TimeSpan } from '../audio/timeSpan.ts';
import { UserError } from '../errors.ts';

export type BleepStyle = 'bleep' | 'silence';

/** Seconds replaced before and after a span: word times are that uncertain (elizaOS PR 15876 measured 250 ms). */
export const BLEEP_PADDING = 0.25;
export const TONE_HZ = 1000;
/** Peak of the tone: -20 dBFS. */
export const TONE_PEAK = 0.1;
/** Seconds over which the tone, not the recording, swells and fades, so that it does not click. */
const FADE = 0.005;

/**
 * Replaces spans of a recording, block by block in order. Inside a padded span no sample of the recording survives;
 * outside every sample stays as it was.
 */
export class Bleeper {
  /** Samples `[start, end)` of every channel. */
  private readonly ranges: readonly TimeSpan[];
  private readonly sampleRate: number;
  private readonly style: BleepStyle;
  private position = 0;
  private next = 0;

  /** @throws UserError `leak` when a span has no time: what it covers could not be replaced. */
  constructor(spans: readonly TimeSpan[], sampleRate: number, style: BleepStyle) {
    this.ranges = paddedRanges(spans, sampleRate);
    this.sampleRate = sampleRate;
    this.style = style;
  }

  /** Replaces what of the block (one array a channel) lies in a span, in place. */
  apply(block: readonly Float32Array[]): void {
    const end = this.position + block[0]!.length;
    for (let index = this.next; index < this.ranges.length && this.ranges[index]!.start < end; index += 1) {
      const range = this.ranges[index]!;
      const from = Math.max(range.start, this.position);
      const to = Math.min(range.end, end);
      for (let frame = from; frame < to; frame += 1) {
        const value = this.style === 'silence' ? 0 : this.tone(range, frame);
        for (const channel of block) channel[frame - this.position] = value;
      }
      if (range.end <= end) this.next = index + 1;
    }
    this.position = end;
  }

  private tone({ start, end }: TimeSpan, frame: number): number {
    const fade = FADE * this.sampleRate;
    const gain = Math.min(1, (frame - start) / fade, (end - 1 - frame) / fade);
    return TONE_PEAK * gain * Math.sin((2 * Math.PI * TONE_HZ * (frame - start)) / this.sampleRate);
  }

  /**
   * To be called after the last block.
   * @throws UserError `leak` when a span begins after the recording's end: then times and recording do not belong
   * together, and nothing says where the span really is.
   */
  finish(): void {
    const last = this.ranges.at(-1);
    if (last !== undefined && last.start >= this.position)
      throw new UserError(
        'leak',
        'The recording was not bleeped, because a masked span lies after its end; transcribe this recording again.',
      );
  }
}

/** In samples: padded, clamped to the beginning, merged where they touch, in order. */
function paddedRanges(spans: readonly TimeSpan[], sampleRate: number): TimeSpan[] {
  const padded = spans.map(({ start, end }) => {
    if (!Number.isFinite(start) || !Number.isFinite(end) || start < 0 || end < start)
      throw new UserError(
        'leak',
        'The recording was not bleeped, because a masked span has no time; export the text alone, or transcribe the recording again.',
      );
    return {
      start: Math.max(0, Math.floor((start - BLEEP_PADDING) * sampleRate)),
      end: Math.ceil((end + BLEEP_PADDING) * sampleRate),
    };
  });
  return mergeSpans(padded);
}
