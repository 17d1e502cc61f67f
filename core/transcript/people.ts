import { entityOf } from './locate.ts';
import type { Transcript } from './schema.ts';

/**
 * Says that these entities are one person, whatever they are called; they share an alias from now on. To merge two
 * people, name all entities of both.
 * @throws RangeError when an entity does not exist or is no PERSON.
 */
export function mergePeople(transcript: Transcript, entityIds: readonly string[]): Transcript {
  const chosen = entityIds.map((id) => personOf(transcript, id));
  const known = chosen.find(({ person }) => person !== undefined)?.person;
  return withPerson(transcript, entityIds, known ?? freshPerson(transcript));
}

/**
 * Says that these entities are a person of their own: they share an alias that no other entity has.
 * @throws RangeError when an entity does not exist or is no PERSON.
 */
export function splitPerson(transcript: Transcript, entityIds: readonly string[]): Transcript {
  for (const id of entityIds) personOf(transcript, id);
  return withPerson(transcript, entityIds, freshPerson(transcript));
}

function personOf(transcript: Transcript, entityId: string) {
  const entity = entityOf(transcript, entityId);
  if (entity.label !== 'PERSON') throw new RangeError(`The entity ${entityId} is no person.`);
  return entity;
}

function withPerson(transcript: Transcript, entityIds: readonly string[], person: string): Transcript {
  const chosen = new Set(entityIds);
  if (transcript.entities.every((entity) => !chosen.has(entity.id) || entity.person === person))
    return transcript;
  const entities = transcript.entities.map((entity) =>
    chosen.has(entity.id) ? { ...entity, person } : entity,
  );
  return { ...transcript, entities };
}

function freshPerson(transcript: Transcript): string {
  const numbers = transcript.entities.map(({ person }) =>
    Number(/^h(\d{1,15})$/.exec(person ?? '')?.[1] ?? 0),
  );
  return `h${Math.max(0, ...numbers) + 1}`;
}
