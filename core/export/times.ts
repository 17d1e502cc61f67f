/** Whole milliseconds; captions and seconds are written from these, so that rounding happens once. */
export function milliseconds(seconds: number): number {
  return Math.round(seconds * 1000);
}

/** `01:02:03,456` as SubRip (`,`) and WebVTT (`.`) want it; hours have two digits or more. */
export function captionTime(ms: number, decimal: ',' | '.'): string {
  const seconds = Math.floor(ms / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((n) => pad(n));
  return `${clock.join(':')}${decimal}${pad(ms % 1000, 3)}`;
}

/** Seconds to the millisecond, for machines: `12.34`. */
export function roundedSeconds(seconds: number): number {
  return milliseconds(seconds) / 1000;
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}
