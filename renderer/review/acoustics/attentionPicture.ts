import { fitted } from '../fitted.ts';
import { colourRamp, type Rgb } from './colourRamp.ts';

/** A word along the axes, in seconds of the picture. */
export interface AxisWord {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface AttentionPicture {
  /** Rows and columns. */
  readonly size: number;
  /** size * size, row by row; 255 is darkest. */
  readonly shades: Uint8Array;
  readonly seconds: number;
  readonly words: readonly AxisWord[];
}

/** In CSS pixels: room for words on the left and at the foot, for seconds at the top and on the right. */
const MARGIN = { left: 104, top: 22, right: 34, bottom: 104 };
/** Words nearer than this would run into each other; the ones between are left out. */
const WORD_PITCH = 13;
/** Steps of the seconds' axes; the first that leaves 44 pixels is taken. */
const TICKS = [0.2, 0.5, 1, 2, 5, 10];
const TICK_PITCH = 44;

/** Draws an attention map with its axes on a canvas of `width` CSS pixels, as high as it is wide. */
export function drawAttention(canvas: HTMLCanvasElement, picture: AttentionPicture, width: number): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * ratio);
  canvas.height = canvas.width;
  context.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const side = width - MARGIN.left - MARGIN.right;
  context.imageSmoothingEnabled = picture.size > side * ratio;
  context.drawImage(
    shaded(picture, [colour('--surface'), colour('--attention-middle'), colour('--attention-full')]),
    MARGIN.left,
    MARGIN.top,
    side,
    side,
  );
  context.strokeStyle = colour('--line-strong');
  context.lineWidth = 1;
  context.strokeRect(MARGIN.left - 0.5, MARGIN.top - 0.5, side + 1, side + 1);
  context.font = `11px ${style.fontFamily}`;
  drawSeconds(context, picture.seconds, side, colour('--ink-soft'));
  drawWords(context, picture, side, colour('--ink'));
}

function drawSeconds(context: CanvasRenderingContext2D, seconds: number, side: number, ink: string): void {
  const step = TICKS.find((tick) => (tick / seconds) * side >= TICK_PITCH) ?? 20;
  context.fillStyle = ink;
  context.strokeStyle = ink;
  for (let tick = 0; tick * step <= seconds; tick++) {
    const at = (tick * step * side) / seconds;
    const label = `${Number((tick * step).toFixed(1))} s`;
    line(context, MARGIN.left + at, MARGIN.top - 4, MARGIN.left + at, MARGIN.top);
    line(context, MARGIN.left + side, MARGIN.top + at, MARGIN.left + side + 4, MARGIN.top + at);
    context.textBaseline = 'alphabetic';
    context.textAlign = tick === 0 ? 'left' : 'center';
    context.fillText(label, MARGIN.left + at, MARGIN.top - 8);
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    context.fillText(label, MARGIN.left + side + 7, MARGIN.top + at);
  }
}

function drawWords(
  context: CanvasRenderingContext2D,
  { words, seconds }: AttentionPicture,
  side: number,
  ink: string,
): void {
  context.fillStyle = ink;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  let last = -WORD_PITCH;
  for (const word of words) {
    const at = ((word.start + Math.min(word.end, seconds)) / 2 / seconds) * side;
    if (word.start >= seconds || at - last < WORD_PITCH) continue;
    last = at;
    const text = fitted(context, word.text, MARGIN.left - 12);
    context.fillText(text, MARGIN.left - 8, MARGIN.top + at);
    context.save();
    context.translate(MARGIN.left + at, MARGIN.top + side + 8);
    context.rotate(-Math.PI / 2);
    context.fillText(text, 0, 0);
    context.restore();
  }
}

function line(context: CanvasRenderingContext2D, x1: number, y1: number, x2: number, y2: number): void {
  context.beginPath();
  context.moveTo(x1, y1);
  context.lineTo(x2, y2);
  context.stroke();
}

/** The map in colours: nothing, half and all of the strongest attention. */
function shaded({ size, shades }: AttentionPicture, stops: readonly string[]): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d')!;
  const image = context.createImageData(size, size);
  const ramp = colourRamp(stops.map((stop) => rgbOf(stop, context)));
  for (const [i, shade] of shades.entries()) image.data.set(ramp[shade]!, i * 4);
  context.putImageData(image, 0, 0);
  return canvas;
}

/** An opaque colour as a style sheet may write it; a canvas gives it back as `#rrggbb`. */
function rgbOf(colour: string, context: CanvasRenderingContext2D): Rgb {
  context.fillStyle = colour;
  const value = Number.parseInt(String(context.fillStyle).slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
