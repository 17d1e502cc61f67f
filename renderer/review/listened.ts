import type { Entity } from '../../core/transcript/schema.ts';
import type { Piece, TranscriptLayout } from './layout.ts';

/**
 * The words that the head listened to for a span, as they are shown: masked ones under their alias.
 * @param revealed whether this span's own words are shown.
 */
export function listenedWords(entity: Entity, layout: TranscriptLayout, revealed: boolean): string {
  const { heard } = entity;
  if (!heard) return '';
  const time = (piece: Piece) => (piece.kind === 'word' ? piece.word : piece);
  const text = (piece: Piece) => {
    if (piece.kind === 'word') return piece.word.text;
    return piece.entity.id === entity.id && revealed ? piece.original : piece.alias;
  };
  return layout.segments
    .filter(({ start, end }) => start < heard.end && end > heard.start)
    .map(({ pieces }) =>
      pieces
        .filter((piece) => time(piece).start < heard.end && time(piece).end > heard.start)
        .map((piece, index) => (index === 0 ? '' : piece.blank) + text(piece))
        .join(''),
    )
    .join(' ');
}
