import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { SAMPLE_RATE } from '../../core/audio/source.ts';
import { UserError } from '../../core/errors.ts';
import { LABELS, type Label } from '../../core/transcript/schema.ts';
import { samplesOf } from '../recordings/corpus.ts';
import { writeWav } from '../recordings/wavWriter.ts';
import type { Utterance } from './manifest.ts';
import type { SpokenValue } from './spokenValues.ts';

/** A recording in which personal values are said. */
export interface SpokenRecording {
  readonly set: string;
  readonly utterances: readonly Utterance[];
  /** What is said, word by word. */
  readonly words: readonly string[];
  readonly values: readonly SpokenValue[];
}

interface Line {
  readonly audio: string;
  readonly start?: number;
  readonly dur?: number;
  readonly set: string;
  readonly words: readonly string[];
  readonly tags: readonly string[];
}

/** Utterances of one file are joined to recordings of at most so many seconds. */
const LONGEST = 60;
/** Seconds of silence between them. */
const PAUSE = 0.5;

/**
 * Reads a manifest of speak.py or heard.py: lines `{audio, start?, dur?, set, words, tags}`, tags as in
 * models/training/redactor/labels.py. Utterances that are stretches of one file become recordings together; recordings
 * without a value are left out.
 * @throws UserError naming the command that makes the manifest when it is missing.
 */
export async function readSpokenRecordings(manifest: string, madeBy: string): Promise<SpokenRecording[]> {
  const content = await readFile(manifest, 'utf8').catch((cause: unknown) => {
    throw new UserError('not-found', `${manifest} is missing; make it with: ${madeBy}`, { cause });
  });
  const lines = content
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
  const recordings: { set: string; audio: string; seconds: number; lines: Line[] }[] = [];
  for (const line of lines) {
    if (isNoPlace(line)) continue;
    const last = recordings[recordings.length - 1];
    const seconds = (line.dur ?? LONGEST) + PAUSE;
    if (last && last.audio === line.audio && last.seconds + seconds <= LONGEST) {
      last.lines.push(line);
      last.seconds += seconds;
    } else recordings.push({ set: line.set, audio: line.audio, seconds, lines: [line] });
  }
  return recordings
    .map(({ set, lines: of }) => {
      const words = of.flatMap((line) => line.words);
      const values = valuesOf(of.flatMap((line) => line.tags));
      return { set, words, values, utterances: of.map((line) => utterance(line, manifest)) };
    })
    .filter(({ values }) => values.length > 0);
}

const MONTHS = /^(?:January|February|March|April|May|June|July|August|September|October|November|December)$/;

/** Prompts of asterisk that a list of cities knows, but that say a month or a letter ("lima"): no places. */
function isNoPlace({ set, words }: Line): boolean {
  return set === 'asterisk' && words.every((word) => MONTHS.test(word) || !/^\p{Lu}/u.test(word));
}

/** The values that tags mark for certain; of one that may be several kinds, all kinds. */
export function valuesOf(tags: readonly string[]): SpokenValue[] {
  const values: { from: number; to: number; labels: Label[] }[] = [];
  tags.forEach((tag, i) => {
    const parts = tag.split('|');
    if (parts.includes('O') || parts.includes('?')) return;
    const last = values[values.length - 1];
    if (parts[0]!.startsWith('B-')) {
      const labels = LABELS.filter((label) => parts.includes(`B-${label}`));
      values.push({ from: i, to: i + 1, labels });
    } else if (last && last.to === i) last.to = i + 1;
  });
  return values;
}

function utterance({ audio, start = 0, dur, set }: Line, manifest: string): Utterance {
  const end = dur === undefined ? Infinity : start + dur;
  return { audio: resolve(dirname(manifest), audio), start, end, text: '', set };
}

/** Writes each recording as `talk.wav` in its folder, 16 kHz mono. */
export async function writeRecordings(
  recordings: readonly SpokenRecording[],
  folderOf: (index: number) => string,
): Promise<void> {
  // All at once, so that a file of many recordings is decoded once.
  const samples = await samplesOf(recordings.flatMap(({ utterances }) => utterances));
  const pause = new Float32Array(Math.round(PAUSE * SAMPLE_RATE));
  for (const [index, { utterances }] of recordings.entries()) {
    const parts = samples.splice(0, utterances.length).flatMap((part) => [part, pause]);
    const joined = new Float32Array(parts.reduce((sum, part) => sum + part.length, pause.length));
    let at = pause.length;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    await mkdir(folderOf(index), { recursive: true });
    await writeWav(join(folderOf(index), 'talk.wav'), joined);
  }
}
