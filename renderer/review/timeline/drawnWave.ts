import WaveSurfer from 'wavesurfer.js';
import type { Waveform } from '../../../electron/contract.ts';
import { type View, zoomed } from './view.ts';

/** Height of the wave in CSS pixels; `scheme.ts` permits wavesurfer's style sheet for this height alone. */
export const WAVE_HEIGHT = 56;
/** What is drawn until the peaks are there: nothing is heard. */
const FLAT: Waveform = { rate: 1, peaks: '' };
const FULL_SCALE = 255;
/** Share of the view before the playhead when the view jumps after it. */
const BEFORE_PLAYHEAD = 0.1;

/**
 * The drawn waveform of a recording: what wavesurfer.js shows of peaks, with its zoom and scroll. It plays nothing;
 * whoever owns the sound tells it the time.
 */
export class DrawnWave {
  private readonly wave: WaveSurfer;
  private readonly theme = window.matchMedia('(prefers-color-scheme: dark)');

  /** @param onView the part in view has changed, also by a resized window. */
  constructor(
    private readonly container: HTMLElement,
    private readonly duration: number,
    onView: (view: View) => void,
  ) {
    this.wave = WaveSurfer.create({
      container,
      height: WAVE_HEIGHT,
      ...coloursOf(container),
      cursorWidth: 0,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      interact: false,
      autoScroll: false,
      hideScrollbar: true,
      peaks: [samplesOf(FLAT, duration)],
      duration,
    });
    let asked = 0;
    const tell = () => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(() => onView(this.view));
    };
    for (const event of ['scroll', 'redrawcomplete', 'resize'] as const) this.wave.on(event, tell);
    this.wave.on('destroy', () => cancelAnimationFrame(asked));
    this.theme.addEventListener('change', this.recolour);
  }

  get view(): View {
    const second = this.pixelsPerSecond;
    const start = this.wave.getScroll() / second;
    return { start, end: Math.min(this.duration, start + this.wave.getWidth() / second) };
  }

  /** Draws the peaks of the recording. */
  draw(waveform: Waveform): void {
    const samples = samplesOf(waveform, this.duration);
    const loudest = samples.reduce((most, sample) => Math.max(most, sample), 0);
    this.wave.setOptions({ normalize: loudest > 0, maxPeak: loudest });
    void this.wave.load('', [samples], this.duration).catch(() => {});
  }

  /** Draws what was played up to `time` as played. */
  show(time: number): void {
    this.wave.setTime(time);
  }

  /** Brings a time into view if it is not. */
  bring(time: number): void {
    const { start, end } = this.view;
    if (time < start || time > end) this.scrollTo(time - BEFORE_PLAYHEAD * (end - start));
  }

  /** Shows the recording from `start` on. */
  scrollTo(start: number): void {
    this.wave.setScroll(Math.max(0, start) * this.pixelsPerSecond);
  }

  /** One step closer (1), wider (-1), or the whole recording (0); `around` stays where it is. */
  zoom(step: 1 | -1 | 0, around: number): void {
    if (!this.wave.getDecodedData()) return;
    const { start, end } = this.view;
    const fit = this.wave.getWidth() / this.duration;
    const second = step === 0 ? fit : zoomed(this.pixelsPerSecond, step, fit);
    const place = (Math.min(Math.max(around, start), end) - start) / (end - start);
    this.wave.zoom(second);
    this.scrollTo(around - place * (this.wave.getWidth() / second));
  }

  destroy(): void {
    this.theme.removeEventListener('change', this.recolour);
    this.wave.destroy();
  }

  private get pixelsPerSecond(): number {
    return this.wave.getWrapper().getBoundingClientRect().width / this.duration;
  }

  private readonly recolour = () => this.wave.setOptions(coloursOf(this.container));
}

/** Of the style sheet: a canvas takes no variables. */
function coloursOf(element: HTMLElement): { waveColor: string; progressColor: string } {
  const style = getComputedStyle(element);
  return {
    waveColor: style.getPropertyValue('--wave').trim(),
    progressColor: style.getPropertyValue('--wave-played').trim(),
  };
}

/** Peaks as wavesurfer takes them, 0 to 1, as many as the recording is long. */
function samplesOf({ rate, peaks }: Waveform, duration: number): Float32Array {
  const bytes = atob(peaks);
  const samples = new Float32Array(Math.max(2, Math.round(duration * rate)));
  for (let i = 0; i < Math.min(bytes.length, samples.length); i++)
    samples[i] = bytes.charCodeAt(i) / FULL_SCALE;
  return samples;
}
