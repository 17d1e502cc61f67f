import { useState } from 'react';
import type { AppState } from '../../electron/contract.ts';
import { languageName, megabytes } from '../common/format.ts';
import { Icon } from '../common/icon.tsx';
import { call, sentenceOf } from '../host/client.ts';
import { addPack, attempt } from '../host/store.ts';
import { m } from '../messages/messages.ts';

type Check = { readonly kind: 'running' | 'whole' } | { readonly kind: 'damaged'; readonly sentence: string };

/** The installed model packs: what they are, whether their files are whole, and adding one from a folder. */
export function PackList({ packs, canAdd }: { packs: AppState['packs']; canAdd: boolean }) {
  const [checks, setChecks] = useState<ReadonlyMap<string, Check>>(new Map());
  const set = (name: string, check: Check) => setChecks((current) => new Map(current).set(name, check));
  const verify = async (name: string) => {
    set(name, { kind: 'running' });
    try {
      await call('verifyPack', { pack: name });
      set(name, { kind: 'whole' });
    } catch (error) {
      const sentence = sentenceOf(error);
      set(name, { kind: 'damaged', sentence });
    }
  };
  return (
    <section className="card" aria-labelledby="packs-title">
      <h2 id="packs-title">{m.packs.title}</h2>
      <ul className="packs">
        {packs.map(({ name, version, license, bytes, languages, added, speed }) => (
          <li key={name} className="pack">
            <div>
              <p className="job-name">
                {name}
                <span className="job-folder">{added ? m.packs.added : m.packs.shipped}</span>
              </p>
              <p className="job-status">
                {[
                  m.packs.version(version),
                  megabytes(bytes),
                  languages.length === 1 ? languageName(languages[0]!) : m.packs.languages(languages.length),
                  license,
                ].join(' · ')}
              </p>
              <p className="job-status">{speed === null ? m.packs.notMeasured : m.packs.speed(speed)}</p>
              <Verdict check={checks.get(name)} />
            </div>
            <button
              type="button"
              className="outlined"
              aria-label={m.packs.verifyNamed(name)}
              disabled={checks.get(name)?.kind === 'running'}
              onClick={() => void verify(name)}
            >
              {m.packs.verify}
            </button>
          </li>
        ))}
      </ul>
      {canAdd && (
        <div className="panel-actions">
          <button type="button" className="outlined" onClick={() => void attempt(addPack)}>
            <Icon name="folder" />
            {m.packs.add}
          </button>
        </div>
      )}
    </section>
  );
}

function Verdict({ check }: { check: Check | undefined }) {
  const text =
    check === undefined
      ? ''
      : check.kind === 'damaged'
        ? check.sentence
        : check.kind === 'running'
          ? m.packs.verifying
          : m.packs.whole;
  const look = { whole: 'checked', damaged: 'job-status job-error', running: 'job-status' };
  return (
    <p className={check === undefined ? 'job-status' : look[check.kind]} role="status">
      {check && check.kind !== 'running' && <Icon name={check.kind === 'whole' ? 'check' : 'warning'} />}
      {text}
    </p>
  );
}
