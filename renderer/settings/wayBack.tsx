import { useState } from 'react';
import type { CallOutput } from '../../electron/contract.ts';
import { Dialog } from '../common/dialog.tsx';
import { PassphraseField } from '../common/newPassphrase.tsx';
import { call, sentenceOf } from '../host/client.ts';
import { m } from '../messages/messages.ts';

/** The way back from a redacted file to the originals, for whoever has its map and the passphrase. */
export function WayBack() {
  const [open, setOpen] = useState(false);
  return (
    <section className="card" aria-labelledby="way-back-title">
      <h2 id="way-back-title">{m.wayBack.title}</h2>
      <p className="muted">{m.wayBack.explanation}</p>
      <div className="panel-actions">
        <button type="button" className="outlined" onClick={() => setOpen(true)}>
          {m.wayBack.open}
        </button>
      </div>
      {open && <WayBackDialog onClose={() => setOpen(false)} />}
    </section>
  );
}

function WayBackDialog({ onClose }: { onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [map, setMap] = useState<File | null>(null);
  const [passphrase, setPassphrase] = useState('');
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState('');
  const [result, setResult] = useState<CallOutput<'reidentify'> | null>(null);
  const run = async () => {
    if (!file || !map) return;
    setWorking(true);
    setProblem('');
    try {
      setResult(
        await call('reidentify', {
          file: { name: file.name, text: await file.text() },
          map: { name: map.name, text: await map.text() },
          passphrase,
        }),
      );
    } catch (error) {
      setProblem(sentenceOf(error));
    }
    setWorking(false);
  };
  return (
    <Dialog title={m.wayBack.title} wide onClose={onClose}>
      {result === null ? (
        <form
          id="way-back"
          className="policy-picker"
          onSubmit={(event) => {
            event.preventDefault();
            void run();
          }}
        >
          <FileField name={m.wayBack.file} onChoose={setFile} />
          <FileField name={m.wayBack.map} accept=".map" onChoose={setMap} />
          <PassphraseField name={m.passphrase.passphrase} value={passphrase} onChange={setPassphrase} />
          <p role="status" className={problem === '' ? 'job-status' : 'warning'}>
            {working ? m.wayBack.opening : problem}
          </p>
        </form>
      ) : (
        <>
          <p role="status">{m.wayBack.done(result.exact, result.fullest, result.left)}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre className="preview-text" dir="auto" tabIndex={0}>
            {result.text}
          </pre>
          <p className="muted">{m.wayBack.notWritten}</p>
        </>
      )}
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={onClose}>
          {result === null ? m.common.cancel : m.common.close}
        </button>
        {result === null && (
          <button
            type="submit"
            form="way-back"
            className="primary"
            disabled={!file || !map || passphrase === '' || working}
          >
            {m.wayBack.show}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function FileField({
  name,
  accept,
  onChoose,
}: {
  name: string;
  accept?: string;
  onChoose: (file: File | null) => void;
}) {
  return (
    <label className="field">
      <span>{name}</span>
      <input type="file" accept={accept} onChange={({ target }) => onChoose(target.files?.[0] ?? null)} />
    </label>
  );
}
