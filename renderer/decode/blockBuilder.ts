import type { AudioSample } from 'mediabunny';
import { Timeline } from '../../core/audio/timeline.ts';

/** Lays a decoder's small frames on the recording's timeline and joins them to blocks of a second. */
export class BlockBuilder {
  private readonly timeline: Timeline;
  private planes: Float32Array<ArrayBuffer>[];
  private filled = 0;

  constructor(
    private readonly rate: number,
    private readonly channels: number,
    /** Seconds of the recording at which the first block begins. */
    private readonly from: number,
  ) {
    this.timeline = new Timeline(channels, rate);
    this.planes = this.emptyPlanes();
  }

  /** Adds decoded frames and returns the blocks that are full. */
  add(sample: AudioSample): Float32Array[][] {
    const full: Float32Array[][] = [];
    const planes = planesOf(sample, this.channels);
    for (const placed of this.timeline.place(sample.timestamp - this.from, planes)) this.append(placed, full);
    return full;
  }

  /** What is left at the end, or null. */
  rest(): Float32Array[] | null {
    return this.filled === 0 ? null : this.planes.map((plane) => plane.slice(0, this.filled));
  }

  private append(samples: readonly Float32Array[], full: Float32Array[][]): void {
    const frames = samples[0]!.length;
    for (let done = 0; done < frames; ) {
      const count = Math.min(frames - done, this.rate - this.filled);
      for (const [channel, plane] of this.planes.entries())
        plane.set(samples[channel]!.subarray(done, done + count), this.filled);
      this.filled += count;
      done += count;
      if (this.filled < this.rate) continue;
      full.push(this.planes);
      this.planes = this.emptyPlanes();
      this.filled = 0;
    }
  }

  private emptyPlanes(): Float32Array<ArrayBuffer>[] {
    return Array.from({ length: this.channels }, () => new Float32Array(this.rate));
  }
}

/** The sample's channels; a recording that changes their number on the way repeats its last one. */
function planesOf(sample: AudioSample, channels: number): Float32Array[] {
  return Array.from({ length: channels }, (_, channel) => {
    const plane = new Float32Array(sample.numberOfFrames);
    const planeIndex = Math.min(channel, sample.numberOfChannels - 1);
    sample.copyTo(plane, { planeIndex, format: 'f32-planar' });
    return plane;
  });
}
