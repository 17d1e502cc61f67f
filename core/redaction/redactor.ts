import { freshIds } from '../transcript/ids.ts';
import type { Entity, Transcript, Word } from '../transcript/schema.ts';
import { isAnonymousSpeaker } from './aliases.ts';
import { detectEntities, unite } from './detect.ts';
import type { DetectedSpan, DetectorWord } from './detector.ts';
import type { Policy } from './policy.ts';
import { saltOf } from './replacements.ts';

/** The transcript's words in order, as detectors see them. */
function detectorWords(transcript: Transcript): { words: Word[]; seen: DetectorWord[] } {
  const words: Word[] = [];
  const seen: DetectorWord[] = [];
  transcript.segments.forEach((segment, index) => {
    for (const word of segment.words) {
      words.push(word);
      seen.push({ text: word.text, segment: index, confidence: word.confidence });
    }
  });
  return { words, seen };
}

/**
 * Finds the personal data in a transcript and returns it with `entities` filled, in the order of the words.
 * Entities that a person made or decided on (accepted, rejected, merged, split) stay as they are; what is found again over a decided
 * span is not added a second time. Everything found is kept, whatever the policy masks, so that a change of policy
 * needs no second search; the policy's allow and deny lists do take part in the search.
 */
export function redact(transcript: Transcript, policy: Policy): Transcript {
  const { words, seen } = detectorWords(transcript);
  const place = new Map(words.map((word, index) => [word.id, index]));
  const decided = transcript.entities.filter(
    (entity) => entity.decision !== 'pending' || entity.detector === 'person' || entity.person !== undefined,
  );
  const taken = new Set(decided.flatMap((entity) => entity.words));
  const nextId = freshIds({ ...transcript, entities: decided }, 'entity');
  const speakers = transcript.speakers.map(({ name }) => name).filter((name) => !isAnonymousSpeaker(name));
  const found = detectEntities(seen, policy, speakers).flatMap((span) => uncovered(span, words, taken));
  const entities: Entity[] = unite(found).map((span) => ({
    id: nextId(),
    label: span.label,
    words: words.slice(span.from, span.to).map((word) => word.id),
    detector: span.detector,
    rule: span.rule,
    score: span.score,
    decision: 'pending',
  }));
  const first = (entity: Entity) => place.get(entity.words[0]!) ?? 0;
  return {
    ...transcript,
    salt: saltOf(transcript),
    entities: [...decided, ...entities].sort((a, b) => first(a) - first(b)),
  };
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
