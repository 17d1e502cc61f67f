import { describe, expect, test } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { mask, reveal } from '../../../core/redaction/mask.ts';
import { maskedSpans } from '../../../core/redaction/maskedSpans.ts';
import { POLICY_PRESETS, type Policy } from '../../../core/redaction/policy.ts';
import type { ShareableTranscript } from '../../../core/redaction/shareable.ts';
import { marked, transcriptOf } from './transcript.ts';

const { standard, strict } = POLICY_PRESETS;
const lines = (shared: ShareableTranscript) =>
  shared.segments.map(({ words }) => words.map(({ text }) => text).join(' '));

describe('masked words', () => {
  test('are one word each, between the punctuation that stood around them', () => {
    const transcript = marked(transcriptOf(['Thanks, (Sarah Connor), see you.']), 'PERSON', 'Sarah Connor');
    const shared = mask(transcript, standard);
    expect(lines(shared)).toEqual(['Thanks, ([PERSON_1]), see you.']);
    expect(shared.segments[0]!.words[1]).toEqual({
      text: '([PERSON_1]),',
      start: 0.5,
      end: 1.4,
      confidence: null,
      masked: {
        label: 'PERSON',
        alias: '[PERSON_1]',
        why: { detector: 'names', rule: 'test', score: 1 },
      },
    });
    expect(shared.counts).toEqual({ PERSON: 1 });
  });

  test('are masked once for all files of an export, and anew under another policy or after an edit', () => {
    const transcript = marked(transcriptOf(['Ask Sarah in Rome']), 'PERSON', 'Sarah');
    const once = mask(transcript, standard);
    expect(mask(transcript, standard)).toBe(once);
    expect(lines(mask(transcript, { ...standard, replacement: 'kind' }))).toEqual(['Ask [person] in Rome']);
    expect(lines(mask(marked(transcript, 'PERSON', 'Rome'), standard))).toEqual([
      'Ask [PERSON_1] in [PERSON_2]',
    ]);
    expect(lines(mask(transcript, standard))).toEqual(['Ask [PERSON_1] in Rome']);
  });

  test('keep a possessive ending', () => {
    expect(lines(mask(marked(transcriptOf(["That is Sarah's car."]), 'PERSON', 'Sarah'), standard))).toEqual([
      "That is [PERSON_1]'s car.",
    ]);
  });

  test('stay masked in both turns when a value runs over the border', () => {
    const transcript = marked(
      transcriptOf(['my number is five five five', 'oh one two three okay']),
      'PHONE',
      'five five five oh one two three',
    );
    expect(lines(mask(transcript, standard))).toEqual(['my number is [PHONE_1]', '[PHONE_1] okay']);
  });

  test('are those the policy masks, those marked by hand and those of the deny list; never the rejected', () => {
    let transcript = transcriptOf(['Acme hired Bob and Eve in Leeds']);
    transcript = marked(transcript, 'ORG', 'Acme');
    transcript = marked(transcript, 'PERSON', 'Bob', { decision: 'rejected' });
    transcript = marked(transcript, 'PERSON', 'Eve');
    transcript = marked(transcript, 'LOCATION', 'Leeds', { detector: 'person', decision: 'accepted' });
    expect(lines(mask(transcript, standard))).toEqual(['Acme hired Bob and [PERSON_2] in [LOCATION_1]']);
    expect(lines(mask(transcript, strict))).toEqual(['[ORG_1] hired Bob and [PERSON_2] in [LOCATION_1]']);
  });

  test('nothing of the original is left anywhere in what exporters see', () => {
    const transcript = marked(
      marked(
        transcriptOf(
          ['I am Sarah Connor.', 'Call 555-0123!'],
          ['Sarah Connor', 'Speaker 2'],
          'Sarah Connor 555-0123.wav',
        ),
        'PERSON',
        'Sarah Connor',
      ),
      'PHONE',
      '555-0123',
    );
    const text = JSON.stringify(mask(transcript, standard));
    expect(text).not.toMatch(/sarah|connor|0123/i);
  });
});

describe('speaker names and the title', () => {
  test('a speaker who is named gets the alias of that person', () => {
    const transcript = marked(
      transcriptOf(['hello Sarah', 'hi there'], ['Host', 'Sarah Connor']),
      'PERSON',
      'Sarah',
    );
    const shared = mask(transcript, standard);
    expect(shared.segments.map(({ speaker }) => speaker)).toEqual(['Host', '[PERSON_1]']);
    expect(lines(shared)[0]).toBe('hello [PERSON_1]');
  });

  test('a speaker whose name no list knows is masked all the same, a role is not', () => {
    const shared = mask(transcriptOf(['hello', 'hi'], ['Xqzrt', 'Speaker 2']), standard);
    expect(shared.segments.map(({ speaker }) => speaker)).toEqual(['[PERSON_1]', 'Speaker 2']);
  });

  test('an allowed speaker stays', () => {
    const policy: Policy = { ...standard, allow: ['sarah connor'] };
    expect(mask(transcriptOf(['hello'], ['Sarah Connor']), policy).segments[0]!.speaker).toBe('Sarah Connor');
  });

  test.each([
    ['Interview Sarah Connor.m4a', 'Interview [PERSON_1].m4a'],
    ['interview_sarah_connor_final.m4a', 'interview_[PERSON_1]_final.m4a'],
    ['budget meeting.m4a', 'budget meeting.m4a'],
  ])('%s is shared as %s', (name, title) => {
    const transcript = marked(transcriptOf(['I am Sarah Connor.'], [], name), 'PERSON', 'Sarah Connor');
    expect(mask(transcript, standard).title).toBe(title);
  });

  test('a name that only the title holds is masked too', () => {
    expect(mask(transcriptOf(['hello'], [], 'Call with Jennifer Miller.mp3'), standard).title).toBe(
      'Call with [PERSON_1].mp3',
    );
  });
});

describe('reveal', () => {
  test('shows everything as it was', () => {
    const transcript = marked(
      transcriptOf(['I am Sarah Connor.'], ['Sarah'], 'Sarah.wav'),
      'PERSON',
      'Sarah Connor',
    );
    const shared = reveal(transcript);
    expect(lines(shared)).toEqual(['I am Sarah Connor.']);
    expect(shared).toMatchObject({ redacted: false, title: 'Sarah.wav', counts: {} });
    expect(shared.segments[0]).toMatchObject({ speaker: 'Sarah' });
  });
});

describe('the stretches that are bleeped', () => {
  test('run from the first to the last masked word of each value, in order', () => {
    let transcript = transcriptOf(['I am Sarah Connor and this is Bob']);
    transcript = marked(marked(transcript, 'PERSON', 'Bob'), 'PERSON', 'Sarah Connor');
    expect(maskedSpans(transcript, standard)).toEqual([
      { start: 1, end: 1.9 },
      { start: 3.5, end: 3.9 },
    ]);
  });

  test('are as wide as what the head listened to, within a quarter of a second', () => {
    const transcript = marked(transcriptOf(['I am Sarah now']), 'PERSON', 'Sarah', { detector: 'head' });
    const widenedBy = (heard: { start: number; end: number; share: number }) => {
      const entities = transcript.entities.map((entity) => ({ ...entity, heard }));
      return maskedSpans({ ...transcript, entities }, standard);
    };
    expect(widenedBy({ start: 0.9, end: 1.5, share: 0.5 })).toEqual([{ start: 0.9, end: 1.5 }]);
    expect(widenedBy({ start: 0.2, end: 1.8, share: 0.5 })).toEqual([
      { start: 0.75, end: expect.closeTo(1.65, 9) },
    ]);
    // Inside the words: their own times stay.
    expect(widenedBy({ start: 1.1, end: 1.2, share: 0.5 })).toEqual([{ start: 1, end: 1.4 }]);
  });

  test('fill the gap between the neighbours of a word the recogniser gave no duration', () => {
    const transcript = marked(transcriptOf(['I am Sarah now']), 'PERSON', 'Sarah');
    transcript.segments[0]!.words[2]!.end = 1;
    expect(maskedSpans(transcript, standard)).toEqual([{ start: 0.9, end: 1.5 }]);
  });

  test('are refused for a typed word without a time', () => {
    const transcript = marked(transcriptOf(['I am Sarah now']), 'PERSON', 'Sarah');
    const word = transcript.segments[0]!.words[2]!;
    word.end = word.start;
    word.confidence = null;
    expect(() => maskedSpans(transcript, standard)).toThrow(UserError);
  });
});
