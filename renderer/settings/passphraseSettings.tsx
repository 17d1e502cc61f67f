import { useState } from 'react';
import type { AppState } from '../../electron/contract.ts';
import { Dialog } from '../common/dialog.tsx';
import {
  chosenPassphrase,
  NewPassphraseFields,
  NO_PASSPHRASE,
  PassphraseField,
} from '../common/newPassphrase.tsx';
import { sentenceOf } from '../host/client.ts';
import { protect } from '../host/store.ts';
import { m } from '../messages/messages.ts';

type Change = 'set' | 'change' | 'remove';

/** Whether a passphrase keeps the transcripts: setting one, changing it, and taking it away. */
export function PassphraseSettings({ protection }: { protection: AppState['protection'] }) {
  const [change, setChange] = useState<Change | null>(null);
  const changes: readonly Change[] = protection === 'passphrase' ? ['change', 'remove'] : ['set'];
  return (
    <div className="panel-actions">
      {changes.map((one) => (
        <button key={one} type="button" className="outlined" onClick={() => setChange(one)}>
          {m.protection[one]}
        </button>
      ))}
      {change !== null && <PassphraseDialog change={change} onClose={() => setChange(null)} />}
    </div>
  );
}

function PassphraseDialog({ change, onClose }: { change: Change; onClose: () => void }) {
  const [current, setCurrent] = useState('');
  const [typed, setTyped] = useState(NO_PASSPHRASE);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState('');
  const next = chosenPassphrase(typed);
  const ready = (change === 'set' || current !== '') && (change === 'remove' || next !== null);
  const run = async () => {
    setWorking(true);
    setProblem('');
    try {
      await protect(change === 'set' ? null : current, change === 'remove' ? null : next);
      onClose();
    } catch (error) {
      setProblem(sentenceOf(error));
      setWorking(false);
    }
  };
  return (
    <Dialog title={m.protection[change]} onClose={onClose}>
      <form
        id="passphrase-form"
        className="policy-picker"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) void run();
        }}
      >
        <p>{change === 'remove' ? m.protection.removeText : m.protection.setText}</p>
        {change !== 'set' && (
          <PassphraseField name={m.protection.current} value={current} onChange={setCurrent} />
        )}
        {change !== 'remove' && <NewPassphraseFields value={typed} onChange={setTyped} />}
        <p role="status" className={problem === '' ? 'job-status' : 'job-status job-error'}>
          {working ? m.unlock.opening : problem}
        </p>
      </form>
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={onClose}>
          {m.common.cancel}
        </button>
        <button type="submit" form="passphrase-form" className="primary" disabled={!ready || working}>
          {m.protection[change]}
        </button>
      </div>
    </Dialog>
  );
}
