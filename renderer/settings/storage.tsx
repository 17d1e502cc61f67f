import { useCallback, useEffect, useState } from 'react';
import type { AppState, CallOutput } from '../../electron/contract.ts';
import { megabytes } from '../common/format.ts';
import { call } from '../host/client.ts';
import { attempt, tell } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { DeleteEverything } from './deleteEverything.tsx';
import { PassphraseSettings } from './passphraseSettings.tsx';

/** Where the person's data lies and how much it is, another place for the transcripts, and deleting all of it. */
export function Storage({
  protection,
  canProtect,
}: {
  protection: AppState['protection'];
  /** Whether a passphrase can be set: in the app's own window. */
  canProtect: boolean;
}) {
  const [storage, setStorage] = useState<CallOutput<'storage'>>(null);
  const [moving, setMoving] = useState(false);
  const transcripts = storage?.transcripts ?? null;
  const load = useCallback(async () => setStorage(await call('storage', {})), []);
  useEffect(() => void attempt(load), [load]);
  const move = (back: boolean) =>
    void attempt(async () => {
      setMoving(true);
      const { left } = await call('moveTranscripts', { back }).finally(() => setMoving(false));
      if (left) tell(m.storage.left);
      await load();
    });
  return (
    <section className="card" aria-labelledby="storage-title">
      <h2 id="storage-title">{m.storage.title}</h2>
      <p>
        {
          { keyring: m.storage.encrypted, passphrase: m.storage.byPassphrase, none: m.home.notKept }[
            protection
          ]
        }
      </p>
      {storage && (
        <dl className="facts">
          <dt>{m.storage.folder}</dt>
          <dd>{storage.folder}</dd>
          {transcripts?.chosen && (
            <>
              <dt>{m.storage.transcripts}</dt>
              <dd>{transcripts.path}</dd>
            </>
          )}
          <dt>{m.storage.size}</dt>
          <dd>{megabytes(storage.bytes)}</dd>
        </dl>
      )}
      {transcripts ? (
        <>
          <p className="muted">{m.storage.moveText}</p>
          <div className="panel-actions">
            <button type="button" className="outlined" disabled={moving} onClick={() => move(false)}>
              {m.storage.move}
            </button>
            {transcripts.chosen && (
              <button type="button" className="outlined" disabled={moving} onClick={() => move(true)}>
                {m.storage.moveBack}
              </button>
            )}
          </div>
        </>
      ) : (
        !canProtect && <p className="muted">{m.storage.noFolder}</p>
      )}
      {canProtect && <PassphraseSettings protection={protection} />}
      <DeleteEverything />
    </section>
  );
}
