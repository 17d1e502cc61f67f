import { useMemo, useState } from 'react';
import { applyDenyList } from '../../core/redaction/denyList.ts';
import { maskedCounts, type Policy } from '../../core/redaction/policy.ts';
import { LABELS, type Transcript } from '../../core/transcript/schema.ts';
import { policyOf, type Settings } from '../../electron/contract.ts';
import { Dialog } from '../common/dialog.tsx';
import { labelHue } from '../common/labels.ts';
import { PolicyPicker } from '../common/policyPicker.tsx';
import { m } from '../messages/messages.ts';

/** Another policy for the open transcript, with what it would mask before it is applied. */
export function PolicyDialog({
  transcript,
  policy,
  settings,
  onApply,
  onClose,
}: {
  transcript: Transcript;
  policy: Policy;
  settings: Settings;
  onApply: (policy: Policy) => void;
  onClose: () => void;
}) {
  const [name, setName] = useState(policy.name);
  const chosen = policyOf(settings, name) ?? policy;
  return (
    <Dialog title={m.policyDialog.title} wide onClose={onClose}>
      <div className="two-columns">
        <PolicyPicker
          settings={settings}
          chosen={chosen.name}
          legend={m.policyDialog.policies}
          onChoose={setName}
        />
        <Effect transcript={transcript} before={policy} after={chosen} />
      </div>
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={onClose}>
          {m.common.cancel}
        </button>
        <button type="button" className="primary" onClick={() => onApply(chosen)}>
          {m.policyDialog.apply}
        </button>
      </div>
    </Dialog>
  );
}

/** Masked spans by kind, as it is and as it would be. */
function Effect({ transcript, before, after }: { transcript: Transcript; before: Policy; after: Policy }) {
  const now = useMemo(() => maskedCounts(transcript, before), [transcript, before]);
  const then = useMemo(() => maskedCounts(applyDenyList(transcript, after), after), [transcript, after]);
  const found = useMemo(() => new Set(transcript.entities.map(({ label }) => label)), [transcript]);
  const labels = LABELS.filter((label) => found.has(label) || (then[label] ?? 0) > 0);
  const sum = (counts: typeof now) => labels.reduce((total, label) => total + (counts[label] ?? 0), 0);
  const { number } = m.common;
  return (
    <section className="policy-effect" aria-labelledby="effect-title">
      <h3 id="effect-title">{m.policyDialog.effect}</h3>
      {labels.length === 0 ? (
        <p className="muted">{m.policyDialog.nothingFound}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{m.policyDialog.kind}</th>
              <th scope="col">{m.policyDialog.before}</th>
              <th scope="col">{m.policyDialog.after}</th>
            </tr>
          </thead>
          <tbody>
            {labels.map((label) => {
              const [is, willBe] = [now[label] ?? 0, then[label] ?? 0];
              return (
                <tr key={label} data-hue={labelHue(label)} data-changed={is !== willBe || undefined}>
                  <th scope="row">{m.labels[label]}</th>
                  <td>{number(is)}</td>
                  <td>{number(willBe)}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{m.policyDialog.all}</th>
              <td>{number(sum(now))}</td>
              <td>{number(sum(then))}</td>
            </tr>
          </tfoot>
        </table>
      )}
      <p className="muted">
        {[
          m.policyDialog.replacedBy(m.replacements[after.replacement].name),
          m.policyDialog.audio[after.audio],
        ].join(' ')}
      </p>
    </section>
  );
}
