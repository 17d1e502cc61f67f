import { join } from 'node:path';
import { openAudio } from '../../core/audio/open.ts';
import type { SpeechSegment } from '../../core/audio/segment.ts';
import { SAMPLE_RATE } from '../../core/audio/source.ts';
import { speechSegments } from '../../core/audio/speechSegments.ts';
import { openVoiceActivity, type VoiceActivity } from '../../core/audio/voiceActivity.ts';
import { openPack } from '../../core/pack.ts';
import type { Recognizer } from '../../core/recognizer/recognizer.ts';
import { normalizeEnglish } from './englishText.ts';
import type { Utterance } from './manifest.ts';
import { cutUtterances, type HeardUtterance } from './utteranceAudio.ts';
import { countWordErrors, type WordErrors } from './wordErrors.ts';

/** An utterance as recognised, with its errors after normalisation. */
export interface ScoredUtterance {
  readonly utterance: Utterance;
  readonly recognized: string;
  readonly errors: WordErrors;
}

/** What the recogniser takes as one segment; longer utterances go through the voice activity detector. */
const LONGEST_SEGMENT = 28;
/** Utterances put in order of length at a time, so that those decoded together are alike. */
const SORTED_TOGETHER = 64;

/** Recognises every utterance by itself, in English, and counts its word errors. */
export async function* recognitionErrors(
  recognizer: Recognizer,
  utterances: readonly Utterance[],
  modelsDirectory: string,
  vocabulary: readonly string[] = [],
): AsyncGenerator<ScoredUtterance> {
  const voiceActivity = await openVoiceActivity(await openPack(join(modelsDirectory, 'vad')));
  let heard: HeardUtterance[] = [];
  for (const audio of new Set(utterances.map((utterance) => utterance.audio))) {
    const inFile = utterances.filter((utterance) => utterance.audio === audio);
    for await (const one of cutUtterances(await openAudio(audio), inFile)) {
      heard.push(one);
      if (heard.length < SORTED_TOGETHER) continue;
      yield* score(recognizer, voiceActivity, heard, vocabulary);
      heard = [];
    }
  }
  yield* score(recognizer, voiceActivity, heard, vocabulary);
  await voiceActivity.close();
}

async function* score(
  recognizer: Recognizer,
  voiceActivity: VoiceActivity,
  heard: readonly HeardUtterance[],
  vocabulary: readonly string[],
): AsyncGenerator<ScoredUtterance> {
  const segments: SpeechSegment[] = [];
  const owners: number[] = [];
  for (const [owner, { samples }] of heard.entries()) {
    for (const segment of await segmentsOf(samples, voiceActivity)) {
      segments.push({ ...segment, index: segments.length });
      owners.push(owner);
    }
  }
  const order = [...segments].sort((a, b) => b.samples.length - a.samples.length);
  const texts: string[][] = heard.map(() => []);
  const recognized = await recognizer.transcribe(order, { language: 'en', vocabulary });
  for (const { index, words } of recognized.sort((a, b) => a.index - b.index))
    texts[owners[index]!]!.push(...words.map((word) => word.text));
  for (const [owner, { utterance }] of heard.entries()) {
    const text = texts[owner]!.join(' ');
    const errors = countWordErrors(wordsOf(utterance.text), wordsOf(text));
    yield { utterance, recognized: text, errors };
  }
}

async function segmentsOf(samples: Float32Array, voiceActivity: VoiceActivity): Promise<SpeechSegment[]> {
  const duration = samples.length / SAMPLE_RATE;
  if (samples.length === 0) return [];
  if (duration <= LONGEST_SEGMENT)
    return [{ index: 0, samples, pieces: [{ start: 0, offset: 0, duration }] }];
  const source = {
    duration,
    async *blocks() {
      yield samples;
    },
  };
  const segments: SpeechSegment[] = [];
  for await (const segment of speechSegments(source, voiceActivity)) segments.push(segment);
  return segments;
}

function wordsOf(text: string): string[] {
  return normalizeEnglish(text)
    .split(' ')
    .filter((word) => word !== '');
}
