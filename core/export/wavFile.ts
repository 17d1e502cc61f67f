import { BYTES_PER_SAMPLE, pcm16, wavHeader } from '../audio/pcm16.ts';
import type { AtomicFile } from './atomicFile.ts';

/**
 * A 16-bit PCM WAVE file written as a stream. Its length is known only at the end, so room is kept for the 64-bit sizes
 * of RF64 (EBU Tech 3306), which a file over 4 GB needs; wavefile, which reads our WAVE files, builds whole files in
 * memory only.
 */
export class WavFile {
  private readonly file: AtomicFile;
  private readonly sampleRate: number;
  private readonly channels: number;
  private readonly headerBytes: number;
  /** Samples written to each channel. */
  frames = 0;

  /** @param channels 1 or more; more than two use WAVE_FORMAT_EXTENSIBLE. */
  constructor(file: AtomicFile, sampleRate: number, channels: number) {
    this.file = file;
    this.sampleRate = sampleRate;
    this.channels = channels;
    this.headerBytes = wavHeader(sampleRate, channels, 0).length;
  }

  /** Appends a block: one array a channel, all of one length, [-1, 1); what lies outside is clipped. */
  async append(block: readonly Float32Array[]): Promise<void> {
    const frames = block[0]!.length;
    const bytes = Buffer.alloc(frames * this.channels * BYTES_PER_SAMPLE);
    let offset = 0;
    for (let frame = 0; frame < frames; frame += 1) {
      for (let channel = 0; channel < this.channels; channel += 1) {
        offset = bytes.writeInt16LE(pcm16(block[channel]![frame]!), offset);
      }
    }
    await this.file.write(bytes, this.headerBytes + this.frames * this.channels * BYTES_PER_SAMPLE);
    this.frames += frames;
  }

  /** Writes the header; the file is whole after it. */
  async finish(): Promise<void> {
    await this.file.write(wavHeader(this.sampleRate, this.channels, this.frames), 0);
  }
}
