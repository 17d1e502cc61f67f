import type { Entity } from '../../core/transcript/schema.ts';
import type { MaskedSpan, TranscriptLayout } from './layout.ts';

/** What is masked and nobody has looked at, the most doubtful first; what is equally doubtful in the order it is said. */
export function reviewQueue({ masked, words }: TranscriptLayout): MaskedSpan[] {
  const certainty = ({ entity }: MaskedSpan) => certaintyOf(entity, words);
  return masked
    .filter(({ entity }) => entity.decision === 'pending')
    .map((span) => ({ span, certainty: certainty(span) }))
    .sort((a, b) => a.certainty - b.certainty || a.span.start - b.span.start)
    .map(({ span }) => span);
}

/** The detector's score, less where the recogniser was not sure of the words either. */
function certaintyOf(entity: Entity, words: TranscriptLayout['words']): number {
  const heard = entity.words.map((id) => words.get(id)?.confidence ?? 1);
  return entity.score * Math.min(...heard);
}

/** Where the queue goes on after `entity`: the next that is not decided in `left`; null when all is looked at. */
export function nextInQueue(
  queue: readonly MaskedSpan[],
  entity: string | null,
  left: (id: string) => boolean,
): string | null {
  const at = queue.findIndex((span) => span.entity.id === entity);
  const rest = [...queue.slice(at + 1), ...queue.slice(0, Math.max(at, 0))];
  return rest.find((span) => left(span.entity.id))?.entity.id ?? null;
}
