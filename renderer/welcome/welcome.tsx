import { useEffect, useRef, useState } from 'react';
import { Icon } from '../common/icon.tsx';
import { m } from '../messages/messages.ts';

const SCREENS = ['hear', 'mask', 'share'] as const;

/** What Sotto does, in three short screens; at the end a recording to try it with. */
export function Welcome({ onSample, onDone }: { onSample: () => void; onDone: () => void }) {
  const [at, setAt] = useState(0);
  const screen = SCREENS[at]!;
  const last = at === SCREENS.length - 1;
  const title = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen is read from its title on
  useEffect(() => title.current?.focus(), [at]);
  const { title: words, text } = m.welcome[screen];
  return (
    <main className="welcome" aria-label={m.welcome.name}>
      <div className="welcome-card">
        <div className="welcome-art" data-screen={screen} aria-hidden="true">
          <Art screen={screen} />
        </div>
        <p className="welcome-place">{m.welcome.place(at + 1, SCREENS.length)}</p>
        <h1 ref={title} tabIndex={-1}>
          {words}
        </h1>
        <p className="welcome-text">{text}</p>
        {last && <p className="welcome-licence">{m.welcome.licence}</p>}
        <div className="welcome-actions">
          {at > 0 && (
            <button type="button" className="quiet" onClick={() => setAt(at - 1)}>
              <Icon name="back" />
              {m.welcome.back}
            </button>
          )}
          <span className="welcome-space" />
          {last ? (
            <>
              <button type="button" className="outlined" onClick={onDone}>
                {m.welcome.begin}
              </button>
              <button type="button" className="primary" onClick={onSample}>
                <Icon name="play" />
                {m.welcome.sample}
              </button>
            </>
          ) : (
            <>
              <button type="button" className="quiet" onClick={onDone}>
                {m.welcome.skip}
              </button>
              <button type="button" className="primary" onClick={() => setAt(at + 1)}>
                {m.welcome.next}
              </button>
            </>
          )}
        </div>
      </div>
    </main>
  );
}

/** A picture of the screen's sentence, out of what the program itself looks like. */
function Art({ screen }: { screen: (typeof SCREENS)[number] }) {
  if (screen === 'hear')
    return (
      <>
        {[14, 30, 52, 40, 64, 34, 22, 46, 58, 28, 16, 36, 50, 24, 12].map((height, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the bars never move
          <span key={place} className="welcome-bar" style={{ height }} />
        ))}
        <Icon name="lock" />
      </>
    );
  if (screen === 'mask')
    return (
      <p className="welcome-line">
        {m.welcome.artBefore} <span data-hue="who">PERSON_1</span> {m.welcome.artBetween}{' '}
        <span data-hue="reach">PHONE_1</span>
      </p>
    );
  return (
    <>
      {['DOCX', 'SRT', 'WAV'].map((format) => (
        <span key={format} className="welcome-file">
          <Icon name="check" />
          {format}
        </span>
      ))}
    </>
  );
}
