import { useEffect, useState } from 'react';
import type { Transcript } from '../../core/transcript/schema.ts';
import type { CallOutput } from '../../electron/contract.ts';
import { AskedField } from '../common/askedField.tsx';
import { call } from '../host/client.ts';
import { attempt } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import type { OpenDocument } from './useDocument.ts';

type Case = CallOutput<'cases'>[number];
const NEW = 'new';

/** The case that the recording belongs to, and who is who in it, for people who want the same aliases everywhere. */
export function CasePanel({
  job,
  document,
  transcript,
}: {
  job: string;
  document: Pick<OpenDocument, 'edit' | 'save'>;
  transcript: Transcript;
}) {
  const [cases, setCases] = useState<readonly Case[]>([]);
  const [naming, setNaming] = useState<string | null>(null);
  const current = transcript.case?.id ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is in a case changes with the transcript's part of it
  useEffect(() => {
    void attempt(async () => setCases(await call('cases', {})));
  }, [transcript.case]);
  /** Every edit is with the host before it changes the aliases; what it made of them is an edit like any other. */
  const change = (ask: () => Promise<Transcript>) =>
    void attempt(async () => {
      await document.save();
      const numbered = await ask();
      document.edit(() => numbered);
    });
  const choose = (chosen: string) => {
    if (chosen === NEW) setNaming('');
    else change(() => call('setCase', { job, case: chosen || null, name: null }));
  };
  const open = cases.find(({ id }) => id === current);
  return (
    <section className="panel-section" aria-labelledby="case-title">
      <h2 id="case-title" className="panel-title">
        {m.cases.title}
        {open && <span className="panel-count">{m.cases.recordings(open.recordings)}</span>}
      </h2>
      <label className="field">
        <span>{m.cases.explanation}</span>
        <select value={current} onChange={(event) => choose(event.target.value)}>
          <option value="">{m.cases.none}</option>
          {cases.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value={NEW}>{m.cases.fresh}</option>
        </select>
      </label>
      {naming !== null && (
        <form
          className="value-editor"
          aria-label={m.cases.fresh}
          onSubmit={(event) => {
            event.preventDefault();
            if (naming.trim() === '') return;
            change(() => call('setCase', { job, case: null, name: naming.trim() }));
            setNaming(null);
          }}
        >
          <AskedField name={m.cases.name} maxLength={200} value={naming} onChange={setNaming} />
          <div className="panel-actions">
            <button type="submit" className="outlined" disabled={naming.trim() === ''}>
              {m.cases.create}
            </button>
            <button type="button" className="outlined" onClick={() => setNaming(null)}>
              {m.common.cancel}
            </button>
          </div>
        </form>
      )}
      {open && open.people.length > 0 && (
        <CasePeople
          people={open.people}
          onMerge={(number, other) => change(() => call('mergeInCase', { job, number, other }))}
          onSplit={(entry) => change(() => call('splitInCase', { job, entry }))}
        />
      )}
    </section>
  );
}

/** The names that are known in the case, shown only when asked for; two of one alias can be parted, others joined. */
function CasePeople({
  people,
  onMerge,
  onSplit,
}: {
  people: Case['people'];
  onMerge: (number: number, other: number) => void;
  onSplit: (entry: number) => void;
}) {
  const numbers = [...new Set(people.map(({ number }) => number))].sort((a, b) => a - b);
  const alias = (number: number) => `PERSON_${number}`;
  return (
    <details className="case-people">
      <summary>{m.cases.people}</summary>
      <ul>
        {people.map(({ number, names }, entry) => (
          <li key={`${number} ${names}`} className="case-person" data-hue="who">
            <span className="masked-alias">{alias(number)}</span>
            <span className="case-names">{names}</span>
            <select
              aria-label={m.cases.mergeNamed(names)}
              value=""
              onChange={(event) => onMerge(Number(event.target.value), number)}
            >
              <option value="">{m.values.same}…</option>
              {numbers
                .filter((other) => other !== number)
                .map((other) => (
                  <option key={other} value={other}>
                    {alias(other)}
                  </option>
                ))}
            </select>
            {people.filter((other) => other.number === number).length > 1 && (
              <button type="button" className="outlined" onClick={() => onSplit(entry)}>
                {m.cases.split}
              </button>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}
