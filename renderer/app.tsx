import { Fragment, useEffect, useState } from 'react';
import { Blank } from './common/blank.tsx';
import { Notice } from './common/notice.tsx';
import { useDrop } from './home/drop.ts';
import { Home } from './home/home.tsx';
import { Unlock } from './home/unlock.tsx';
import { addSample, attempt, changeSettings, useApp } from './host/store.ts';
import { locale, m, setLanguage } from './messages/messages.ts';
import { RecordPage } from './record/recordPage.tsx';
import { Review } from './review/review.tsx';
import { OfflinePage } from './settings/offlinePage.tsx';
import { SettingsPage } from './settings/settingsPage.tsx';
import { Welcome } from './welcome/welcome.tsx';

/** What is open: the list, or a transcript, with a text to search for in it. */
interface Open {
  readonly job: string;
  readonly query: string;
}

/** The pages, and what lies over all of them: dropping files anywhere, and notices. */
export function App() {
  const app = useApp();
  setLanguage(app.settings.interfaceLanguage, navigator.languages);
  const [open, setOpen] = useState<Open | null>(null);
  const [lastOpen, setLastOpen] = useState<string | null>(null);
  const [page, setPage] = useState<'settings' | 'offline' | 'record' | 'welcome' | null>(null);
  const [recording, setRecording] = useState(false);
  const close = () => {
    setLastOpen(open?.job ?? null);
    setOpen(null);
  };
  const dragging = useDrop(() => {
    // What is dropped waits in the queue until the recording has ended.
    if (recording) return;
    close();
    setPage(null);
  });
  const welcomed = (sample: boolean) => {
    setPage(null);
    void attempt(async () => {
      if (sample) await addSample(m.welcome.sampleName);
      if (!app.settings.welcomed) await changeSettings({ ...app.settings, welcomed: true });
    });
  };
  const job = app.jobs.find(({ id }) => id === open?.job);

  useEffect(() => {
    document.title = job ? `${job.name} – Sotto` : 'Sotto';
    document.documentElement.lang = locale;
  });

  if (app.connection === 'token' || app.connection === 'stopped')
    return <Disconnected why={app.connection} />;
  if (app.connection === 'connecting') return <Blank icon="lock" title={m.home.opening} />;
  if (app.locked) return <Unlock key={locale} />;
  return (
    // Another language draws everything anew: the words are not React's state.
    <Fragment key={locale}>
      {open && job?.state === 'done' ? (
        <Review key={job.id} job={job} query={open.query} onClose={close} />
      ) : page === 'settings' ? (
        <SettingsPage app={app} onClose={() => setPage(null)} />
      ) : page === 'record' ? (
        <RecordPage app={app} onClose={() => setPage(null)} onBusy={setRecording} />
      ) : page === 'welcome' || (page === null && !app.settings.welcomed && app.jobs.length === 0) ? (
        <Welcome onSample={() => welcomed(true)} onDone={() => welcomed(false)} />
      ) : page === 'offline' ? (
        <OfflinePage app={app} onClose={() => setPage(null)} />
      ) : (
        <Home
          app={app}
          onOpen={(id, query) => setOpen({ job: id, query })}
          onPage={setPage}
          lastOpen={lastOpen}
        />
      )}
      {app.notice !== null && <Notice text={app.notice} />}
      {dragging && (
        <div className="drop-veil" aria-hidden="true">
          <p>{m.common.dropHere}</p>
        </div>
      )}
    </Fragment>
  );
}

function Disconnected({ why }: { why: 'token' | 'stopped' }) {
  return (
    <main>
      <Blank
        icon="warning"
        title={why === 'token' ? m.disconnected.tokenTitle : m.disconnected.stoppedTitle}
        text={why === 'token' ? m.disconnected.token : m.disconnected.stopped}
        alert
      />
    </main>
  );
}
