import { useState } from 'react';
import type { FoundRecording } from '../../electron/contract.ts';
import { Confirm } from '../common/confirm.tsx';
import { clock, day } from '../common/format.ts';
import { Icon } from '../common/icon.tsx';
import { attempt, recoverRecording } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { stamp } from '../record/useRecorder.ts';

/** Recordings that were cut off, because the program or the computer stopped: nothing of them is lost. */
export function FoundRecordings({ found }: { found: readonly FoundRecording[] }) {
  const [dropping, setDropping] = useState<{ job: string; name: string } | null>(null);
  return (
    <section className="found" aria-labelledby="found-title">
      <h2 id="found-title">
        <Icon name="microphone" />
        {m.record.foundTitle(found.length)}
      </h2>
      <p>{m.record.foundText}</p>
      <ul>
        {found.map(({ job, seconds, begun }) => {
          const name = m.record.fileName(stamp(new Date(begun)));
          return (
            <li key={job} aria-label={name}>
              <span className="found-when">
                {day(begun)} · {clock(seconds)}
              </span>
              <button
                type="button"
                className="primary"
                aria-label={m.record.recoverNamed(name)}
                onClick={() => void attempt(() => recoverRecording(job, true, name))}
              >
                {m.record.recover}
              </button>
              <button
                type="button"
                className="quiet"
                aria-label={m.record.dropNamed(name)}
                onClick={() => setDropping({ job, name })}
              >
                {m.record.drop}
              </button>
            </li>
          );
        })}
      </ul>
      {dropping && (
        <Confirm
          title={m.record.dropTitle}
          text={m.record.dropText(dropping.name)}
          answer={m.record.drop}
          onAnswer={() => void attempt(() => recoverRecording(dropping.job, false, dropping.name))}
          onClose={() => setDropping(null)}
        />
      )}
    </section>
  );
}
