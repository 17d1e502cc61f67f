import { type SpeechSegment, segmentDuration } from '../audio/segment.ts';
import { SAMPLE_RATE } from '../audio/source.ts';
import { type EncoderStates, STATES_PER_SECOND } from './encoder.ts';
import { LONGEST_NOISE } from './hypothesis.ts';

/** Encoder states of silence put before a short segment: 0.3 s. */
const LEAD_IN_STATES = 15;
const LEAD_IN_SECONDS = LEAD_IN_STATES / STATES_PER_SECOND;

/**
 * A short segment with silence before it, longer ones as they are. Whisper hears a word better that does not begin
 * with the window, and is less sure of a noise: of 96 single words 77 instead of 71 were right and 5 instead of 11
 * improbable; of 30 coughs, barks and the like 27 instead of 24 were improbable.
 */
export function withLeadIn(segment: SpeechSegment): SpeechSegment {
  if (segmentDuration(segment) > LONGEST_NOISE) return segment;
  const silence = Math.round(LEAD_IN_SECONDS * SAMPLE_RATE);
  const samples = new Float32Array(silence + segment.samples.length);
  samples.set(segment.samples, silence);
  const pieces = segment.pieces.map((piece) => ({ ...piece, offset: piece.offset + LEAD_IN_SECONDS }));
  return { ...segment, samples, pieces };
}

/** The states of a segment without those of its lead-in. */
export function withoutLeadIn(segment: SpeechSegment, states: EncoderStates): EncoderStates {
  if (segmentDuration(segment) > LONGEST_NOISE) return states;
  const width = states.data.length / states.count;
  return {
    data: states.data.subarray(LEAD_IN_STATES * width),
    count: states.count - LEAD_IN_STATES,
  };
}
