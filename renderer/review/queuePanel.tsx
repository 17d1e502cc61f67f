import { m } from '../messages/messages.ts';
import { KeyButton } from './keyButton.tsx';

/** How far the review has come: what is masked, then what may be misheard; each with the way to the next one. */
export function QueuePanel({
  decided,
  waiting,
  doubtful,
  onNext,
  onNextDoubtful,
}: {
  /** Masked spans that a person has looked at, and those still to be looked at. */
  decided: number;
  waiting: number;
  /** Doubtful words that are left. */
  doubtful: number;
  onNext: () => void;
  onNextDoubtful: () => void;
}) {
  const all = decided + waiting;
  return (
    <section className="panel-section queue-panel" aria-labelledby="queue-title">
      <h2 id="queue-title" className="panel-title">
        {m.queue.title}
        {all > 0 && <span className="panel-count">{m.queue.left(waiting)}</span>}
      </h2>
      {all > 0 && (
        <>
          <progress className="job-bar" aria-label={m.queue.progress} max={all} value={decided} />
          {waiting === 0 && <p className="muted">{m.queue.done}</p>}
        </>
      )}
      <div className="panel-stack">
        {waiting > 0 && <KeyButton name={m.queue.next} count={waiting} hint="Q" run={onNext} />}
        {doubtful > 0 && (
          <KeyButton name={m.words.nextDoubtful} count={doubtful} hint="N" run={onNextDoubtful} />
        )}
      </div>
      <p className={doubtful === 0 ? 'panel-count' : 'only-heard'}>
        {doubtful === 0 ? m.words.noDoubtful : m.words.doubtful(doubtful)}
      </p>
    </section>
  );
}
