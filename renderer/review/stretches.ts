import { mergeSpans } from '../../core/audio/timeSpan.ts';
import { BLEEP_PADDING } from '../../core/export/bleep.ts';
import { maskedSpans } from '../../core/redaction/maskedSpans.ts';
import type { Policy } from '../../core/redaction/policy.ts';
import type { Transcript } from '../../core/transcript/schema.ts';
import type { Stretch, Stretches } from './usePlayback.ts';

/** Seconds; shorter pauses belong to speech. */
const SHORTEST_SILENCE = 1;
/** Seconds of a silence that are played at its beginning and end, so that no sound of a word is cut. */
const SILENCE_EDGE = 0.2;

/** Where the recording is silent and where it is masked, for playing. */
export function stretchesOf(transcript: Transcript, policy: Policy): Stretches {
  return { silent: silences(transcript), masked: maskedStretches(transcript, policy) };
}

/** What the exported audio replaces, padding included, merged where it touches. */
function maskedStretches(transcript: Transcript, policy: Policy): Stretch[] {
  const padded = spansOrNone(transcript, policy).map(({ start, end }) => ({
    start: Math.max(0, start - BLEEP_PADDING),
    end: end + BLEEP_PADDING,
  }));
  return mergeSpans(padded);
}

/** A masked word without a time cannot be bleeped: the export refuses, and nothing is shown or played as bleeped. */
function spansOrNone(transcript: Transcript, policy: Policy): readonly Stretch[] {
  try {
    return maskedSpans(transcript, policy);
  } catch {
    return [];
  }
}

function silences(transcript: Transcript): Stretch[] {
  const silent: Stretch[] = [];
  let heard = 0;
  const pause = (until: number) => {
    if (until - heard >= SHORTEST_SILENCE)
      silent.push({ start: heard === 0 ? 0 : heard + SILENCE_EDGE, end: until - SILENCE_EDGE });
  };
  for (const { words } of transcript.segments)
    for (const { start, end } of words) {
      pause(start);
      heard = Math.max(heard, end);
    }
  return silent;
}
