import { useEffect, useRef, useState } from 'react';
import { TURN_PAUSE } from '../../core/transcript/build.ts';
import { separator } from '../../core/transcript/text.ts';
import type { Caption } from '../../electron/contract.ts';
import { hearCaptions } from '../host/store.ts';
import { told } from '../messages/failures.ts';
import { m } from '../messages/messages.ts';

type CaptionWord = Caption['words'][number];

/** Words that stay on the page: a talk of hours must not make it slow. The transcript will have all. */
const MOST_WORDS = 2000;

/** What is said while it is said, with personal data masked before it is shown. */
export function LiveCaptions({ job }: { job: string }) {
  const [words, setWords] = useState<readonly CaptionWord[]>([]);
  const [state, setState] = useState({ waiting: 0, language: 'en' });
  const [ended, setEnded] = useState<string | null>(null);
  const box = useRef<HTMLDivElement>(null);
  useEffect(
    () =>
      hearCaptions((event) => {
        if (event.job !== job) return;
        if (event.type === 'captionsEnded') {
          setEnded(told(event.message));
          return;
        }
        const { waiting, language } = event.caption;
        setState({ waiting, language });
        if (event.caption.words.length > 0)
          setWords((before) => [...before, ...event.caption.words].slice(-MOST_WORDS));
      }),
    [job],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: new words are scrolled to
  useEffect(() => {
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [words]);
  return (
    <section className="captions" aria-labelledby="captions-title">
      <h2 id="captions-title" className="section-title">
        {m.record.captions}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long talk is scrolled by keys */}
      <div ref={box} className="captions-text" role="log" aria-labelledby="captions-title" tabIndex={0}>
        {words.length === 0 && <p className="muted">{ended ?? m.record.captionsSoon}</p>}
        {turnsOf(words).map((turn) => (
          <p key={turn[0]!.start}>
            {turn.map((word, at) => (
              <span key={word.start}>
                {at > 0 && separator(turn[at - 1]!.text, word.text, state.language)}
                {word.masked ? (
                  <span className="caption-mask">{word.text.replace(/[[\]]/g, '')}</span>
                ) : (
                  word.text
                )}
              </span>
            ))}
          </p>
        ))}
      </div>
      <p className="captions-note">
        {words.length > 0 && ended !== null ? m.record.captionsEnded(ended) : m.record.waiting(state.waiting)}
      </p>
    </section>
  );
}

function turnsOf(words: readonly CaptionWord[]): CaptionWord[][] {
  const turns: CaptionWord[][] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const word of words) {
    if (word.start - end >= TURN_PAUSE || turns.length === 0) turns.push([]);
    turns[turns.length - 1]!.push(word);
    end = word.end;
  }
  return turns;
}
