import type { Transcript } from './schema.ts';

/** First letter of an id: `w12`, `s3`, `p1`, `e7`. */
type Kind = 'word' | 'segment' | 'speaker' | 'entity';
const PREFIX = { word: 'w', segment: 's', speaker: 'p', entity: 'e' } as const satisfies Record<Kind, string>;

/** The id of the `number`-th thing of a kind; numbers count from 1. */
export function idOf(kind: Kind, number: number): string {
  return `${PREFIX[kind]}${number}`;
}

/** Gives ids that nothing of that kind in the transcript has; the same transcript always gives the same ones. */
export function freshIds(transcript: Transcript, kind: Kind): () => string {
  let last: number | null = null;
  return () => {
    last = (last ?? highestNumber(transcript, kind)) + 1;
    return idOf(kind, last);
  };
}

function highestNumber(transcript: Transcript, kind: Kind): number {
  const pattern = new RegExp(`^${PREFIX[kind]}(\\d{1,15})$`);
  let highest = 0;
  for (const id of idsOf(transcript, kind)) highest = Math.max(highest, Number(pattern.exec(id)?.[1] ?? 0));
  return highest;
}

function* idsOf(transcript: Transcript, kind: Kind): Iterable<string> {
  if (kind === 'word')
    for (const segment of transcript.segments) for (const word of segment.words) yield word.id;
  if (kind === 'segment') for (const segment of transcript.segments) yield segment.id;
  if (kind === 'speaker') for (const speaker of transcript.speakers) yield speaker.id;
  if (kind === 'entity') for (const entity of transcript.entities) yield entity.id;
}
