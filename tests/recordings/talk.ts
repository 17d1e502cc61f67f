import { SAMPLE_RATE } from '../../core/audio/source.ts';
import type { Utterance } from '../eval/manifest.ts';
import { devUtterances, samplesOf } from './corpus.ts';

/** Seconds between two utterances. */
const PAUSE = 0.5;

/** What one person says, and the sound of it. */
export interface Talk {
  /** 16 kHz mono. */
  readonly samples: Float32Array;
  readonly text: string;
}

/** The first utterances of one held-out LibriSpeech speaker, about `seconds` long, with short pauses between. */
export async function buildTalk(seconds: number): Promise<Talk> {
  const utterances = await devUtterances('librispeech');
  const chosen: Utterance[] = [];
  let length = 0;
  for (const utterance of utterances) {
    if (utterance.audio !== utterances[0]!.audio || length >= seconds) break;
    chosen.push(utterance);
    length += utterance.end - utterance.start + PAUSE;
  }
  const parts = await samplesOf(chosen);
  const pause = PAUSE * SAMPLE_RATE;
  const samples = new Float32Array(parts.reduce((sum, part) => sum + part.length + pause, pause));
  let at = pause;
  for (const part of parts) {
    samples.set(part, at);
    at += part.length + pause;
  }
  return { samples, text: chosen.map(({ text }) => text).join(' ') };
}
