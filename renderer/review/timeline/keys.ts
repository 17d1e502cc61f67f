/** Seconds that an arrow key moves the playhead, and that a page key does. */
const STEP = 1;
const LEAP = 10;

/** What the keys of the focused waveform do. */
interface TimelineKeys {
  readonly duration: number;
  skip(seconds: number): void;
  seek(time: number): void;
  zoom(step: 1 | -1 | 0): void;
  /** To the masked region after (1) or before (-1) the playhead. */
  region(step: 1 | -1): void;
  /** Selects what is said at the playhead. */
  pick(): void;
}

type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Runs a key of the waveform; false where it has none. */
export function runKey({ key, ctrlKey, metaKey, altKey }: Stroke, keys: TimelineKeys): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  switch (key) {
    case 'ArrowLeft':
      keys.skip(-STEP);
      return true;
    case 'ArrowRight':
      keys.skip(STEP);
      return true;
    case 'PageDown':
      keys.skip(-LEAP);
      return true;
    case 'PageUp':
      keys.skip(LEAP);
      return true;
    case 'Home':
      keys.seek(0);
      return true;
    case 'End':
      keys.seek(keys.duration);
      return true;
    case '+':
    case '=':
      keys.zoom(1);
      return true;
    case '-':
      keys.zoom(-1);
      return true;
    case '0':
      keys.zoom(0);
      return true;
    case ']':
      keys.region(1);
      return true;
    case '[':
      keys.region(-1);
      return true;
    case 'Enter':
      keys.pick();
      return true;
    default:
      return false;
  }
}
