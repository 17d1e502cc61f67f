import { useRef, useState } from 'react';
import type { Settings } from '../../electron/contract.ts';
import { attempt } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { Icon } from './icon.tsx';
import { addPolicyFile, policyChoices } from './policies.ts';

/** One of the policies, and the way to add another from a file. */
export function PolicyPicker({
  settings,
  chosen,
  legend,
  onChoose,
}: {
  settings: Settings;
  chosen: string;
  legend: string;
  onChoose: (policy: string) => void;
}) {
  const file = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const [added, setAdded] = useState('');
  const add = async (chosenFile: File) => {
    const result = await addPolicyFile(settings, chosenFile);
    setProblem('problem' in result ? result.problem : '');
    setAdded('added' in result ? m.policyFiles.added(result.added) : '');
  };
  return (
    <div className="policy-picker">
      <fieldset className="field">
        <legend>{legend}</legend>
        {policyChoices(settings).map(({ policy, name, explanation }) => (
          <label key={policy} className="choice">
            <input type="radio" name="policy" checked={chosen === policy} onChange={() => onChoose(policy)} />
            <span>
              {name}
              <small>{explanation}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="panel-actions">
        <button type="button" className="outlined" onClick={() => file.current?.click()}>
          <Icon name="file" />
          {m.policyFiles.add}
        </button>
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          className="only-heard"
          tabIndex={-1}
          aria-label={m.policyFiles.file}
          onChange={({ target }) => {
            const [first] = target.files ?? [];
            if (first) void attempt(() => add(first));
            // The same file can be chosen again once it is mended.
            target.value = '';
          }}
        />
      </div>
      <p role="status" className={problem === '' ? 'job-status' : 'job-status job-error'}>
        {problem || added}
      </p>
    </div>
  );
}
