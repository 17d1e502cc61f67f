import { freshIds } from './ids.ts';
import { entityOf, wordsOf } from './locate.ts';
import type { Entity, Label, Transcript } from './schema.ts';
import { foldedTexts, isActive, placeEntity } from './spans.ts';
import { foldWord } from './text.ts';

/**
 * Accepts or rejects an entity, or makes it pending again. One that comes back from rejection takes its words from the
 * entities that mask them meanwhile.
 * @throws RangeError when the entity does not exist.
 */
export function decideEntity(
  transcript: Transcript,
  entityId: string,
  decision: Entity['decision'],
): Transcript {
  const entity = entityOf(transcript, entityId);
  if (entity.decision === decision) return transcript;
  return placeEntity(transcript, { ...entity, decision });
}

/**
 * Decides every entity with this one's label and text at once; text is compared without case, accents, punctuation
 * and possessive ending. Other labels are left alone: that "Washington" is no person does not say it is no place.
 * @throws RangeError when the entity does not exist.
 */
export function decideAllAlike(
  transcript: Transcript,
  entityId: string,
  decision: Entity['decision'],
): Transcript {
  const { label, words } = entityOf(transcript, entityId);
  const textOf = foldedTexts(transcript);
  const text = textOf(words);
  const alike = transcript.entities.filter(
    (entity) => entity.label === label && entity.decision !== decision && textOf(entity.words) === text,
  );
  // Only those that come back from rejection can touch others; the rest change in one pass.
  const returning = alike.filter((entity) => !isActive(entity)).map(({ id }) => id);
  const changing = new Set(alike.filter(isActive).map(({ id }) => id));
  const entities = transcript.entities.map((entity) =>
    changing.has(entity.id) ? { ...entity, decision } : entity,
  );
  return returning.reduce(
    (edited, id) => decideEntity(edited, id, decision),
    changing.size > 0 ? { ...transcript, entities } : transcript,
  );
}

/**
 * Marks words as personal data by hand. Entities that mask some of the words already give those up.
 * @param wordIds a run of neighbouring words, in any order.
 * @throws RangeError when a word does not exist or the words are not neighbours.
 */
export function addEntity(transcript: Transcript, label: Label, wordIds: readonly string[]): Transcript {
  const id = freshIds(transcript, 'entity')();
  return placeEntity(transcript, byHand(id, label, runOf(transcript, wordIds)));
}

/**
 * Marks words by hand, and with them every other place that says the same and that nothing masks yet.
 * @throws RangeError as {@link addEntity}.
 */
export function addEntityEverywhere(
  transcript: Transcript,
  label: Label,
  wordIds: readonly string[],
): Transcript {
  const marked = addEntity(transcript, label, wordIds);
  const masked = new Set(marked.entities.filter(isActive).flatMap(({ words }) => words));
  const said = wordsOf(transcript).map(({ id, text }) => ({ id, key: foldWord(text) }));
  const chosen = new Set(wordIds);
  const keys = said.filter(({ id }) => chosen.has(id)).map(({ key }) => key);
  if (keys.every((key) => key === '')) return marked;
  const freshId = freshIds(marked, 'entity');
  const others: Entity[] = [];
  for (let from = 0; from + keys.length <= said.length; from += 1) {
    const run = said.slice(from, from + keys.length);
    if (!run.every(({ id, key }, index) => key === keys[index] && !masked.has(id))) continue;
    const ids = run.map(({ id }) => id);
    others.push(byHand(freshId(), label, ids));
    for (const id of ids) masked.add(id);
  }
  return { ...marked, entities: [...marked.entities, ...others] };
}

/**
 * Moves an entity's borders: from now on it is these words, and a person has said so. Other active entities give up
 * words that it takes.
 * @throws RangeError when the entity or a word does not exist or the words are not neighbours.
 */
export function resizeEntity(
  transcript: Transcript,
  entityId: string,
  wordIds: readonly string[],
): Transcript {
  const entity = entityOf(transcript, entityId);
  return placeEntity(transcript, { ...entity, words: runOf(transcript, wordIds), decision: 'accepted' });
}

/**
 * Says what kind of personal data it is, which accepts it.
 * @throws RangeError when the entity does not exist.
 */
export function relabelEntity(transcript: Transcript, entityId: string, label: Label): Transcript {
  return placeEntity(transcript, { ...entityOf(transcript, entityId), label, decision: 'accepted' });
}

function byHand(id: string, label: Label, words: string[]): Entity {
  return { id, label, words, detector: 'person', rule: 'marked by hand', score: 1, decision: 'accepted' };
}

/** The ids in the order of the transcript. */
function runOf(transcript: Transcript, wordIds: readonly string[]): string[] {
  const chosen = new Set(wordIds);
  const order = wordsOf(transcript).map(({ id }) => id);
  const first = order.findIndex((id) => chosen.has(id));
  const run = order.slice(Math.max(first, 0), Math.max(first, 0) + chosen.size);
  if (chosen.size === 0 || !run.every((id) => chosen.has(id)) || run.length !== chosen.size)
    throw new RangeError('An entity needs neighbouring words of the transcript.');
  return run;
}
