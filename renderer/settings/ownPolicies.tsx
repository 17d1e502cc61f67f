import type { Settings } from '../../electron/contract.ts';
import { handOut } from '../common/handOut.ts';
import { call } from '../host/client.ts';
import { attempt, changeSettings } from '../host/store.ts';
import { m } from '../messages/messages.ts';

/** The policies that the person added: each can be written to a file again, or taken away. */
export function OwnPolicies({ settings }: { settings: Settings }) {
  if (settings.policies.length === 0) return null;
  const remove = (name: string) => {
    const policies = settings.policies.filter((policy) => policy.name !== name);
    const policy = settings.policy === name ? 'standard' : settings.policy;
    return changeSettings({ ...settings, policies, policy });
  };
  return (
    <ul className="packs" aria-label={m.policyFiles.own}>
      {settings.policies.map(({ name, description, replacement, deny, allow }) => (
        <li key={name} className="pack">
          <div>
            <p className="job-name">{name}</p>
            <p className="job-status">
              {[description, m.replacements[replacement].name, m.policyFiles.lists(deny.length, allow.length)]
                .filter(Boolean)
                .join(' · ')}
            </p>
          </div>
          <div className="panel-actions">
            <button
              type="button"
              className="outlined"
              aria-label={m.policyFiles.saveNamed(name)}
              onClick={() => void attempt(async () => handOut(await call('exportPolicy', { policy: name })))}
            >
              {m.policyFiles.save}
            </button>
            <button
              type="button"
              className="outlined"
              aria-label={m.policyFiles.removeNamed(name)}
              onClick={() => void attempt(() => remove(name))}
            >
              {m.policyFiles.remove}
            </button>
          </div>
        </li>
      ))}
    </ul>
  );
}
