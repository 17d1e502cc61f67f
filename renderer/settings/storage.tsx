import { useEffect, useState } from 'react';
import type { AppState, CallOutput } from '../../electron/contract.ts';
import { megabytes } from '../common/format.ts';
import { call } from '../host/client.ts';
import { attempt } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { DeleteEverything } from './deleteEverything.tsx';
import { PassphraseSettings } from './passphraseSettings.tsx';

/** Where the person's data lies and how much it is, and deleting all of it. */
export function Storage({
  protection,
  canProtect,
}: {
  protection: AppState['protection'];
  /** Whether a passphrase can be set: in the app's own window. */
  canProtect: boolean;
}) {
  const [storage, setStorage] = useState<CallOutput<'storage'>>(null);
  useEffect(() => {
    void attempt(async () => setStorage(await call('storage', {})));
  }, []);
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
          <dt>{m.storage.size}</dt>
          <dd>{megabytes(storage.bytes)}</dd>
        </dl>
      )}
      {canProtect && <PassphraseSettings protection={protection} />}
      <DeleteEverything />
    </section>
  );
}
