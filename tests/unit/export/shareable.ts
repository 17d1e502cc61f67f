import fc from 'fast-check';
import type {
  ShareableSegment,
  ShareableTranscript,
  ShareableWord,
} from '../../../core/redaction/shareable.ts';
import type { Label } from '../../../core/transcript/schema.ts';

/** A word; `[PERSON_1]` and the like, with punctuation around it, is masked. */
export function word(text: string, start: number, end: number): ShareableWord {
  const alias = /\[([A-Z_]+)_\d+\]/.exec(text);
  const masked = alias === null ? null : { label: alias[1] as Label, alias: alias[0] };
  return { text, start, end, confidence: masked === null ? 0.9 : null, masked };
}

/** Words of half a second with a tenth between them. */
export function segment(text: string, start: number, speaker: string | null = null): ShareableSegment {
  const words = text
    .split(' ')
    .map((token, index) => word(token, start + index * 0.6, start + index * 0.6 + 0.5));
  return { start, end: words.at(-1)!.end, speaker, words, acoustics: null };
}

/** A redacted transcript of these segments. */
export function shareable(
  segments: readonly ShareableSegment[],
  given: Partial<ShareableTranscript> = {},
): ShareableTranscript {
  const counts: Partial<Record<Label, number>> = {};
  for (const { masked } of segments.flatMap(({ words }) => words))
    if (masked !== null) counts[masked.label] = (counts[masked.label] ?? 0) + 1;
  return {
    redacted: true,
    title: 'meeting.wav',
    duration: 60,
    language: 'en',
    segments,
    counts,
    ...given,
  };
}

/** Spoken and unspoken text, what each format gives a meaning, and characters of several scripts. */
const text = fc.oneof(
  fc.constantFrom(
    'Yes.',
    'and',
    'so,',
    '[PERSON_1]',
    '[DATE_OF_BIRTH_12],',
    'a',
    'Hello!',
    '東京',
    '“Well…”',
  ),
  fc.constantFrom(
    '<b>',
    '&amp;',
    '-->',
    '*x*',
    '_y_',
    '=1+1',
    '"q"',
    "it's",
    '\\',
    '`',
    '#1',
    '](z)',
    '1.',
    '::',
  ),
  fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
    .map((value) => value.replace(/\s/g, '') || 'x'),
);

/** Transcripts with any words and pauses; times run forward. */
export const anyShareable: fc.Arbitrary<ShareableTranscript> = fc
  .record({
    segments: fc.array(
      fc.record({
        pause: fc.integer({ min: 0, max: 4000 }),
        speaker: fc.constantFrom(null, 'Speaker 1', '[PERSON_7]', 'Ann <b> & Co "x"'),
        words: fc.array(
          fc.record({
            text,
            gap: fc.integer({ min: 0, max: 2500 }),
            length: fc.integer({ min: 0, max: 9000 }),
          }),
          { minLength: 1, maxLength: 25 },
        ),
      }),
      { maxLength: 4 },
    ),
    language: fc.constantFrom('en', 'ja', 'ar'),
    redacted: fc.boolean(),
    timed: fc.boolean(),
  })
  .map(({ segments, language, redacted, timed: saysTimes }) => {
    let ms = 0;
    const timed = segments.map(({ pause, speaker, words }) => {
      ms += pause;
      const start = ms / 1000;
      const said = words.map(({ text: token, gap, length }) => {
        const begin = ms + gap;
        ms = begin + length;
        return word(token, begin / 1000, ms / 1000);
      });
      return { start, end: ms / 1000, speaker, words: said, acoustics: null };
    });
    return shareable(timed, { language, redacted, timed: saysTimes, duration: ms / 1000 });
  });

/** A finished file as text. */
export async function textOf(bytes: Promise<Uint8Array>): Promise<string> {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await bytes);
}
