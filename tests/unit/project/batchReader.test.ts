import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SpeechSegment } from '../../../core/audio/segment.ts';
import { BatchReader } from '../../../core/project/batchReader.ts';
import type { RecognizedSegment } from '../../../core/recognizer/recognized.ts';
import type { Recognizer } from '../../../core/recognizer/recognizer.ts';
import { RedactionHead } from '../../../core/redaction/head/head.ts';
import reference from '../../parity/redactor_reference.json' with { type: 'json' };

/** The toy head, which takes random words for personal data; see tests/parity/redactor_reference.py. */
const TOY = join(import.meta.dirname, '../../fixtures/redactor');
const SEGMENT_SECONDS = 10;
const WORDS = 16;
const SEGMENTS = 6;

let head: RedactionHead;
beforeAll(async () => {
  head = await RedactionHead.load(TOY, 1);
});
afterAll(() => head.close());

/** Segments of 16 words each, said in 10 s with a pause of a minute before the next. */
const segments: RecognizedSegment[] = Array.from({ length: SEGMENTS }, (_, index) => {
  const start = 70 * index;
  const words = Array.from({ length: WORDS }, (_, i) => ({
    text: reference.words[(index * WORDS + i) % reference.words.length]!,
    start: start + 0.5 * i,
    end: start + 0.5 * i + 0.4,
    confidence: 0.8,
  }));
  return { index, start, end: start + SEGMENT_SECONDS, words };
});

function recognizerOf(state: number): Recognizer {
  return { pack: { manifest: { dimensions: { state } } } } as unknown as Recognizer;
}

/** Gives a segment's states to the reader, as a recogniser does. */
function hear(reader: BatchReader, index: number, width = 512): void {
  const samples = new Float32Array(0);
  const piece = { start: 70 * index, offset: 0, duration: SEGMENT_SECONDS };
  const segment: SpeechSegment = { index, samples, pieces: [piece] };
  const count = SEGMENT_SECONDS * 50;
  const data = Float32Array.from({ length: count * width }, (_, i) => Math.sin(i * (index + 1)));
  reader.onStates?.(segment, { data, count });
}

async function readBatch(reader: BatchReader, from: number, to: number) {
  for (let index = from; index < to; index++) hear(reader, index);
  return reader.read(segments.slice(from, to));
}

describe('batches read with the redaction head', () => {
  it('give spans counted in words of the whole recording, heard where they were said', async () => {
    const reader = new BatchReader(head, recognizerOf(512));
    await readBatch(reader, 0, 2);
    const spans = (await readBatch(reader, 2, 4)).filter((span) => span.heard);
    expect(spans.length).toBeGreaterThan(0);
    for (const { from, to, heard } of spans) {
      expect(to).toBeLessThanOrEqual(4 * WORDS);
      // A span may begin in the batch before, whose end is read again, but then without its sound.
      const words = segments.flatMap((segment) => segment.words).slice(Math.max(from, 2 * WORDS), to);
      expect(words).not.toEqual([]);
      expect(heard!.start).toBeGreaterThanOrEqual(words[0]!.start - 0.5);
      expect(heard!.end).toBeLessThanOrEqual(words[words.length - 1]!.end + 0.5);
    }
  });

  it('are found alike whether the batches before were read or come from a journal', async () => {
    const reader = new BatchReader(head, recognizerOf(512));
    await readBatch(reader, 0, 2);
    await readBatch(reader, 2, 3);
    const undisturbed = await readBatch(reader, 3, 6);
    const resumed = new BatchReader(head, recognizerOf(512));
    resumed.skip(segments.slice(0, 2));
    resumed.skip(segments.slice(2, 3));
    expect(await readBatch(resumed, 3, 6)).toEqual(undisturbed);
    expect(undisturbed.length).toBeGreaterThan(0);
  });

  it('are read as text where the states are another recogniser’s', async () => {
    const reader = new BatchReader(head, recognizerOf(384));
    expect(reader.onStates).toBeUndefined();
    const spans = await readBatch(reader, 0, 3);
    expect(spans.length).toBeGreaterThan(0);
    expect(spans.filter((span) => span.heard)).toEqual([]);
  });

  it('find nothing in silence', async () => {
    const reader = new BatchReader(head, recognizerOf(512));
    expect(await reader.read([{ index: 0, start: 0, end: 3, words: [] }])).toEqual([]);
  });
});
