import { useState } from 'react';
import { Icon } from '../common/icon.tsx';
import type { AppView } from '../host/store.ts';
import { SettingsDialog } from '../settings/settingsDialog.tsx';
import { JobCard } from './jobCard.tsx';
import { Picker } from './picker.tsx';

/** The first page: where recordings are added, and the queue. */
export function Home({
  app,
  onOpen,
  lastOpen,
}: {
  app: AppView;
  onOpen: (job: string) => void;
  /** The transcript that was open before, to put the focus back on. */
  lastOpen: string | null;
}) {
  const [settings, setSettings] = useState(false);
  const empty = app.jobs.length === 0;
  return (
    <div className="home">
      <header className="home-bar">
        <p className="wordmark">Sotto</p>
        <Offline refused={app.refusedRequests} />
        <button type="button" className="quiet" onClick={() => setSettings(true)}>
          <Icon name="settings" />
          Settings
        </button>
      </header>
      <main className="home-main">
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
            <h1 id="add-title">{empty ? 'Drop recordings here' : 'Add recordings'}</h1>
            <p>
              {empty
                ? 'Audio or video files, or whole folders. They are transcribed on this computer, names and other personal data are masked, and nothing leaves it.'
                : 'Drop files or folders anywhere in this window.'}
            </p>
          </div>
          <Picker runtime={app.runtime} primary={empty} />
        </section>
        {app.connection === 'connecting' && <p className="muted">Opening…</p>}
        {!empty && (
          <section aria-labelledby="queue-title">
            <h2 id="queue-title" className="section-title">
              Recordings
            </h2>
            <ul className="queue">
              {app.jobs.map((job) => (
                <JobCard key={job.id} job={job} onOpen={onOpen} focus={job.id === lastOpen} />
              ))}
            </ul>
            {!app.keepsTranscripts && (
              <p className="queue-note">
                Transcripts stay in this list until you close Sotto: there is no system keyring here to
                encrypt them with, so they are not kept on the disk. Export what you need.
              </p>
            )}
          </section>
        )}
      </main>
      {settings && <SettingsDialog app={app} onClose={() => setSettings(false)} />}
    </div>
  );
}

function Offline({ refused }: { refused: number }) {
  return (
    <p className="offline">
      <Icon name="lock" />
      {refused === 0
        ? 'Offline. Nothing leaves this computer.'
        : `Offline. ${refused} network requests refused.`}
    </p>
  );
}
