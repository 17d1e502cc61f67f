import { TONE_HZ, TONE_PEAK } from '../../core/export/bleep.ts';

/** A tone that is turned on and off while a recording plays. */
export class BleepTone {
  private readonly context = new AudioContext();
  private readonly gain = new GainNode(this.context, { gain: 0 });
  private readonly oscillator = new OscillatorNode(this.context, { frequency: TONE_HZ });

  constructor() {
    this.oscillator.connect(this.gain).connect(this.context.destination);
    this.oscillator.start();
  }

  sound(on: boolean): void {
    this.gain.gain.value = on ? TONE_PEAK : 0;
  }

  /** Gives the loudspeaker back. */
  end(): void {
    this.oscillator.stop();
    void this.context.close();
  }
}
