import { clock } from '../../common/format.ts';
import { fitted } from '../fitted.ts';
import type { Stretch } from '../usePlayback.ts';
import { WAVE_HEIGHT } from './drawnWave.ts';
import { inView, ticksOf, type View, xOf } from './view.ts';

/** Heights in CSS pixels, from above: the ruler, the wave, the words. */
export const RULER_HEIGHT = 16;
const WORDS_HEIGHT = 22;
export const WORDS_TOP = RULER_HEIGHT + WAVE_HEIGHT + 2;
export const LANES_HEIGHT = WORDS_TOP + WORDS_HEIGHT;

/** A word or a masked span with its time, as the lanes show it. */
export interface LaneItem {
  readonly start: number;
  readonly end: number;
  /** What may be read: the alias of what is masked. */
  readonly text: string;
  /** Of the colours of masked data; null for a word. */
  readonly hue: string | null;
  /** The speaker's place in the list; null where nobody is named. */
  readonly voice: number | null;
  readonly selected: boolean;
}

export interface Lanes {
  readonly view: View;
  /** In order of their times. */
  readonly items: readonly LaneItem[];
  readonly loop: Stretch | null;
}

/** Colours of the style sheet by their names. */
type Palette = (name: string) => string;

const FONT_SIZE = 12;
/** A masked span is seen from afar, too. */
const NARROWEST_REGION = 2;
const VOICES = 8;
/** A word of which fewer letters fit is only a block. */
const LEAST_LETTERS = 4;

/** Draws the ruler, the masked regions over the wave, and the words on a canvas that covers all three. */
export function drawLanes(canvas: HTMLCanvasElement, lanes: Lanes): void {
  const context = canvas.getContext('2d');
  const { clientWidth: width } = canvas;
  if (!context || width === 0) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(LANES_HEIGHT * ratio);
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const known = new Map<string, string>();
  const colour: Palette = (name) => {
    const value = known.get(name) ?? style.getPropertyValue(name).trim();
    known.set(name, value);
    return value;
  };
  const font = (size: number, weight = 400) => `${weight} ${size}px ${style.fontFamily}`;
  context.textBaseline = 'middle';
  drawRuler(context, lanes.view, width, colour, font(11));
  const [from, to] = inView(lanes.items, lanes.view);
  const shown = lanes.items.slice(from, to);
  drawRegions(context, shown, lanes.view, width, colour);
  drawWords(context, shown, lanes.view, width, colour, font);
  if (lanes.loop) drawLoop(context, lanes.loop, lanes.view, width, colour);
}

function drawRuler(
  context: CanvasRenderingContext2D,
  view: View,
  width: number,
  colour: Palette,
  font: string,
): void {
  context.font = font;
  for (const time of ticksOf(view, width)) {
    const x = Math.round(xOf(time, view, width));
    context.fillStyle = colour('--line-strong');
    context.fillRect(x, RULER_HEIGHT - 5, 1, 5);
    context.fillStyle = colour('--ink-soft');
    const label = Number.isInteger(time) ? clock(time) : `${clock(time)}.5`;
    if (x + 4 + context.measureText(label).width < width) context.fillText(label, x + 4, RULER_HEIGHT / 2);
  }
}

function drawRegions(
  context: CanvasRenderingContext2D,
  items: readonly LaneItem[],
  view: View,
  width: number,
  colour: Palette,
): void {
  for (const { start, end, hue, selected } of items) {
    if (hue === null) continue;
    const x = xOf(start, view, width);
    const wide = Math.max(NARROWEST_REGION, xOf(end, view, width) - x);
    context.globalAlpha = selected ? 0.5 : 0.28;
    context.fillStyle = colour(`--${hue}-ink`);
    context.fillRect(x, RULER_HEIGHT, wide, WAVE_HEIGHT);
    context.globalAlpha = 1;
    context.fillRect(x, RULER_HEIGHT, wide, selected ? 4 : 3);
  }
}

function drawWords(
  context: CanvasRenderingContext2D,
  items: readonly LaneItem[],
  view: View,
  width: number,
  colour: Palette,
  font: (size: number, weight?: number) => string,
): void {
  const middle = WORDS_TOP + WORDS_HEIGHT / 2;
  for (const { start, end, text, hue, voice, selected } of items) {
    const x = xOf(start, view, width);
    const wide = Math.max(1, xOf(end, view, width) - x - 1);
    const roomy = wide >= 2 * FONT_SIZE;
    context.fillStyle = selected
      ? colour('--accent')
      : hue !== null
        ? colour(roomy ? `--${hue}-wash` : `--${hue}-ink`)
        : roomy || voice === null
          ? colour(roomy ? '--sunken' : '--line-strong')
          : colour(`--voice-${voice % VOICES}`);
    context.beginPath();
    // From afar a thin line that says where somebody speaks, and who.
    if (roomy) context.roundRect(x, WORDS_TOP, wide, WORDS_HEIGHT, 4);
    else context.rect(x, middle - 3, wide, 6);
    context.fill();
    if (!roomy) continue;
    context.font = font(FONT_SIZE, hue === null ? 400 : 600);
    context.fillStyle = colour(selected ? '--on-accent' : hue === null ? '--ink' : `--${hue}-ink`);
    const fitting = fitted(context, text, wide - 6);
    if (fitting.length < Math.min(LEAST_LETTERS, text.length)) continue;
    const left = Math.max(x + 3, Math.min(3, x + wide - 3 - context.measureText(fitting).width));
    context.fillText(fitting, left, middle + 1);
  }
}

function drawLoop(
  context: CanvasRenderingContext2D,
  loop: Stretch,
  view: View,
  width: number,
  colour: Palette,
): void {
  const [left, right] = [xOf(loop.start, view, width), xOf(loop.end, view, width)];
  context.fillStyle = colour('--accent');
  context.globalAlpha = 0.14;
  context.fillRect(left, RULER_HEIGHT, right - left, WAVE_HEIGHT);
  context.globalAlpha = 1;
  context.fillRect(left, RULER_HEIGHT - 3, right - left, 3);
  for (const edge of [left, right]) {
    context.fillRect(edge - 1, RULER_HEIGHT - 3, 2, WAVE_HEIGHT + 3);
    context.beginPath();
    context.roundRect(edge - 4, RULER_HEIGHT + WAVE_HEIGHT / 2 - 10, 8, 20, 3);
    context.fill();
  }
}
