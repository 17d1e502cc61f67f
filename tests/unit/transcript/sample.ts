import fc from 'fast-check';
import { transcriptFromRecognition } from '../../../core/transcript/build.ts';
import { type Entity, LABELS, type Transcript } from '../../../core/transcript/schema.ts';

/** One segment a text, words half a second long with a tenth between them, a second between segments. */
export function transcriptOf(...texts: string[]): Transcript {
  let clock = 0;
  const recognized = texts.map((text, index) => {
    const start = clock;
    const words = text.split(' ').map((word) => {
      const heard = { text: word, start: clock, end: clock + 0.5, confidence: 0.9 };
      clock += 0.6;
      return heard;
    });
    const segment = { index, start, end: clock, words };
    clock += 1;
    return segment;
  });
  return transcriptFromRecognition({
    recordingName: 'meeting.wav',
    duration: clock + 5,
    language: 'en',
    model: { pack: 'tiny', sha256: '0'.repeat(64) },
    recognized,
  });
}

/** Adds an entity over the words `from` to `to` (inclusive) of the whole transcript, counted from 0. */
export function withEntity(
  transcript: Transcript,
  from: number,
  to: number,
  given: Partial<Entity> = {},
): Transcript {
  const ids = transcript.segments.flatMap((segment) => segment.words.map(({ id }) => id)).slice(from, to + 1);
  const entity: Entity = {
    id: `e${transcript.entities.length + 1}`,
    label: 'PERSON',
    words: ids,
    detector: 'names',
    rule: 'list',
    score: 0.8,
    decision: 'pending',
    ...given,
  };
  return { ...transcript, entities: [...transcript.entities, entity] };
}

/** All text, one string a segment. */
export function textOf(transcript: Transcript): string[] {
  return transcript.segments.map((segment) => segment.words.map(({ text }) => text).join(' '));
}

/** Texts of the entities' words, in order, rejected ones in parentheses. */
export function entityTexts(transcript: Transcript): string[] {
  const texts = new Map(
    transcript.segments.flatMap((segment) => segment.words.map(({ id, text }) => [id, text] as const)),
  );
  return transcript.entities.map(({ words, decision }) => {
    const text = words.map((id) => texts.get(id)).join(' ');
    return decision === 'rejected' ? `(${text})` : text;
  });
}

/** Ids of the words that an entity masks. */
export function maskedIds(transcript: Transcript): Set<string> {
  return new Set(
    transcript.entities.filter(({ decision }) => decision !== 'rejected').flatMap(({ words }) => words),
  );
}

/** Makes every later change of the object or of anything in it throw. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const item of Object.values(value)) deepFreeze(item);
  }
  return value;
}

const word = fc.constantFrom(
  'Anna',
  'anna,',
  'said',
  'May',
  'will',
  "Smith's",
  'the',
  '+49',
  '1984.',
  '東京',
  '—',
  'naïve',
);

/** Transcripts with words, pauses, speakers and entities of all kinds; active entities share no word. */
export const anyTranscript: fc.Arbitrary<Transcript> = fc
  .record({
    segments: fc.array(
      fc.record({
        pause: fc.integer({ min: 0, max: 3000 }),
        words: fc.array(
          fc.record({
            text: word,
            gap: fc.integer({ min: 0, max: 900 }),
            length: fc.integer({ min: 0, max: 800 }),
          }),
          { minLength: 1, maxLength: 8 },
        ),
      }),
      { maxLength: 5 },
    ),
    spans: fc.array(
      fc.record({
        from: fc.nat(40),
        length: fc.integer({ min: 1, max: 5 }),
        label: fc.constantFrom(...LABELS),
        decision: fc.constantFrom('pending' as const, 'accepted' as const, 'rejected' as const),
      }),
      { maxLength: 6 },
    ),
    speakers: fc.nat(2),
  })
  .map(({ segments, spans, speakers }) => {
    let ms = 0;
    let number = 0;
    const transcript: Transcript = {
      format: 'sotto-transcript',
      version: 1,
      recording: { name: 'any.wav', duration: 0 },
      language: 'en',
      model: { pack: 'tiny', sha256: '0'.repeat(64) },
      speakers: Array.from({ length: speakers }, (_, index) => ({
        id: `p${index + 1}`,
        name: `Voice ${index + 1}`,
      })),
      segments: segments.map(({ pause, words }, index) => {
        const start = ms;
        ms += pause;
        const timed = words.map(({ text, gap, length }) => {
          number += 1;
          const begin = ms + gap;
          ms = begin + length;
          const speaker = speakers === 0 ? null : `p${1 + (number % speakers)}`;
          return { id: `w${number}`, text, start: begin / 1000, end: ms / 1000, confidence: 0.5, speaker };
        });
        return { id: `s${index + 1}`, start: start / 1000, end: ms / 1000, words: timed };
      }),
      entities: [],
    };
    transcript.recording.duration = ms / 1000 + 1;
    const taken = new Set<number>();
    for (const [index, { from, length, label, decision }] of spans.entries()) {
      const run = Array.from({ length }, (_, offset) => from + offset).filter((at) => at < number);
      if (run.length === 0 || (decision !== 'rejected' && run.some((at) => taken.has(at)))) continue;
      if (decision !== 'rejected') for (const at of run) taken.add(at);
      transcript.entities.push({
        id: `e${index + 1}`,
        label,
        words: run.map((at) => `w${at + 1}`),
        detector: 'rules',
        rule: 'any',
        score: 0.7,
        decision,
      });
    }
    return transcript;
  });
