import { freshIds } from '../transcript/ids.ts';
import type { Entity, Transcript, Word } from '../transcript/schema.ts';
import { isAnonymousSpeaker } from './aliases.ts';
import { detectEntities, unite } from './detect.ts';
import type { DetectedSpan, DetectorWord } from './detector.ts';
import type { RedactionHead } from './head/head.ts';
import type { Policy } from './policy.ts';
import { newSalt } from './replacements.ts';

/** The transcript's words in order, as detectors see them. */
function detectorWords(transcript: Transcript): { words: Word[]; seen: DetectorWord[] } {
  const words: Word[] = [];
  const seen: DetectorWord[] = [];
  transcript.segments.forEach((segment, index) => {
    for (const word of segment.words) {
      words.push(word);
      const { text, confidence, start, end } = word;
      seen.push({ text, segment: index, confidence, time: { start, end } });
    }
  });
  return { words, seen };
}

/**
 * Finds the personal data in a transcript and returns it with `entities` filled, in the order of the words.
 * Entities that a person made or decided on (accepted, rejected, merged, split) stay as they are; what is found again over a decided
 * span is not added a second time. Everything found is kept, whatever the policy masks, so that a change of policy
 * needs no second search; the policy's allow and deny lists do take part in the search. What the head found by its sound
 * stays as well: only who hears the recording again could find it a second time.
 * @param head what the learned head found, in all words of the transcript counted through; null where there is none.
 */
export function redact(
  transcript: Transcript,
  policy: Policy,
  head: readonly DetectedSpan[] | null = null,
): Transcript {
  const { words, seen } = detectorWords(transcript);
  const place = new Map(words.map((word, index) => [word.id, index]));
  const decided = transcript.entities.filter(
    ({ decision, detector, person, alias }) =>
      decision !== 'pending' || detector === 'person' || person !== undefined || alias !== undefined,
  );
  const taken = new Set(decided.flatMap((entity) => entity.words));
  const nextId = freshIds({ ...transcript, entities: decided }, 'entity');
  const speakers = transcript.speakers.map(({ name }) => name).filter((name) => !isAnonymousSpeaker(name));
  const known = heardSpans(transcript.entities, place);
  const found = detectEntities(seen, policy, speakers, head, known).flatMap((span) =>
    uncovered(span, words, taken),
  );
  const entities: Entity[] = unite(found).map((span) => ({
    id: nextId(),
    label: span.label,
    words: words.slice(span.from, span.to).map((word) => word.id),
    detector: span.detector,
    rule: span.rule,
    score: span.score,
    ...(span.heard && { heard: span.heard }),
    decision: 'pending',
  }));
  const first = (entity: Entity) => place.get(entity.words[0]!) ?? 0;
  return {
    ...transcript,
    salt: transcript.salt ?? newSalt(),
    entities: [...decided, ...entities].sort((a, b) => first(a) - first(b)),
  };
}

/** As {@link redact}, with what the learned head reads in the text where there is one; the sound plays no part. */
export async function redactByText(
  transcript: Transcript,
  policy: Policy,
  head: RedactionHead | null,
): Promise<Transcript> {
  return redact(transcript, policy, head && (await head.detect(detectorWords(transcript).seen)));
}

/** What was found by its sound, as spans of the words that now stand there. */
function heardSpans(entities: readonly Entity[], place: ReadonlyMap<string, number>): DetectedSpan[] {
  return entities.flatMap(({ words, label, detector, rule, score, heard, decision }) => {
    const from = place.get(words[0]!);
    if (!heard || from === undefined || decision === 'rejected') return [];
    return [{ from, to: from + words.length, label, detector, rule, score, heard }];
  });
}

/** The parts of a span that no decided entity covers. */
function uncovered(span: DetectedSpan, words: readonly Word[], taken: ReadonlySet<string>): DetectedSpan[] {
  const parts: DetectedSpan[] = [];
  let from = span.from;
  for (let i = span.from; i <= span.to; i++) {
    if (i < span.to && !taken.has(words[i]!.id)) continue;
    if (i > from) parts.push({ ...span, from, to: i });
    from = i + 1;
  }
  return parts;
}
