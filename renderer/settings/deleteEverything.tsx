import { useState } from 'react';
import { Dialog } from '../common/dialog.tsx';
import { attempt, deleteEverything } from '../host/store.ts';
import { m } from '../messages/messages.ts';

/** Deletes all that Sotto keeps, after asking once. */
export function DeleteEverything() {
  const [asking, setAsking] = useState(false);
  return (
    <div className="panel-actions">
      <button type="button" className="outlined danger-text" onClick={() => setAsking(true)}>
        {m.storage.deleteAll}
      </button>
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
    </div>
  );
}
