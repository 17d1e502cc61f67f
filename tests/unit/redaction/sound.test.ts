import { expect, test } from 'vitest';
import type { SpeechSegment } from '../../../core/audio/segment.ts';
import { listenedTo } from '../../../core/redaction/head/attended.ts';
import { SegmentStates } from '../../../core/redaction/head/sound.ts';

/** Two seconds of speech from 10 s and one from 60 s of the recording, the silence between left out. */
const broken: SpeechSegment = {
  index: 4,
  samples: new Float32Array(48_000),
  pieces: [
    { start: 10, offset: 0, duration: 2 },
    { start: 60, offset: 2, duration: 1 },
  ],
};
const later: SpeechSegment = {
  index: 5,
  samples: new Float32Array(16_000),
  pieces: [{ start: 100, offset: 0, duration: 1 }],
};

/** States of three values, each its number in the segment and the segment's. */
function states(segment: SpeechSegment, count: number) {
  return {
    data: Float32Array.from({ length: count * 3 }, (_, i) => 1000 * segment.index + Math.floor(i / 3)),
    count,
  };
}

function said(start: number, end: number, heardIn: number) {
  return { word: { text: 'word', segment: 0, confidence: 1, time: { start, end } }, heardIn };
}

test('words lie where their segment’s sound lies, pauses that were cut out not counted', () => {
  const kept = new SegmentStates();
  // The longest segments of a batch come first.
  kept.add(later, states(later, 50));
  kept.add(broken, states(broken, 150));
  const sound = kept.soundOf([
    said(10.2, 10.6, 4),
    said(60.5, 60.9, 4),
    null,
    said(100, 100.3, 5),
    said(1, 2, 9),
  ])!;
  expect(sound).toMatchObject({ width: 3, count: 200 });
  expect(sound.spans).toEqual([[10, 30], [125, 145], null, [150, 165], null]);
  const across = new Float32Array(4 * 3);
  sound.copy(148, 152, across);
  expect([...across]).toEqual([4148, 4148, 4148, 4149, 4149, 4149, 5000, 5000, 5000, 5001, 5001, 5001]);
  expect([0, 10, 125, 150, 160].map((state) => sound.timeOf(state))).toEqual([10, 10.2, 60.5, 100, 100.2]);
});

test('nothing was heard where no states came', () => {
  expect(new SegmentStates().soundOf([said(0, 1, 0)])).toBeNull();
});

test('a word listened where much of its attention lies, no further than half a second from itself', () => {
  const attention = Float32Array.from([0.01, 0.2, 0.01, 0.3, 0.04, 0.02]);
  const word = { start: 5, end: 5.1 };
  const at = (first: number) => (pair: number) => first + pair * 0.04;
  const listened = listenedTo(attention, word, at(4.96));
  expect(listened.start).toBeCloseTo(5, 6);
  expect(listened.end).toBeCloseTo(5.12, 6);
  expect(listened.share).toBeCloseTo(0.58, 6);
  expect(listenedTo(attention, word, at(3))).toMatchObject({ start: 4.5 });
  // Spread thin: nowhere in particular.
  expect(listenedTo(new Float32Array(20).fill(0.02), word, at(4.9))).toMatchObject(word);
});
