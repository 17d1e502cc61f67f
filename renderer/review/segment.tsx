import { memo } from 'react';
import { clock } from '../common/format.ts';
import { labelHue, labelName } from '../common/labels.ts';
import type { Piece, SegmentLayout } from './layout.ts';

/** Below this a word is marked as doubtful; half of Whisper base's words below it are wrong or partly wrong. */
const DOUBTFUL = 0.5;

interface SegmentProps {
  readonly segment: SegmentLayout;
  /** Entities of this segment whose original is shown, joined: a value, so that memo compares it. */
  readonly revealed: string;
  /** The selected entity or words, if they are in this segment, joined. */
  readonly selected: string;
}

/** A paragraph of the transcript with its time. Clicks and keys are handled by the whole transcript. */
export const Segment = memo(
  function Segment({ segment, revealed, selected }: SegmentProps) {
    const shown = new Set(revealed.split(' '));
    const chosen = new Set(selected.split(' '));
    return (
      <div className="segment" data-segment={segment.id}>
        <button type="button" className="segment-time" data-time={segment.start} tabIndex={-1}>
          <span className="only-heard">Play from </span>
          {clock(segment.start)}
        </button>
        <p className="segment-text">
          {segment.speaker !== null && <span className="segment-speaker">{segment.speaker}</span>}
          {segment.pieces.map((piece) => (
            <PieceView
              key={piece.kind === 'word' ? piece.word.id : `${piece.entity.id} ${piece.start}`}
              piece={piece}
              revealed={piece.kind === 'span' && shown.has(piece.entity.id)}
              selected={chosen.has(piece.kind === 'word' ? piece.word.id : piece.entity.id)}
            />
          ))}
        </p>
      </div>
    );
  },
  (before, after) =>
    before.segment.signature === after.segment.signature &&
    before.segment.id === after.segment.id &&
    before.segment.speaker === after.segment.speaker &&
    before.revealed === after.revealed &&
    before.selected === after.selected,
);

function PieceView({ piece, revealed, selected }: { piece: Piece; revealed: boolean; selected: boolean }) {
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
        >
          {text}
        </span>
      </>
    );
  }
  const { blank, entity, alias, original } = piece;
  const shown = alias.replace(/^\[|\]$/g, '');
  const { before, after } = punctuationAround(original);
  const masked = `${shown}, ${labelName(entity.label)}, masked`;
  return (
    <>
      {blank}
      <span className={revealed ? undefined : 'unbroken'}>
        {!revealed && before}
        <button
          type="button"
          className="chip"
          data-entity={entity.id}
          data-hue={labelHue(entity.label)}
          data-decision={entity.decision}
          data-selected={selected || undefined}
          aria-pressed={revealed}
          aria-label={revealed ? `${shown}, original shown: ${original}` : masked}
        >
          {revealed ? original : shown}
        </button>
        {!revealed && after}
      </span>
    </>
  );
}

/** Punctuation before and after a masked value, which an export keeps as well. */
function punctuationAround(text: string): { before: string; after: string } {
  return {
    before: /^["'“‘([]*/.exec(text)?.[0] ?? '',
    after: /[.,;:!?…"'”’)\]]*$/.exec(text)?.[0] ?? '',
  };
}
