import { useEffect, useMemo, useRef, useState } from 'react';
import { HEAD_GROUPS, type HeadAttention } from '../../../electron/contract.ts';
import { Dialog } from '../../common/dialog.tsx';
import { clock } from '../../common/format.ts';
import { call, sentenceOf } from '../../host/client.ts';
import { m } from '../../messages/messages.ts';
import type { SegmentLayout } from '../layout.ts';
import { type AxisWord, drawAttention } from './attentionPicture.ts';

type Answer =
  | { readonly kind: 'listening' }
  | { readonly kind: 'failed'; readonly sentence: string }
  | { readonly kind: 'shown' };

/** Where in the encoder to look; both count from 0. */
interface Place {
  readonly layer: number;
  readonly head: number;
}

/** What one head of the encoder attends to over a segment, masked words by their aliases. Escape closes it. */
export function AttentionDialog({
  job,
  segment,
  onClose,
}: {
  job: string;
  segment: SegmentLayout;
  onClose: () => void;
}) {
  const [place, setPlace] = useState<Place>({ layer: 0, head: 0 });
  const [answer, setAnswer] = useState<Answer>({ kind: 'listening' });
  const [attention, setAttention] = useState<HeadAttention | null>(null);
  const { start, end } = segment;
  useEffect(() => {
    let wanted = true;
    setAnswer({ kind: 'listening' });
    call('headAttention', { job, start, end, ...place }).then(
      (found) => {
        if (!wanted) return;
        setAttention(found);
        setAnswer({ kind: 'shown' });
      },
      (error: unknown) => {
        const sentence = sentenceOf(error, m.acoustics.failed);
        if (wanted) setAnswer({ kind: 'failed', sentence });
      },
    );
    return () => {
      wanted = false;
    };
  }, [job, start, end, place]);

  return (
    <Dialog title={m.acoustics.attention} wide onClose={onClose}>
      <p className="muted attention-stretch">{m.acoustics.stretch(clock(start), clock(end))}</p>
      {attention && <Heads groups={attention.groups} place={place} onPlace={setPlace} />}
      {answer.kind === 'failed' ? (
        <p className="attention-failure" role="status">
          {answer.sentence}
        </p>
      ) : (
        <Picture
          attention={attention}
          segment={segment}
          place={place}
          listening={answer.kind === 'listening'}
        />
      )}
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={onClose}>
          {m.common.close}
        </button>
      </div>
    </Dialog>
  );
}

/** The layers, and the heads of the chosen one by their groups. */
function Heads({
  groups,
  place,
  onPlace,
}: {
  groups: HeadAttention['groups'];
  place: Place;
  onPlace: (place: Place) => void;
}) {
  const heads = groups[place.layer]!;
  return (
    <div className="attention-choice">
      <label className="attention-layer">
        <span>{m.acoustics.layer}</span>
        <select
          value={place.layer}
          onChange={(event) => {
            const layer = Number(event.target.value);
            onPlace({ layer, head: Math.min(place.head, groups[layer]!.length - 1) });
          }}
        >
          {groups.map((_, layer) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a layer is its number
            <option key={layer} value={layer}>
              {layer + 1}
            </option>
          ))}
        </select>
      </label>
      {HEAD_GROUPS.map((group) => (
        <fieldset key={group} className="attention-group" data-band={group}>
          <legend>{m.acoustics.groups[group]}</legend>
          {heads.map(
            (of, head) =>
              of === group && (
                // biome-ignore lint/suspicious/noArrayIndexKey: a head is its number
                <label key={head} className="attention-head">
                  <input
                    type="radio"
                    name="attention-head"
                    className="only-heard"
                    checked={place.head === head}
                    onChange={() => onPlace({ ...place, head })}
                  />
                  <span className="only-heard">
                    {m.acoustics.headNumber(head + 1, m.acoustics.groups[group])}
                  </span>
                  <span aria-hidden="true">{head + 1}</span>
                </label>
              ),
          )}
        </fieldset>
      ))}
    </div>
  );
}

function Picture({
  attention,
  segment,
  place,
  listening,
}: {
  attention: HeadAttention | null;
  segment: SegmentLayout;
  place: Place;
  listening: boolean;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const words = useMemo(() => wordsOf(segment), [segment]);
  useEffect(() => {
    const element = canvas.current;
    if (!element || !attention) return;
    const shades = Uint8Array.from(atob(attention.shades), (character) => character.charCodeAt(0));
    const box = element.parentElement!;
    const draw = () =>
      drawAttention(element, { ...attention, shades, words }, Math.min(box.clientWidth, box.clientHeight));
    const size = new ResizeObserver(draw);
    size.observe(box);
    const theme = window.matchMedia('(prefers-color-scheme: dark)');
    theme.addEventListener('change', draw);
    return () => {
      size.disconnect();
      theme.removeEventListener('change', draw);
    };
  }, [attention, words]);
  const group = attention?.groups[place.layer]?.[place.head];
  const head = m.acoustics.headNumber(place.head + 1, group ? m.acoustics.groups[group] : '');
  const distance = attention ? distanceText(attention.distance) : '';
  const cut = attention !== null && attention.seconds < segment.end - segment.start - 0.5;
  return (
    <figure className="attention-figure" data-listening={listening || undefined}>
      <div className="attention-canvas">
        <canvas
          ref={canvas}
          role="img"
          aria-label={m.acoustics.picture(head.toLowerCase(), String(place.layer + 1), distance)}
        />
        <p className="attention-wait" role="status">
          {listening && m.acoustics.listening}
        </p>
      </div>
      <figcaption>
        <b role="status">{!listening && distance}</b>
        {cut && <span>{m.acoustics.shortened(attention.seconds.toFixed(1))}</span>}
        <span className="muted">{m.acoustics.explained}</span>
      </figcaption>
    </figure>
  );
}

/** How far a head looks, in milliseconds where it looks close by. */
function distanceText(seconds: number): string {
  return seconds < 0.1 ? m.acoustics.near(Math.round(seconds * 1000)) : m.acoustics.far(seconds.toFixed(2));
}

/** What is said, as it is read: masked words by their aliases. */
function wordsOf({ start, pieces }: SegmentLayout): AxisWord[] {
  return pieces.map((piece) => {
    const said = piece.kind === 'word' ? piece.word : piece;
    const text = piece.kind === 'word' ? piece.word.text : piece.alias.replace(/^\[|\]$/g, '');
    return { text, start: said.start - start, end: said.end - start };
  });
}
