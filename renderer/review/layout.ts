import { aliases } from '../../core/redaction/aliases.ts';
import { maskedEntities, type Policy } from '../../core/redaction/policy.ts';
import type { Entity, Transcript, Word } from '../../core/transcript/schema.ts';
import { separator } from '../../core/transcript/text.ts';

/** What stands in a line of the transcript: a word, or a masked span's words in this segment. */
export type Piece = {
  /** What separates it from the piece before it. */
  readonly blank: '' | ' ';
} & (
  | {
      readonly kind: 'word';
      readonly word: Word;
      /** Personal data that is not masked: rejected, or kept by the policy. */
      readonly entity: Entity | null;
    }
  | {
      readonly kind: 'span';
      readonly entity: Entity;
      readonly alias: string;
      readonly original: string;
      readonly start: number;
      readonly end: number;
    }
);

export interface SegmentLayout {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly speaker: string | null;
  readonly pieces: readonly Piece[];
  /** The same for two layouts that look the same, so that only changed segments are drawn again. */
  readonly signature: string;
}

/** A masked span as the side list shows it. */
export interface MaskedSpan {
  readonly entity: Entity;
  readonly alias: string;
  readonly start: number;
}

export interface TranscriptLayout {
  readonly segments: readonly SegmentLayout[];
  readonly masked: readonly MaskedSpan[];
  readonly words: ReadonlyMap<string, Word>;
  readonly aliases: ReadonlyMap<string, string>;
}

/** The transcript as it is shown under a policy. */
export function layOut(transcript: Transcript, policy: Policy): TranscriptLayout {
  const { language, entities } = transcript;
  const names = aliases(transcript);
  const masked = maskedEntities(transcript, policy);
  const maskedBy = byWord(masked);
  const foundBy = byWord(entities);
  const speakers = new Map(transcript.speakers.map(({ id, name }) => [id, name]));
  const words = new Map(
    transcript.segments.flatMap((segment) => segment.words.map((word) => [word.id, word])),
  );

  const segments = transcript.segments.map((segment) => {
    const pieces: Piece[] = [];
    let previous: Word | null = null;
    for (const word of segment.words) {
      const blank = previous === null ? '' : separator(previous.text, word.text, language);
      previous = word;
      const entity = maskedBy.get(word.id);
      const last = pieces[pieces.length - 1];
      if (!entity) {
        pieces.push({ kind: 'word', blank, word, entity: foundBy.get(word.id) ?? null });
      } else if (last?.kind === 'span' && last.entity === entity) {
        const original = `${last.original}${blank}${word.text}`;
        pieces[pieces.length - 1] = { ...last, original, end: word.end };
      } else {
        const alias = names.get(entity.id) ?? entity.label;
        const { text, start, end } = word;
        pieces.push({ kind: 'span', blank, entity, alias, original: text, start, end });
      }
    }
    const speaker = segment.words.find((word) => word.speaker !== null)?.speaker;
    return {
      id: segment.id,
      start: segment.start,
      end: segment.end,
      speaker: speaker ? (speakers.get(speaker) ?? null) : null,
      pieces,
      signature: pieces.map(signatureOf).join('|'),
    };
  });
  return {
    segments,
    words,
    aliases: names,
    masked: masked.map((entity) => ({
      entity,
      alias: names.get(entity.id) ?? entity.label,
      start: words.get(entity.words[0]!)?.start ?? 0,
    })),
  };
}

function byWord(entities: readonly Entity[]): Map<string, Entity> {
  return new Map(entities.flatMap((entity) => entity.words.map((word) => [word, entity])));
}

function signatureOf(piece: Piece): string {
  if (piece.kind === 'word') return `${piece.word.id}/${piece.word.text}/${piece.entity?.id ?? ''}`;
  return `${piece.alias}/${piece.entity.id}/${piece.entity.decision}/${piece.original}`;
}
