import { memo, type ReactNode } from 'react';
import { clock } from '../common/format.ts';
import { labelHue } from '../common/labels.ts';
import { m } from '../messages/messages.ts';
import { type Piece, punctuationAround, type SegmentLayout } from './layout.ts';
import { DOUBTFUL } from './order.ts';

interface SegmentProps {
  readonly segment: SegmentLayout;
  /** The entity of this segment whose original is shown, '' for none. */
  readonly revealed: string;
  /** The selected entity or words that are in this segment, joined by blanks: a value, so that memo compares it. */
  readonly selected: string;
  /** Words in which the searched text is found, joined likewise. */
  readonly found: string;
  /** The names of all speakers, for choosing one; the same array until they change. */
  readonly speakers: readonly { readonly id: string; readonly name: string }[];
  /** The editor, while the segment is edited. */
  readonly editor: ReactNode;
}

/** A paragraph of the transcript with its time. Clicks and keys are handled by the whole transcript. */
export const Segment = memo(function Segment({
  segment,
  revealed,
  selected,
  found,
  speakers,
  editor,
}: SegmentProps) {
  const chosen = new Set(selected.split(' '));
  const matched = new Set(found.split(' '));
  return (
    <div className="segment" data-segment={segment.id}>
      <button type="button" className="segment-time" data-time={segment.start} tabIndex={-1}>
        <span className="only-heard">{m.review.playFrom} </span>
        {clock(segment.start)}
      </button>
      <div className="segment-text">
        {speakers.length > 0 && (
          <select
            className="segment-speaker"
            data-speaker-of={segment.id}
            data-voice={segment.speaker ? segment.speaker.place % 8 : undefined}
            aria-label={m.speakers.speakerOf(clock(segment.start))}
            tabIndex={-1}
            value={segment.speaker?.id ?? ''}
            onChange={() => {}}
          >
            <option value="">{m.speakers.unknown}</option>
            {speakers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
        )}
        {editor ?? (
          <p>
            {segment.pieces.map((piece) => (
              <PieceView
                key={piece.kind === 'word' ? piece.word.id : `${piece.entity.id} ${piece.start}`}
                piece={piece}
                revealed={piece.kind === 'span' && piece.entity.id === revealed}
                selected={
                  piece.kind === 'word'
                    ? chosen.has(piece.word.id)
                    : chosen.has(piece.entity.id) || piece.words.every((word) => chosen.has(word))
                }
                found={
                  piece.kind === 'word'
                    ? matched.has(piece.word.id)
                    : piece.words.some((word) => matched.has(word))
                }
              />
            ))}
          </p>
        )}
      </div>
    </div>
  );
});

interface PieceProps {
  readonly piece: Piece;
  readonly revealed: boolean;
  readonly selected: boolean;
  readonly found: boolean;
}

function PieceView({ piece, revealed, selected, found }: PieceProps) {
  if (piece.kind === 'word') {
    const { id, text, confidence } = piece.word;
    const doubtful = confidence !== null && confidence < DOUBTFUL;
    return (
      <>
        {piece.blank}
        <span
          className="word"
          data-word={id}
          data-doubtful={doubtful || undefined}
          data-readable={piece.entity ? labelHue(piece.entity.label) : undefined}
          data-selected={selected || undefined}
          data-found={found || undefined}
        >
          {text}
        </span>
      </>
    );
  }
  const { blank, entity, alias, original } = piece;
  const shown = alias.replace(/^\[|\]$/g, '');
  const { before, after } = punctuationAround(original);
  return (
    <>
      {blank}
      <span className={revealed ? undefined : 'unbroken'}>
        {!revealed && before}
        <button
          type="button"
          className="chip"
          tabIndex={-1}
          data-entity={entity.id}
          data-hue={labelHue(entity.label)}
          data-decision={entity.decision}
          data-selected={selected || undefined}
          data-found={found || undefined}
          aria-pressed={revealed}
          aria-label={
            revealed
              ? m.review.shownChip(shown, original)
              : m.review.maskedChip(shown, m.labels[entity.label])
          }
        >
          {revealed ? original : shown}
        </button>
        {!revealed && after}
      </span>
    </>
  );
}
