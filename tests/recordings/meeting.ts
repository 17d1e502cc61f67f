import { join } from 'node:path';
import { SAMPLE_RATE } from '../../core/audio/source.ts';
import { seededRandom } from '../../core/recognizer/random.ts';
import type { Utterance } from '../eval/manifest.ts';
import { devUtterances, SHARED, samplesOf } from './corpus.ts';

/** A meeting-like recording and what is said in it. */
export interface Meeting {
  /** 16 kHz mono. */
  readonly samples: Float32Array;
  readonly text: string;
  /** Seconds at which each utterance begins and ends. */
  readonly times: readonly { readonly start: number; readonly end: number; readonly text: string }[];
}

/** Coffee-house background, well below the voices: about what a meeting room has. */
const BACKGROUND = 'noise/blanket/coffee-shop.opus';
const BACKGROUND_SECONDS = 60;
const SIGNAL_TO_NOISE_DB = 20;

/**
 * Utterances of held-out LibriSpeech speakers in turns of one to three, with pauses of 0.3 to 1.5 s, over background.
 * The same `seconds` always give the same samples.
 */
export async function buildMeeting(seconds: number): Promise<Meeting> {
  const random = seededRandom(7);
  const utterances = takeTurns(await devUtterances('librispeech'), random);
  const speech = await samplesOf(utterances);
  const samples = new Float32Array(seconds * SAMPLE_RATE);
  const times: { start: number; end: number; text: string }[] = [];
  let at = Math.round(0.5 * SAMPLE_RATE);
  for (const [index, piece] of speech.entries()) {
    if (at + piece.length > samples.length) break;
    samples.set(piece, at);
    times.push({
      start: at / SAMPLE_RATE,
      end: (at + piece.length) / SAMPLE_RATE,
      text: utterances[index]!.text,
    });
    at += piece.length + Math.round((0.3 + 1.2 * random()) * SAMPLE_RATE);
  }
  const background = {
    audio: join(SHARED, BACKGROUND),
    start: 0,
    end: BACKGROUND_SECONDS,
    text: '',
    set: 'noise',
  };
  addBackground(samples, (await samplesOf([background]))[0]!);
  return { samples, times, text: times.map(({ text }) => text).join(' ') };
}

/** Files, which hold a speaker each, in turn, one to three utterances at a time, until all are used. */
function takeTurns(utterances: readonly Utterance[], random: () => number): Utterance[] {
  const queues = [...new Set(utterances.map(({ audio }) => audio))].map((file) =>
    utterances.filter(({ audio }) => audio === file),
  );
  const turns: Utterance[] = [];
  for (let turn = 0; turns.length < utterances.length; turn++)
    turns.push(...queues[turn % queues.length]!.splice(0, 1 + Math.floor(3 * random())));
  return turns;
}

function addBackground(samples: Float32Array, background: Float32Array): void {
  const gain = (rms(samples) / rms(background)) * 10 ** (-SIGNAL_TO_NOISE_DB / 20);
  for (let i = 0; i < samples.length; i++)
    samples[i] = samples[i]! + gain * background[i % background.length]!;
}

/** Root mean square of samples. */
export function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
}
