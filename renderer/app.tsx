import { useEffect, useState } from 'react';
import { Notice } from './common/notice.tsx';
import { useDrop } from './home/drop.ts';
import { Home } from './home/home.tsx';
import { useApp } from './host/store.ts';
import { Review } from './review/review.tsx';

/** The two pages, and what lies over both: dropping files anywhere, and notices. */
export function App() {
  const app = useApp();
  const [open, setOpen] = useState<string | null>(null);
  const dragging = useDrop(() => setOpen(null));
  const job = app.jobs.find(({ id }) => id === open);

  useEffect(() => {
    document.title = job ? `${job.name} – Sotto` : 'Sotto';
  }, [job]);

  if (app.connection === 'token' || app.connection === 'stopped')
    return <Disconnected why={app.connection} />;
  return (
    <>
      {job?.state === 'done' ? (
        <Review key={job.id} job={job} onClose={() => setOpen(null)} />
      ) : (
        <Home app={app} onOpen={setOpen} lastOpen={open} />
      )}
      {app.notice !== null && <Notice text={app.notice} />}
      {dragging && (
        <div className="drop-veil" aria-hidden="true">
          <p>Drop to transcribe</p>
        </div>
      )}
    </>
  );
}

function Disconnected({ why }: { why: 'token' | 'stopped' }) {
  return (
    <main className="blank-page">
      <h1>{why === 'token' ? 'This address is incomplete' : 'Sotto has stopped'}</h1>
      <p>
        {why === 'token'
          ? 'Open the whole address that “npm start” printed, with everything behind the # sign.'
          : 'This page lost its connection: Sotto was stopped, or opened in another tab. Start it again with “npm start”.'}
      </p>
    </main>
  );
}
