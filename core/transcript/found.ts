import { freshIds } from './ids.ts';
import { wordsOf } from './locate.ts';
import type { Entity, Transcript } from './schema.ts';

/**
 * Adds what a second search found, where nobody has said anything yet: words that an entity has, be it masked or rejected,
 * stay as they are, and so do words that were changed or removed since the search.
 * @param found entities over words of the transcript, each with the words' texts at the time.
 */
export function addFound(
  transcript: Transcript,
  found: readonly { readonly entity: Entity; readonly texts: readonly string[] }[],
): Transcript {
  const order = wordsOf(transcript);
  const place = new Map(order.map(({ id }, index) => [id, index]));
  const taken = new Set(transcript.entities.flatMap(({ words }) => words));
  const nextId = freshIds(transcript, 'entity');
  const added: Entity[] = [];
  for (const { entity, texts } of found) {
    const first = place.get(entity.words[0]!);
    if (first === undefined) continue;
    const there = order.slice(first, first + entity.words.length);
    const same = entity.words.every((id, i) => there[i]?.id === id && there[i]?.text === texts[i]);
    if (!same) continue;
    let run: string[] = [];
    const close = () => {
      if (run.length > 0) added.push({ ...entity, id: nextId(), words: run });
      run = [];
    };
    for (const id of entity.words) {
      if (taken.has(id)) close();
      else run.push(id);
      taken.add(id);
    }
    close();
  }
  return added.length === 0 ? transcript : { ...transcript, entities: [...transcript.entities, ...added] };
}
