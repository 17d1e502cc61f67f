import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../../core/audio/source.ts';
import { WINDOW } from '../../../core/audio/voiceActivity.ts';
import { SpeechGate, type WindowKind } from '../../../core/live/speechGate.ts';

/** So many seconds of windows in which speech is as probable as `probability`. */
function stretch(seconds: number, probability: number): number[] {
  return Array.from({ length: Math.round((seconds * SAMPLE_RATE) / WINDOW) }, () => probability);
}

function kinds(...probabilities: number[][]): WindowKind[] {
  const gate = new SpeechGate();
  return probabilities.flat().map((probability) => gate.hear(probability));
}

describe('the speech gate', () => {
  it('opens for speech and closes 0.6 s after it', () => {
    const heard = kinds(stretch(1, 0.01), stretch(2, 0.95), stretch(1, 0.01));
    const end = heard.indexOf('end');
    expect((end * WINDOW) / SAMPLE_RATE).toBeCloseTo(3.6, 1);
    expect(heard.slice(end + 1).every((kind) => kind === 'silence')).toBe(true);
    expect(heard.filter((kind) => kind === 'end')).toHaveLength(1);
  });

  it('stays open over a short pause', () => {
    expect(kinds(stretch(1, 0.95), stretch(0.4, 0.01), stretch(1, 0.95))).not.toContain('end');
  });

  it('never opens for silence, for a click, or for a murmur that is hardly speech', () => {
    for (const sound of [stretch(60, 0.1), stretch(0.1, 0.9), stretch(60, 0.25)])
      expect(kinds(stretch(0.5, 0), sound, stretch(0.5, 0))).not.toContain('speech');
  });

  it('says for every utterance once that it ends, and only for one that was speech', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 400 }),
        (probabilities) => {
          let speaks = false;
          for (const kind of kinds(probabilities)) {
            if (kind === 'end') expect(speaks).toBe(true);
            if (speaks) expect(['speech', 'end']).toContain(kind);
            speaks = kind === 'speech';
          }
        },
      ),
    );
  });
});
