import { freshIds } from '../transcript/ids.ts';
import type { Transcript } from '../transcript/schema.ts';
import { placeEntity } from '../transcript/spans.ts';
import { phraseRuns } from './phraseRuns.ts';
import { maskedEntities, type Policy } from './policy.ts';

/**
 * Marks what the policy's deny list names and the policy would leave readable, for a transcript that was searched under
 * another list. It only adds: what an earlier list named stays masked until a person rejects it, and what a person
 * rejected word for word stays readable.
 */
export function applyDenyList(transcript: Transcript, policy: Policy): Transcript {
  const rejected = new Set(
    transcript.entities.filter(({ decision }) => decision === 'rejected').map(({ words }) => words.join()),
  );
  const masked = new Set(maskedEntities(transcript, policy).flatMap(({ words }) => words));
  let marked = transcript;
  for (const words of phraseRuns(transcript, policy.deny)) {
    if (rejected.has(words.join()) || words.every((id) => masked.has(id))) continue;
    const id = freshIds(marked, 'entity')();
    const found = { detector: 'deny', rule: 'deny list', score: 1, decision: 'pending' } as const;
    marked = placeEntity(marked, { id, label: 'PERSON', words, ...found });
    for (const word of words) masked.add(word);
  }
  return marked;
}
