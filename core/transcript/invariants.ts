import { type Entity, type Transcript, transcriptSchema } from './schema.ts';
import { singleLine, splitTypedText } from './typedWords.ts';

/**
 * Everything that is wrong with a would-be transcript by the rules of FORMAT.md, [] for a valid one. The sentences
 * name ids and fields, never text or names.
 */
export function violations(value: unknown): string[] {
  const parsed = transcriptSchema.safeParse(value);
  if (!parsed.success)
    return parsed.error.issues.map((issue) => `${issue.path.join('.') || 'document'}: ${issue.code}`);
  const transcript = parsed.data;
  return [
    ...duplicateIds(transcript),
    ...badTimes(transcript),
    ...badWords(transcript),
    ...badSpeakers(transcript),
    ...badEntities(transcript),
  ];
}

/** @throws Error that lists the violations, for tests and for the places that must not go on with a broken document. */
export function assertValid(value: unknown): asserts value is Transcript {
  const found = violations(value);
  if (found.length > 0) throw new Error(`Not a valid transcript: ${found.join('; ')}`);
}

function duplicateIds(transcript: Transcript): string[] {
  const kinds: [string, readonly { readonly id: string }[]][] = [
    ['word', transcript.segments.flatMap((segment) => segment.words)],
    ['segment', transcript.segments],
    ['speaker', transcript.speakers],
    ['entity', transcript.entities],
  ];
  return kinds.flatMap(([kind, things]) => {
    const seen = new Set<string>();
    const twice = new Set<string>();
    for (const { id } of things) (seen.has(id) ? twice : seen).add(id);
    return [...twice].map((id) => `${kind} ${id}: id used twice`);
  });
}

function badTimes(transcript: Transcript): string[] {
  const found: string[] = [];
  let cursor = 0;
  for (const segment of transcript.segments) {
    if (segment.start < cursor) found.push(`segment ${segment.id}: starts before the one before it ends`);
    if (segment.end < segment.start) found.push(`segment ${segment.id}: ends before it starts`);
    if (segment.end > transcript.recording.duration)
      found.push(`segment ${segment.id}: ends after the recording`);
    let wordCursor = segment.start;
    for (const word of segment.words) {
      if (word.start < wordCursor) found.push(`word ${word.id}: starts before the word before it ends`);
      if (word.end < word.start) found.push(`word ${word.id}: ends before it starts`);
      if (word.end > segment.end) found.push(`word ${word.id}: ends after its segment`);
      wordCursor = Math.max(word.end, wordCursor);
    }
    cursor = Math.max(segment.end, cursor);
  }
  return found;
}

function badWords(transcript: Transcript): string[] {
  const speakers = new Set(transcript.speakers.map(({ id }) => id));
  return transcript.segments.flatMap((segment) => {
    const found = segment.words.length === 0 ? [`segment ${segment.id}: has no words`] : [];
    for (const word of segment.words) {
      const pieces = splitTypedText(word.text);
      if (pieces.length !== 1 || pieces[0] !== word.text)
        found.push(`word ${word.id}: text holds blanks or control characters`);
      if (word.speaker !== null && !speakers.has(word.speaker))
        found.push(`word ${word.id}: has an unknown speaker`);
    }
    return found;
  });
}

function badSpeakers(transcript: Transcript): string[] {
  return transcript.speakers
    .filter(({ name }) => name === '' || singleLine(name) !== name)
    .map(({ id }) => `speaker ${id}: name is empty or not one clean line`);
}

function badEntities(transcript: Transcript): string[] {
  const order = new Map<string, number>();
  for (const segment of transcript.segments) for (const word of segment.words) order.set(word.id, order.size);
  const maskedBy = new Map<string, string>();
  const found: string[] = [];
  for (const entity of transcript.entities) {
    found.push(...badRun(entity, order));
    if (entity.decision === 'rejected') continue;
    for (const word of entity.words) {
      const other = maskedBy.get(word);
      if (other !== undefined && other !== entity.id)
        found.push(`entity ${entity.id}: shares word ${word} with ${other}`);
      maskedBy.set(word, entity.id);
    }
  }
  return found;
}

function badRun(entity: Entity, order: ReadonlyMap<string, number>): string[] {
  const places = entity.words.map((word) => order.get(word));
  if (places.includes(undefined)) return [`entity ${entity.id}: has an unknown word`];
  const first = places[0]!;
  return places.every((place, index) => place === first + index)
    ? []
    : [`entity ${entity.id}: its words are not consecutive`];
}
