import { useState } from 'react';
import { Icon } from '../common/icon.tsx';
import { PassphraseField } from '../common/newPassphrase.tsx';
import { sentenceOf } from '../host/client.ts';
import { unlock } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { DeleteEverything } from '../settings/deleteEverything.tsx';

/** The first page where a passphrase keeps the transcripts: it, or nothing. */
export function Unlock() {
  const [passphrase, setPassphrase] = useState('');
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState('');
  const [forgotten, setForgotten] = useState(false);
  const open = async () => {
    setWorking(true);
    setProblem('');
    try {
      await unlock(passphrase);
    } catch (error) {
      setProblem(sentenceOf(error));
      setWorking(false);
    }
  };
  return (
    <main className="unlock">
      <form
        className="card unlock-card"
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <p className="wordmark">Sotto</p>
        <h1>
          <Icon name="lock" />
          {m.unlock.title}
        </h1>
        <p className="muted">{m.unlock.explanation}</p>
        <PassphraseField
          name={m.passphrase.passphrase}
          value={passphrase}
          autoFocus
          onChange={setPassphrase}
        />
        <p role="status" className={problem === '' ? 'job-status' : 'job-status job-error'}>
          {working ? m.unlock.opening : problem}
        </p>
        <button type="submit" className="primary" disabled={passphrase === '' || working}>
          {m.unlock.open}
        </button>
        <button
          type="button"
          className="link"
          aria-expanded={forgotten}
          onClick={() => setForgotten(!forgotten)}
        >
          {m.unlock.forgotten}
        </button>
        {forgotten && (
          <div className="unlock-forgotten">
            <p>{m.unlock.noWayBack}</p>
            <DeleteEverything />
          </div>
        )}
      </form>
    </main>
  );
}
