import { useEffect, useState } from 'react';
import { Notice } from './common/notice.tsx';
import { useDrop } from './home/drop.ts';
import { Home } from './home/home.tsx';
import { useApp } from './host/store.ts';
import { m } from './messages/messages.ts';
import { Review } from './review/review.tsx';
import { SettingsDialog } from './settings/settingsDialog.tsx';

/** What is open: the list, or a transcript, with a text to search for in it. */
interface Open {
  readonly job: string;
  readonly query: string;
}

/** The pages, and what lies over all of them: dropping files anywhere, and notices. */
export function App() {
  const app = useApp();
  const [open, setOpen] = useState<Open | null>(null);
  const [lastOpen, setLastOpen] = useState<string | null>(null);
  const [page, setPage] = useState<'settings' | 'offline' | null>(null);
  const close = () => {
    setLastOpen(open?.job ?? null);
    setOpen(null);
  };
  const dragging = useDrop(close);
  const job = app.jobs.find(({ id }) => id === open?.job);

  useEffect(() => {
    document.title = job ? `${job.name} – Sotto` : 'Sotto';
  }, [job]);

  if (app.connection === 'token' || app.connection === 'stopped')
    return <Disconnected why={app.connection} />;
  return (
    <>
      {open && job?.state === 'done' ? (
        <Review key={job.id} job={job} query={open.query} onClose={close} />
      ) : (
        <Home
          app={app}
          onOpen={(id, query) => setOpen({ job: id, query })}
          onPage={setPage}
          lastOpen={lastOpen}
        />
      )}
      {page === 'settings' && <SettingsDialog app={app} onClose={() => setPage(null)} />}
      {app.notice !== null && <Notice text={app.notice} />}
      {dragging && (
        <div className="drop-veil" aria-hidden="true">
          <p>{m.common.dropHere}</p>
        </div>
      )}
    </>
  );
}

function Disconnected({ why }: { why: 'token' | 'stopped' }) {
  return (
    <main className="blank-page">
      <h1>{why === 'token' ? m.disconnected.tokenTitle : m.disconnected.stoppedTitle}</h1>
      <p>{why === 'token' ? m.disconnected.token : m.disconnected.stopped}</p>
    </main>
  );
}
