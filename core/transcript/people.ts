import { entityOf } from './locate.ts';
import type { Entity, Transcript } from './schema.ts';

/**
 * Says that these entities are one person, whatever they are called; they share an alias from now on. To merge two
 * people, name all entities of both.
 * @throws RangeError when an entity does not exist or is no PERSON.
 */
export function mergePeople(transcript: Transcript, entityIds: readonly string[]): Transcript {
  const chosen = entityIds.map((id) => personOf(transcript, id));
  const person = chosen.find((entity) => entity.person !== undefined)?.person ?? freshPerson(transcript);
  const alias = chosen.find((entity) => entity.alias !== undefined)?.alias;
  return withFields(transcript, entityIds, { person, alias });
}

/**
 * Says that these entities are a person of their own: they share an alias that no other entity has.
 * @throws RangeError when an entity does not exist or is no PERSON.
 */
export function splitPerson(transcript: Transcript, entityIds: readonly string[]): Transcript {
  for (const id of entityIds) personOf(transcript, id);
  return withFields(transcript, entityIds, { person: freshPerson(transcript), alias: undefined });
}

/**
 * Calls an alias something else. To rename one, name all entities that share it.
 * @param alias null gives back the name by kind and number; otherwise trimmed, brackets and line breaks left out.
 * @throws RangeError when an entity does not exist, or nothing is left of the name or it could be mistaken for a given one.
 */
export function renameAlias(
  transcript: Transcript,
  entityIds: readonly string[],
  alias: string | null,
): Transcript {
  for (const id of entityIds) entityOf(transcript, id);
  return withFields(transcript, entityIds, { alias: alias === null ? undefined : aliasText(alias) });
}

/**
 * What may be used of a typed alias.
 * @throws RangeError when nothing is left, or it looks like one that Sotto gives.
 */
export function aliasText(typed: string): string {
  const text = typed
    .replace(/[[\]\s]+/g, ' ')
    .trim()
    .slice(0, 60)
    .trim();
  if (text === '' || /^[A-Z_]+_\d+$/.test(text)) throw new RangeError('That cannot be the name of an alias.');
  return text;
}

function personOf(transcript: Transcript, entityId: string) {
  const entity = entityOf(transcript, entityId);
  if (entity.label !== 'PERSON') throw new RangeError(`The entity ${entityId} is no person.`);
  return entity;
}

function withFields(
  transcript: Transcript,
  entityIds: readonly string[],
  fields: Pick<Entity, 'alias'> | Pick<Entity, 'alias' | 'person'>,
): Transcript {
  const chosen = new Set(entityIds);
  const keys = Object.keys(fields) as (keyof typeof fields)[];
  const same = (entity: Entity) => keys.every((key) => entity[key] === fields[key]);
  if (transcript.entities.every((entity) => !chosen.has(entity.id) || same(entity))) return transcript;
  const entities = transcript.entities.map((entity) => {
    if (!chosen.has(entity.id) || same(entity)) return entity;
    const changed: Entity = { ...entity, ...fields };
    // What is not said is absent, not undefined: two documents that say the same are equal.
    if (changed.alias === undefined) delete changed.alias;
    return changed;
  });
  return { ...transcript, entities };
}

function freshPerson(transcript: Transcript): string {
  const numbers = transcript.entities.map(({ person }) =>
    Number(/^h(\d{1,15})$/.exec(person ?? '')?.[1] ?? 0),
  );
  return `h${Math.max(0, ...numbers) + 1}`;
}
