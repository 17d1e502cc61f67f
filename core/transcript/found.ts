import { freshIds } from './ids.ts';
import { wordsOf } from './locate.ts';
import type { Entity, Segment, Transcript } from './schema.ts';

/** What a search found, with the texts that the words had then. */
export interface Found {
  readonly entity: Entity;
  readonly texts: readonly string[];
}

/** Entities over words of a transcript, with what the words say there. */
export function foundIn(transcript: Pick<Transcript, 'segments'>, entities: readonly Entity[]): Found[] {
  const texts = new Map(
    transcript.segments.flatMap(({ words }) => words.map(({ id, text }) => [id, text] as const)),
  );
  return entities.map((entity) => ({ entity, texts: entity.words.map((word) => texts.get(word) ?? '') }));
}

/** Whether a segment says what it said when it was searched: another text is another context for the words beside it. */
export function saysTheSame({ words }: Segment, searched: Segment | undefined): boolean {
  if (words === searched?.words) return true;
  return (
    searched?.words.length === words.length && words.every(({ text }, i) => text === searched.words[i]!.text)
  );
}

/**
 * Adds what a second search found, where nobody has said anything yet: words that an entity has, be it masked or rejected,
 * stay as they are, and so do words that were changed or removed since the search.
 * @param found entities over words of the transcript, each with the words' texts at the time.
 */
export function addFound(transcript: Transcript, found: readonly Found[]): Transcript {
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
