import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAudio } from '../../core/audio/open.ts';
import { type SpeechSegment, segmentDuration } from '../../core/audio/segment.ts';
import { type AudioSource, SAMPLE_RATE } from '../../core/audio/source.ts';
import { type SpeechSegmentOptions, speechSegments } from '../../core/audio/speechSegments.ts';
import { openVoiceActivity, type VoiceActivity } from '../../core/audio/voiceActivity.ts';
import { openPack } from '../../core/pack.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'tests/fixtures/audio');
/** Read novels, five and a half minutes by one speaker; see the shared folder's README.md for source and licence. */
const SPEAKER = 'librispeech/ls7312.opus';
const SPEECH = resolve(ROOT, '../shared/speech');

let voiceActivity: VoiceActivity;
beforeAll(async () => {
  voiceActivity = await openVoiceActivity(await openPack(join(ROOT, 'models/vad')));
});
afterAll(() => voiceActivity.close());

/** A recording made of samples that are there already, in blocks of a tenth of a second. */
function sourceOf(samples: Float32Array, repeat = 1): AudioSource {
  return {
    duration: (samples.length * repeat) / SAMPLE_RATE,
    async *blocks() {
      for (let turn = 0; turn < repeat; turn++)
        for (let i = 0; i < samples.length; i += 1600) yield samples.subarray(i, i + 1600);
    },
  };
}

async function readSamples(path: string): Promise<Float32Array> {
  const audio = await openAudio(path);
  const samples = new Float32Array(Math.ceil((audio.duration! + 1) * SAMPLE_RATE));
  let length = 0;
  for await (const block of audio.blocks()) {
    samples.set(block, length);
    length += block.length;
  }
  return samples.slice(0, length);
}

async function collect(source: AudioSource, options?: SpeechSegmentOptions): Promise<SpeechSegment[]> {
  const segments: SpeechSegment[] = [];
  for await (const segment of speechSegments(source, voiceActivity, options)) segments.push(segment);
  return segments;
}

/** toEqual takes a minute for millions of samples. */
function isSame(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((sample, i) => sample === b[i]);
}

/** Seconds of [start, end) that the segments keep. */
function keptSeconds(segments: readonly SpeechSegment[], start: number, end: number): number {
  return segments
    .flatMap((segment) => segment.pieces)
    .reduce(
      (sum, piece) =>
        sum + Math.max(0, Math.min(end, piece.start + piece.duration) - Math.max(start, piece.start)),
      0,
    );
}

describe('voice activity', () => {
  it("gives the probabilities of Silero's own streaming model", async () => {
    // Computed with silero_vad.onnx 6.2.3 in Python, window by window, its state carried on.
    const expected = JSON.parse(readFileSync(join(FIXTURES, 'speech.silero.json'), 'utf8')) as number[];
    const samples = await readSamples(join(FIXTURES, 'speech.flac'));
    const probabilities = await voiceActivity.probabilities(samples, 0);
    expect(probabilities).toHaveLength(expected.length);
    expected.forEach((value, i) => {
      expect(Math.abs(probabilities[i]! - value)).toBeLessThan(1e-3);
    });
  });
});

describe('speech segments of a real recording', () => {
  it('hold the speech of every utterance at its time, none longer than 28 s', async () => {
    const utterances = readFileSync(join(SPEECH, 'dev.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { file: string; start: number; dur: number })
      .filter(({ file }) => file === SPEAKER);
    expect(utterances.length).toBeGreaterThan(10);
    const path = join(SPEECH, SPEAKER);
    const samples = await readSamples(path);
    const segments = await collect(await openAudio(path));
    for (const { start, dur } of utterances)
      expect(keptSeconds(segments, start, start + dur)).toBeGreaterThan(0.85 * dur);
    segments.forEach((segment, i) => {
      expect(segment.index).toBe(i);
      expect(segmentDuration(segment)).toBeLessThanOrEqual(28);
      for (const piece of segment.pieces) {
        const from = Math.round(piece.offset * SAMPLE_RATE);
        const length = Math.round(piece.duration * SAMPLE_RATE);
        const at = Math.round(piece.start * SAMPLE_RATE);
        expect(isSame(segment.samples.subarray(from, from + length), samples.subarray(at, at + length))).toBe(
          true,
        );
      }
    });
  });

  it('are none in ten minutes of kitchen, tap water, dishes, an exercise bike and coloured noise', async () => {
    const noise = resolve(ROOT, '../shared/noise');
    const household = ['doing_the_dishes', 'exercise_bike', 'pink_noise', 'running_tap', 'white_noise'];
    const files = ['picovoice/kitchen.opus', ...household.map((name) => `speechcommands/${name}.opus`)];
    for (const file of files) expect(await collect(await openAudio(join(noise, file)))).toEqual([]);
  });

  it('go on after an interruption exactly as they would have without it', async () => {
    const path = join(SPEECH, SPEAKER);
    const whole = sourceOf(await readSamples(path));
    const segments = await collect(whole);
    expect(segments.length).toBeGreaterThan(6);
    for (const finished of [1, 5]) {
      const last = segments[finished - 1]!.pieces.at(-1)!;
      const rest = await collect(whole, { from: last.start + last.duration, index: finished });
      expect(rest).toHaveLength(segments.length - finished);
      rest.forEach(({ index, pieces, samples }, i) => {
        const expected = segments[finished + i]!;
        expect({ index, pieces }).toEqual({ index: expected.index, pieces: expected.pieces });
        expect(isSame(samples, expected.samples)).toBe(true);
      });
    }
  });

  it('take no more memory for a long recording than for a short one', async () => {
    const samples = (await readSamples(join(SPEECH, SPEAKER))).slice(0, 60 * SAMPLE_RATE);
    const peak = async (minutes: number) => {
      let most = 0;
      for await (const segment of speechSegments(sourceOf(samples, minutes), voiceActivity))
        most = Math.max(most, process.memoryUsage().arrayBuffers, segment.samples.byteLength);
      return most;
    };
    const short = await peak(4);
    expect(await peak(40)).toBeLessThan(short + 32e6);
  });

  it('report how far they have listened, in silence too', async () => {
    const heard: number[] = [];
    const segments = await collect(sourceOf(new Float32Array(100 * SAMPLE_RATE)), {
      heard: (seconds) => heard.push(seconds),
    });
    expect(segments).toEqual([]);
    expect(heard.at(-1)).toBe(100);
    expect(heard.length).toBeGreaterThan(2);
  });

  it('stop within one span when cancelled', async () => {
    const abort = new AbortController();
    const samples = await readSamples(join(FIXTURES, 'speech.flac'));
    const run = collect(sourceOf(samples, 200), { signal: abort.signal, heard: () => abort.abort() });
    await expect(run).rejects.toThrow(/abort/i);
  });
});
