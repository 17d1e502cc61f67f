/** Runs beside the page's own work: takes a microphone's sound and hands it over, mixed to mono. */

declare const registerProcessor: (name: string, processor: unknown) => void;
declare class AudioWorkletProcessor {
  readonly port: MessagePort;
}

/** Frames handed over at a time: 85 ms at 48 kHz. */
const BLOCK_FRAMES = 4096;

class Capture extends AudioWorkletProcessor {
  private block = new Float32Array(BLOCK_FRAMES);
  private filled = 0;

  process([channels]: readonly Float32Array[][]): boolean {
    const frames = channels?.[0]?.length ?? 0;
    for (let frame = 0; frame < frames; frame++) {
      let sum = 0;
      for (const channel of channels!) sum += channel[frame]!;
      this.block[this.filled++] = sum / channels!.length;
      if (this.filled < BLOCK_FRAMES) continue;
      this.port.postMessage(this.block, [this.block.buffer]);
      this.block = new Float32Array(BLOCK_FRAMES);
      this.filled = 0;
    }
    return true;
  }
}

registerProcessor('capture', Capture);
