/** 0 to 255 each. */
export type Rgb = readonly [number, number, number];

/** 256 colours, RGBA, through the stops at equal distances. */
export function colourRamp(stops: readonly Rgb[]): Uint8ClampedArray[] {
  return Array.from({ length: 256 }, (_, shade) => {
    const place = (shade / 255) * (stops.length - 1);
    const from = Math.min(Math.floor(place), stops.length - 2);
    const mixed = stops[from]!.map((value, i) => value + (stops[from + 1]![i]! - value) * (place - from));
    return Uint8ClampedArray.from([...mixed, 255]);
  });
}
