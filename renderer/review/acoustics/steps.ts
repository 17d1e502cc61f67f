/** The lower and upper edge of one column of a band, 0 at the foot and 1 at the top; null where there is nothing. */
export type Step = { readonly low: number; readonly high: number } | null;

/** An SVG path that fills the steps of a band `height` high, a column wide each, from `top` down. */
export function stepPath(steps: readonly Step[], top: number, height: number): string {
  const y = (value: number) => (top + (1 - value) * height).toFixed(2);
  let path = '';
  for (let from = 0; from < steps.length; ) {
    if (steps[from] === null) {
      from++;
      continue;
    }
    let to = from;
    while (to < steps.length && steps[to]) to++;
    const run = steps.slice(from, to) as readonly NonNullable<Step>[];
    const there = run.map(({ high }, i) => `V${y(high)}H${from + i + 1}`).join('');
    const back = [...run]
      .reverse()
      .map(({ low }, i) => `V${y(low)}H${to - i - 1}`)
      .join('');
    path += `M${from} ${y(run[0]!.low)}${there}${back}Z`;
    from = to;
  }
  return path;
}
