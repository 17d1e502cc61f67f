import { m } from '../messages/messages.ts';

/** How far the review of what is masked has come, and the way to the next span. */
export function QueuePanel({
  decided,
  waiting,
  onNext,
}: {
  /** Masked spans that a person has looked at, and those still to be looked at. */
  decided: number;
  waiting: number;
  onNext: () => void;
}) {
  const all = decided + waiting;
  if (all === 0) return null;
  return (
    <section className="panel-section queue-panel" aria-labelledby="queue-title">
      <h2 id="queue-title" className="panel-title">
        {m.queue.title}
        <span className="panel-count">{m.queue.left(waiting)}</span>
      </h2>
      <progress className="queue-bar" aria-label={m.queue.progress} max={all} value={decided} />
      {waiting > 0 ? (
        <div className="panel-actions">
          <button type="button" className="outlined" onClick={onNext}>
            {m.queue.next}
            <span className="key-hint" aria-hidden="true">
              Q
            </span>
          </button>
        </div>
      ) : (
        <p className="muted">{m.queue.done}</p>
      )}
    </section>
  );
}
