import { describe, expect, test } from 'vitest';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { decideEntity } from '../../../core/transcript/entities.ts';
import { assertValid } from '../../../core/transcript/invariants.ts';
import type { Entity, Transcript } from '../../../core/transcript/schema.ts';
import { assignSegmentSpeaker } from '../../../core/transcript/speakers.ts';
import { layOut, type TranscriptLayout } from '../../../renderer/review/layout.ts';
import { listenedWords } from '../../../renderer/review/listened.ts';
import { copyOf, orderOf, selectBetween } from '../../../renderer/review/order.ts';

/** A transcript of segments of words, one second a word, with entities over words given by their numbers from 1. */
function transcriptOf(
  segments: readonly string[],
  entities: readonly { label: Entity['label']; words: readonly number[] }[],
  language = 'en',
): Transcript {
  let count = 0;
  const transcript: Transcript = {
    format: 'sotto-transcript',
    version: 1,
    recording: { name: 'call', duration: 100 },
    language,
    model: { pack: 'base', sha256: 'abc' },
    speakers: [],
    segments: segments.map((text, index) => {
      const words = text.split(' ').map((word) => {
        count++;
        const start = count - 1;
        return { id: `w${count}`, text: word, start, end: start + 1, confidence: 0.9, speaker: null };
      });
      return { id: `s${index + 1}`, start: words[0]!.start, end: words[words.length - 1]!.end, words };
    }),
    entities: entities.map(({ label, words }, index) => ({
      id: `e${index + 1}`,
      label,
      words: words.map((word) => `w${word}`),
      detector: 'names',
      rule: 'test',
      score: 1,
      decision: 'pending',
    })),
  };
  assertValid(transcript);
  return transcript;
}

/** A segment as a person reads it, chips in brackets. */
function read(layout: TranscriptLayout, segment = 0): string {
  return layout.segments[segment]!.pieces.map(
    (piece) => piece.blank + (piece.kind === 'word' ? piece.word.text : piece.alias),
  ).join('');
}

describe('the layout of a transcript', () => {
  const call = transcriptOf(
    ['I am Sarah Connor from Portland', 'call five five five'],
    [
      { label: 'PERSON', words: [3, 4] },
      { label: 'LOCATION', words: [6] },
      { label: 'PHONE', words: [8, 9, 10] },
    ],
  );

  test('masked spans stand as one chip, and the policy says which are masked', () => {
    expect(read(layOut(call, POLICY_PRESETS.standard))).toBe('I am [PERSON_1] from Portland');
    expect(read(layOut(call, POLICY_PRESETS.strict))).toBe('I am [PERSON_1] from [LOCATION_1]');
    expect(read(layOut(call, POLICY_PRESETS['names-only']), 1)).toBe('call five five five');
  });

  test('a span keeps its original words and times for the person who reviews it', () => {
    const { segments, masked } = layOut(call, POLICY_PRESETS.standard);
    expect(segments[0]!.pieces[2]).toMatchObject({ original: 'Sarah Connor', start: 2, end: 4 });
    expect(masked.map(({ alias, start }) => [alias, start])).toEqual([
      ['[PERSON_1]', 2],
      ['[PHONE_1]', 7],
    ]);
  });

  test('a rejected span is readable and still tells what it was found as', () => {
    const layout = layOut(decideEntity(call, 'e1', 'rejected'), POLICY_PRESETS.standard);
    expect(read(layout)).toBe('I am Sarah Connor from Portland');
    expect(layout.segments[0]!.pieces[2]).toMatchObject({ kind: 'word', entity: { id: 'e1' } });
  });

  test('a span that crosses a border of segments has a chip on both sides', () => {
    const crossing = transcriptOf(['call five five', 'five please'], [{ label: 'PHONE', words: [2, 3, 4] }]);
    const layout = layOut(crossing, POLICY_PRESETS.standard);
    expect([read(layout, 0), read(layout, 1)]).toEqual(['call [PHONE_1]', '[PHONE_1] please']);
    expect(layout.masked).toHaveLength(1);
  });

  test('a segment is laid out anew when another speaker says it', () => {
    const named = { ...call, speakers: [{ id: 'p1', name: 'Anna' }] };
    const before = layOut(named, POLICY_PRESETS.standard);
    const after = layOut(assignSegmentSpeaker(named, 's2', 'p1'), POLICY_PRESETS.standard);
    expect(after.segments[0]).toBe(before.segments[0]);
    expect(after.segments[1]!.speaker).toEqual({ id: 'p1', name: 'Anna', place: 0 });
  });

  test('languages written without blanks get none', () => {
    const chinese = transcriptOf(['你好 我 是 小明'], [], 'zh');
    expect(read(layOut(chinese, POLICY_PRESETS.standard))).toBe('你好我是小明');
  });

  test('segments that look the same stay the same objects', () => {
    const before = layOut(call, POLICY_PRESETS.standard);
    const after = layOut(decideEntity(call, 'e1', 'rejected'), POLICY_PRESETS.standard);
    expect(after.segments[0]).not.toBe(before.segments[0]);
    expect(after.segments[1]).toBe(before.segments[1]);
  });
});

describe('what is copied', () => {
  const copied = (transcript: Transcript, from: number, to: number) => {
    const layout = layOut(transcript, POLICY_PRESETS.strict);
    const order = orderOf(layout);
    return copyOf(layout, order, selectBetween(order, from, to));
  };
  const transcript = transcriptOf(
    ['so “Sarah Connor”, lives there', 'call five five. please'],
    [
      { label: 'PERSON', words: [2, 3] },
      { label: 'PHONE', words: [7, 8] },
    ],
  );

  test('has aliases for what is masked, the marks around it, and a line for each paragraph', () => {
    expect(copied(transcript, 0, 6)).toBe('so “[PERSON_1]”, lives there\ncall [PHONE_1]. please');
    expect(copied(transcript, 1, 2)).toBe('“[PERSON_1]”, lives');
    expect(copied(transcript, 5, 6)).toBe('[PHONE_1]. please');
  });

  test('has no blanks in a language that is written without', () => {
    expect(copied(transcriptOf(['你好 我 是 小明'], [], 'zh'), 1, 3)).toBe('我是小明');
  });

  test('is nothing where nothing is selected', () => {
    const layout = layOut(transcript, POLICY_PRESETS.strict);
    expect(copyOf(layout, orderOf(layout), { kind: 'none' })).toBe('');
  });
});

describe('the words that the head listened to', () => {
  const transcript = transcriptOf(
    ['so Sarah lives in Reading', 'with Bob now'],
    [
      { label: 'PERSON', words: [2] },
      { label: 'PERSON', words: [7] },
    ],
  );
  const heardFrom = (start: number, end: number) => ({
    ...transcript.entities[0]!,
    heard: { start, end, share: 0.5 },
  });
  const words = (entity: Entity, revealed: boolean) =>
    listenedWords(entity, layOut(transcript, POLICY_PRESETS.standard), revealed);

  test('are those of its time, masked ones under their alias until the span is revealed', () => {
    expect(words(heardFrom(0.5, 2.5), false)).toBe('so [PERSON_1] lives');
    expect(words(heardFrom(0.5, 2.5), true)).toBe('so Sarah lives');
    expect(words(heardFrom(1.5, 6.5), true)).toBe('Sarah lives in Reading with [PERSON_2]');
  });

  test('are none where nothing was heard', () => {
    expect(words(transcript.entities[0]!, true)).toBe('');
  });
});
