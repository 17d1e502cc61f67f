import { assertValid } from '../../../core/transcript/invariants.ts';
import type { Entity, Label, Transcript } from '../../../core/transcript/schema.ts';

/** A transcript of turns, one string a turn: word n is said from n/2 s to n/2 + 0.4 s. Speakers by turn where given. */
export function transcriptOf(
  turns: readonly string[],
  speakers: readonly string[] = [],
  name = 'recording.m4a',
): Transcript {
  let count = 0;
  const names = [...new Set(speakers)];
  const transcript: Transcript = {
    format: 'sotto-transcript',
    version: 1,
    recording: { name, duration: 10_000 },
    language: 'en',
    model: { pack: 'base', sha256: '0'.repeat(64) },
    speakers: names.map((speaker, index) => ({ id: `p${index + 1}`, name: speaker })),
    segments: turns.map((turn, index) => {
      const words = turn.split(' ').map((text) => {
        const start = count / 2;
        count += 1;
        const speaker = speakers[index] === undefined ? null : `p${names.indexOf(speakers[index]!) + 1}`;
        return { id: `w${count}`, text, start, end: start + 0.4, confidence: 0.9, speaker };
      });
      return { id: `s${index + 1}`, start: words[0]!.start, end: words[words.length - 1]!.end, words };
    }),
    entities: [],
    salt: 'of every test',
  };
  assertValid(transcript);
  return transcript;
}

/** The transcript with an entity over the words of `value`, at its nth occurrence from 0. */
export function marked(
  transcript: Transcript,
  label: Label,
  value: string,
  {
    decision = 'pending',
    detector = 'names',
    nth = 0,
  }: { decision?: Entity['decision']; detector?: Entity['detector']; nth?: number } = {},
): Transcript {
  const words = transcript.segments.flatMap((segment) => segment.words);
  const wanted = value.split(' ');
  const bare = (text: string) => text.replace(/^[^\p{L}\p{N}@+]+|[^\p{L}\p{N}]+$/gu, '').replace(/'s$/, '');
  const starts = words
    .map((_, i) => i)
    .filter((i) => wanted.every((text, n) => bare(words[i + n]?.text ?? '') === text));
  const at = starts[nth];
  if (at === undefined) throw new Error('the value is not said in the transcript');
  const entity: Entity = {
    id: `e${transcript.entities.length + 1}`,
    label,
    words: words.slice(at, at + wanted.length).map(({ id }) => id),
    detector,
    rule: 'test',
    score: 1,
    decision,
  };
  const next = { ...transcript, entities: [...transcript.entities, entity] };
  assertValid(next);
  return next;
}
