import { addFound, foundIn } from '../transcript/found.ts';
import type { Entity, Transcript } from '../transcript/schema.ts';
import type { RedactionHead } from './head/head.ts';
import type { Policy } from './policy.ts';
import { redactByText } from './redactor.ts';

/** Segments before and after an edited one that are read with it. */
const AROUND = 3;

/**
 * Searches the text of segments that a person has edited, with what is said around them. It only adds: what a first
 * search marked, by the sound too, stays as it is.
 * @param edited ids of segments; unknown ones are passed over.
 * @returns what is personal data in them and nothing marks yet.
 */
export async function searchAgain(
  transcript: Transcript,
  edited: readonly string[],
  policy: Policy,
  head: RedactionHead | null,
): Promise<Entity[]> {
  const wanted = new Set(edited);
  const near = transcript.segments.filter((_, index) =>
    transcript.segments
      .slice(Math.max(0, index - AROUND), index + AROUND + 1)
      .some(({ id }) => wanted.has(id)),
  );
  const words = new Set(near.flatMap((segment) => segment.words.map(({ id }) => id)));
  const inside = (entity: Entity) => entity.words.every((word) => words.has(word));
  const part = { ...transcript, segments: near, entities: transcript.entities.filter(inside) };
  const searched = await redactByText(part, policy, head);
  const fresh = new Set(
    near.filter(({ id }) => wanted.has(id)).flatMap((segment) => segment.words.map(({ id }) => id)),
  );
  const found = searched.entities.filter(
    (entity) => entity.decision === 'pending' && entity.words.some((word) => fresh.has(word)),
  );
  const known = transcript.entities.length;
  return addFound(transcript, foundIn(part, found)).entities.slice(known);
}
