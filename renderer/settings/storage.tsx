import { useEffect, useState } from 'react';
import type { CallOutput } from '../../electron/contract.ts';
import { Dialog } from '../common/dialog.tsx';
import { megabytes } from '../common/format.ts';
import { call } from '../host/client.ts';
import { attempt, deleteEverything } from '../host/store.ts';
import { m } from '../messages/messages.ts';

/** Where the person's data lies and how much it is, and deleting all of it. */
export function Storage({ keepsTranscripts }: { keepsTranscripts: boolean }) {
  const [storage, setStorage] = useState<CallOutput<'storage'>>(null);
  const [asking, setAsking] = useState(false);
  useEffect(() => {
    void attempt(async () => setStorage(await call('storage', {})));
  }, []);
  return (
    <section className="card" aria-labelledby="storage-title">
      <h2 id="storage-title">{m.storage.title}</h2>
      <p>{keepsTranscripts ? m.storage.encrypted : m.home.notKept}</p>
      {storage && (
        <dl className="facts">
          <dt>{m.storage.folder}</dt>
          <dd>{storage.folder}</dd>
          <dt>{m.storage.size}</dt>
          <dd>{megabytes(storage.bytes)}</dd>
        </dl>
      )}
      <div className="panel-actions">
        <button type="button" className="outlined danger-text" onClick={() => setAsking(true)}>
          {m.storage.deleteAll}
        </button>
      </div>
      {asking && (
        <Dialog title={m.storage.deleteAllTitle} onClose={() => setAsking(false)}>
          <p>{m.storage.deleteAllText}</p>
          <div className="dialog-actions">
            <button type="button" className="outlined" onClick={() => setAsking(false)}>
              {m.common.cancel}
            </button>
            <button
              type="button"
              className="primary danger"
              onClick={() => {
                void attempt(deleteEverything);
                setAsking(false);
              }}
            >
              {m.storage.deleteAllNow}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
