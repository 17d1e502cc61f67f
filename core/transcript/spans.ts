import { freshIds } from './ids.ts';
import { wordsOf } from './locate.ts';
import type { Entity, Transcript } from './schema.ts';
import { foldWords } from './text.ts';

/** Whether the entity's words are masked (as far as the policy masks its label). */
export function isActive(entity: Entity): boolean {
  return entity.decision !== 'rejected';
}

/**
 * Puts `entity` in the place of the one with its id, or last, and settles overlaps by the rule that a newer decision
 * takes the words: other active entities give up the words they share, and one that is cut in two goes on as two. So
 * no word that was masked becomes readable.
 */
export function placeEntity(transcript: Transcript, entity: Entity): Transcript {
  const taken = new Set(isActive(entity) ? entity.words : []);
  const freshId = freshIds({ ...transcript, entities: [...transcript.entities, entity] }, 'entity');
  let placed = false;
  const entities = transcript.entities.flatMap((other) => {
    if (other.id === entity.id) {
      placed = true;
      return [entity];
    }
    return isActive(other) ? withoutWords(other, taken, freshId) : [other];
  });
  return { ...transcript, entities: placed ? entities : [...entities, entity] };
}

/**
 * What is left of an entity without the taken words: itself when it has none of them, else one entity a run of
 * remaining words, the first of which keeps the id.
 */
function withoutWords(entity: Entity, taken: ReadonlySet<string>, freshId: () => string): Entity[] {
  if (!entity.words.some((word) => taken.has(word))) return [entity];
  const runs: string[][] = [];
  let open: string[] | null = null;
  for (const word of entity.words) {
    if (taken.has(word)) {
      open = null;
    } else if (open === null) {
      open = [word];
      runs.push(open);
    } else {
      open.push(word);
    }
  }
  return runs.map((words, index) => ({ ...entity, id: index === 0 ? entity.id : freshId(), words }));
}

/**
 * Carries the entities over an edit of words. `carry` gives the words that stand for an entity's words after the edit
 * (the same array where nothing changed, [] when none is left).
 *
 * Fails closed: an active entity goes on masking whatever stands for its words. A rejection was said of the old text,
 * so a rejected entity whose text changed by more than case and punctuation is pending again, except for words that
 * another entity masks already.
 */
export function carryEntities(
  before: Transcript,
  after: Transcript,
  carry: (words: string[]) => string[],
): Transcript {
  const reopened: Entity[] = [];
  const textBefore = foldedTexts(before);
  const textAfter = foldedTexts(after);
  const entities = before.entities.flatMap((entity) => {
    const words = carry(entity.words);
    if (words === entity.words) return [entity];
    if (words.length === 0) return [];
    const carried = { ...entity, words };
    if (!isActive(entity) && textBefore(entity.words) !== textAfter(words)) reopened.push(carried);
    return [carried];
  });
  return reopened.reduce(reopen, { ...after, entities });
}

function reopen(transcript: Transcript, entity: Entity): Transcript {
  const masked = new Set(transcript.entities.filter(isActive).flatMap(({ words }) => words));
  const pending = withoutWords({ ...entity, decision: 'pending' }, masked, freshIds(transcript, 'entity'));
  return { ...transcript, entities: transcript.entities.flatMap((e) => (e === entity ? pending : [e])) };
}

/** Looks up the text of words by their ids, folded for comparison. */
export function foldedTexts(transcript: Transcript): (wordIds: readonly string[]) => string {
  const texts = new Map(wordsOf(transcript).map(({ id, text }) => [id, text]));
  return (wordIds) => foldWords(wordIds.map((id) => texts.get(id) ?? ''));
}
