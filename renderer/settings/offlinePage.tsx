import type { AppView } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { Page } from './page.tsx';

/** What was refused, how the lock works, and how anyone can check it. */
export function OfflinePage({ app, onClose }: { app: AppView; onClose: () => void }) {
  return (
    <Page title={m.offline.title} onClose={onClose}>
      <section className="card offline-counts" aria-label={m.offline.counts}>
        <p>
          <strong>{m.common.number(app.refusedRequests)}</strong>
          {m.offline.attempted}
        </p>
        <p>
          <strong>{m.common.number(0)}</strong>
          {m.offline.sent}
        </p>
        <p className="muted">{app.refusedRequests === 0 ? m.offline.quiet : m.offline.refused}</p>
      </section>
      <section className="card" aria-labelledby="how-title">
        <h2 id="how-title">{m.offline.how}</h2>
        <ul className="prose">
          {m.offline.howList.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
      <section className="card" aria-labelledby="check-title">
        <h2 id="check-title">{m.offline.check}</h2>
        <ul className="prose">
          {m.offline.checkList.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </section>
    </Page>
  );
}
