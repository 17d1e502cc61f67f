import type { Page } from 'playwright-core';

/** How a transcript scrolled. */
export interface Scrolling {
  readonly frames: number;
  /** Frames a second, over all and in the slowest whole second. */
  readonly rate: number;
  readonly slowest: number;
  /** Milliseconds. */
  readonly longest: number;
  /** Frames in which no paragraph was in the middle of the view. */
  readonly empty: number;
}

/** Pixels a second: three screens, about as fast as a person can still see where they are. */
const SPEED = 2400;
const SECONDS = 12;

interface Frames {
  readonly times: number[];
  empty: number;
}

/** Scrolls the open transcript with the wheel from its middle on and looks at every frame that the page draws. */
export async function scrollTranscript(page: Page): Promise<Scrolling> {
  const scroller = page.locator('.review-text');
  await scroller.evaluate((element) => {
    element.scrollTop = element.scrollHeight / 2;
  });
  await page.locator('.word').first().waitFor();
  // esbuild, which runs this file, calls this to keep functions' names.
  await page.evaluate('globalThis.__name ??= (named) => named');
  await page.evaluate(() => {
    const element = document.querySelector('.review-text')!;
    const { left, top, width, height } = element.getBoundingClientRect();
    const frames: Frames = { times: [], empty: 0 };
    Object.assign(window, { frames });
    const look = (time: number) => {
      frames.times.push(time);
      const middle = document.elementFromPoint(left + width / 2, top + height / 2);
      if (!middle?.closest('.row')) frames.empty++;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  const before = await scroller.evaluate((element) => element.scrollTop);
  const box = (await scroller.boundingBox())!;
  const debug = await page.context().newCDPSession(page);
  await debug.send('Input.synthesizeScrollGesture', {
    x: box.x + box.width / 2,
    y: box.y + box.height / 2,
    yDistance: -SPEED * SECONDS,
    speed: SPEED,
    preventFling: true,
    gestureSourceType: 'mouse',
  });
  const after = await scroller.evaluate((element) => element.scrollTop);
  if (after - before < (SPEED * SECONDS) / 2) throw new Error('The transcript did not scroll.');
  const { times, empty } = await page.evaluate(() => (window as unknown as { frames: Frames }).frames);
  const gaps = times.slice(1).map((time, index) => time - times[index]!);
  const whole = (times[times.length - 1]! - times[0]!) / 1000;
  const seconds = Array.from(
    { length: Math.floor(whole) },
    (_, second) => times.filter((time) => Math.floor((time - times[0]!) / 1000) === second).length,
  );
  return {
    frames: times.length,
    rate: gaps.length / whole,
    slowest: Math.min(...seconds),
    longest: Math.max(...gaps),
    empty,
  };
}
