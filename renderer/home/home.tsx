import { useState } from 'react';
import { Icon } from '../common/icon.tsx';
import type { AppView } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { FoundRecordings } from './foundRecordings.tsx';
import { Picker } from './picker.tsx';
import { Queue } from './queue.tsx';
import { Transcripts } from './transcripts.tsx';

/** The first page: where recordings are added, the queue, and the finished transcripts. */
export function Home({
  app,
  onOpen,
  onPage,
  lastOpen,
}: {
  app: AppView;
  /** `query` is searched for in the transcript at once. */
  onOpen: (job: string, query: string) => void;
  onPage: (page: 'settings' | 'offline' | 'record' | 'welcome') => void;
  /** The transcript that was open before, to put the focus back on. */
  lastOpen: string | null;
}) {
  const [query, setQuery] = useState('');
  const empty = app.jobs.length === 0;
  const done = app.jobs.filter(({ state }) => state === 'done');
  const queued = app.jobs.filter(({ state }) => state !== 'done');
  return (
    <div className="home">
      <header className="home-bar">
        <p className="wordmark">Sotto</p>
        <button type="button" className="offline" onClick={() => onPage('offline')}>
          <Icon name="lock" />
          {app.refusedRequests === 0 ? m.home.offline : m.home.offlineRefused(app.refusedRequests)}
        </button>
        <button type="button" className="quiet" onClick={() => onPage('welcome')}>
          <Icon name="help" />
          {m.welcome.again}
        </button>
        <button type="button" className="quiet" onClick={() => onPage('settings')}>
          <Icon name="settings" />
          {m.home.settings}
        </button>
      </header>
      <main className="home-main home-recordings" data-searching={query.trim() !== '' || undefined}>
        <div className="home-side">
          {app.missingFolder !== null && (
            <p className="warning" role="alert">
              <Icon name="warning" />
              {m.home.folderMissing(app.missingFolder)}
            </p>
          )}
          <section className={empty ? 'drop-zone drop-zone-empty' : 'drop-zone'} aria-labelledby="add-title">
            {empty && (
              <div className="drop-art" aria-hidden="true">
                {[10, 22, 34, 26].map((height) => (
                  <span key={height} style={{ height }} />
                ))}
                <span className="drop-art-mask" />
                {[30, 18, 24, 8].map((height) => (
                  <span key={height} style={{ height }} />
                ))}
              </div>
            )}
            <div className="drop-words">
              <h1 id="add-title">{empty ? m.home.dropTitle : m.home.addTitle}</h1>
              <p>{empty ? m.home.dropText : m.home.addText}</p>
            </div>
            <Picker runtime={app.runtime} primary={empty} onRecord={() => onPage('record')} />
          </section>
          {app.foundRecordings.length > 0 && <FoundRecordings found={app.foundRecordings} />}
          {queued.length > 0 && <Queue jobs={queued} app={app} />}
        </div>
        {done.length > 0 && (
          <Transcripts
            jobs={done}
            query={query}
            onQuery={setQuery}
            onOpen={onOpen}
            lastOpen={lastOpen}
            kept={app.keepsTranscripts || app.missingFolder !== null}
          />
        )}
      </main>
    </div>
  );
}
