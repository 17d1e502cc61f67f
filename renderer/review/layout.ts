import { aliases } from '../../core/redaction/aliases.ts';
import { maskedEntities, type Policy } from '../../core/redaction/policy.ts';
import type { Entity, Segment, Transcript, Word } from '../../core/transcript/schema.ts';
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
      /** Its words in this segment. */
      readonly words: readonly string[];
      readonly start: number;
      readonly end: number;
    }
);

/** Who speaks a segment; `place` in the transcript's list chooses the colour. */
export interface SegmentSpeaker {
  readonly id: string;
  readonly name: string;
  readonly place: number;
}

/** Of two layouts of a transcript the unchanged segments are the same objects, so that only the others are drawn again. */
export interface SegmentLayout {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly speaker: SegmentSpeaker | null;
  readonly pieces: readonly Piece[];
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
  readonly language: string;
}

/** The transcript as it is shown under a policy. */
export function layOut(transcript: Transcript, policy: Policy): TranscriptLayout {
  const { language, entities } = transcript;
  const names = aliases(transcript);
  const masked = maskedEntities(transcript, policy);
  const maskedBy = byWord(masked);
  const foundBy = byWord(entities);
  const speakers = new Map(transcript.speakers.map(({ id, name }, place) => [id, { id, name, place }]));
  const words = new Map<string, Word>();
  for (const segment of transcript.segments) for (const word of segment.words) words.set(word.id, word);
  const aliasOf = ({ id, label }: Entity) => names.get(id) ?? label;

  const segments = transcript.segments.map((segment) => {
    const speakerId = segment.words.find((word) => word.speaker !== null)?.speaker;
    const speaker = speakerId ? (speakers.get(speakerId) ?? null) : null;
    const touching = segment.words.map(({ id }) => maskedBy.get(id) ?? foundBy.get(id));
    // All that a segment's look depends on besides its own words.
    const key = [
      language,
      speaker ? `${speaker.id} ${speaker.place} ${speaker.name}` : '',
      ...new Set(touching),
    ]
      .map((part) => (typeof part === 'string' || !part ? part : `${JSON.stringify(part)} ${aliasOf(part)}`))
      .concat(segment.words.map(({ id }) => (maskedBy.has(id) ? '1' : '0')).join(''))
      .join('\n');
    const known = laidOut.get(segment);
    if (known?.key === key) return known.layout;
    const pieces = piecesOf(segment, language, maskedBy, foundBy, aliasOf);
    const layout = { id: segment.id, start: segment.start, end: segment.end, speaker, pieces };
    laidOut.set(segment, { key, layout });
    return layout;
  });
  return {
    segments,
    words,
    aliases: names,
    language,
    masked: masked.map((entity) => ({
      entity,
      alias: aliasOf(entity),
      start: words.get(entity.words[0]!)?.start ?? 0,
    })),
  };
}

/** The last layout of each segment: edits share what they leave alone. */
const laidOut = new WeakMap<Segment, { readonly key: string; readonly layout: SegmentLayout }>();

function piecesOf(
  { words }: Segment,
  language: string,
  maskedBy: ReadonlyMap<string, Entity>,
  foundBy: ReadonlyMap<string, Entity>,
  aliasOf: (entity: Entity) => string,
): Piece[] {
  const pieces: Piece[] = [];
  let previous: Word | null = null;
  for (const word of words) {
    const blank = previous === null ? '' : separator(previous.text, word.text, language);
    previous = word;
    const entity = maskedBy.get(word.id);
    const last = pieces[pieces.length - 1];
    if (!entity) {
      pieces.push({ kind: 'word', blank, word, entity: foundBy.get(word.id) ?? null });
    } else if (last?.kind === 'span' && last.entity === entity) {
      const original = `${last.original}${blank}${word.text}`;
      pieces[pieces.length - 1] = { ...last, original, words: [...last.words, word.id], end: word.end };
    } else {
      const { id, text, start, end } = word;
      pieces.push({
        kind: 'span',
        blank,
        entity,
        alias: aliasOf(entity),
        original: text,
        words: [id],
        start,
        end,
      });
    }
  }
  return pieces;
}

function byWord(entities: readonly Entity[]): Map<string, Entity> {
  return new Map(entities.flatMap((entity) => entity.words.map((word) => [word, entity])));
}

/** Punctuation before and after a masked value, which an export keeps as well. */
export function punctuationAround(text: string): { before: string; after: string } {
  return {
    before: /^["'“‘([]*/.exec(text)?.[0] ?? '',
    after: /[.,;:!?…"'”’)\]]*$/.exec(text)?.[0] ?? '',
  };
}
