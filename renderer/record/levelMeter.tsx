import { useEffect, useRef, useState } from 'react';
import { m } from '../messages/messages.ts';

/** How often the meter looks, and how long nothing may be heard before it says so, in milliseconds. */
const LOOK_MS = 80;
const SILENT_MS = 4000;
/** Softer than this is a microphone that is muted or not connected. */
const SILENCE = 0.004;
/** Decibels below full scale at which the meter is empty. */
const FLOOR = 54;
/** Share from which sound is likely to be cut off. */
const TOO_LOUD = 0.97;

/** How loud the microphone is, with a word where something is wrong. */
export function LevelMeter({ level, active }: { level: () => number; active: boolean }) {
  const [shown, setShown] = useState(0);
  const [silent, setSilent] = useState(false);
  const heard = useRef(0);
  useEffect(() => {
    if (!active) {
      setShown(0);
      setSilent(false);
      return;
    }
    heard.current = performance.now();
    const timer = setInterval(() => {
      const now = level();
      if (now > SILENCE) heard.current = performance.now();
      setSilent(performance.now() - heard.current > SILENT_MS);
      // Falls slowly, so that a loud syllable can be seen.
      setShown((before) => Math.max(shareOf(now), before - 0.06));
    }, LOOK_MS);
    return () => clearInterval(timer);
  }, [level, active]);
  const loud = shown > TOO_LOUD;
  return (
    <div className="level">
      {/* biome-ignore lint/a11y/useSemanticElements: a meter element takes no colours of ours in every engine */}
      <div
        className="level-bar"
        role="meter"
        aria-label={m.record.level}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(shown * 100)}
        data-loud={loud || undefined}
      >
        <span style={{ transform: `scaleX(${shown})` }} />
      </div>
      <p className="level-note" role="status">
        {silent ? m.record.silent : loud ? m.record.tooLoud : ''}
      </p>
    </div>
  );
}

/** Loudness as a share of the meter, in decibels as the ear hears it. */
function shareOf(level: number): number {
  if (level <= 0) return 0;
  return Math.max(0, 1 + (20 * Math.log10(level)) / FLOOR);
}
