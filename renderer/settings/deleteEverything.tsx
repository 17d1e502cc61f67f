import { useState } from 'react';
import { Confirm } from '../common/confirm.tsx';
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
        <Confirm
          title={m.storage.deleteAllTitle}
          text={m.storage.deleteAllText}
          answer={m.storage.deleteAllNow}
          onAnswer={() => void attempt(deleteEverything)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
