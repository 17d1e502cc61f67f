import { isLongEnough, SHORTEST_PASSPHRASE } from '../../core/passphrase.ts';
import { m } from '../messages/messages.ts';

/** A passphrase that is being chosen, typed twice. */
export interface NewPassphrase {
  readonly first: string;
  readonly second: string;
}

export const NO_PASSPHRASE: NewPassphrase = { first: '', second: '' };

/** The passphrase, once it is long enough and typed twice alike; else null. */
export function chosenPassphrase({ first, second }: NewPassphrase): string | null {
  return isLongEnough(first) && first === second ? first : null;
}

/** Two fields for a passphrase that nobody can give back. */
export function NewPassphraseFields({
  value,
  onChange,
}: {
  value: NewPassphrase;
  onChange: (value: NewPassphrase) => void;
}) {
  const problem =
    value.first !== '' && !isLongEnough(value.first)
      ? m.passphrase.tooShort(SHORTEST_PASSPHRASE)
      : value.second !== '' && value.first !== value.second
        ? m.passphrase.differ
        : '';
  return (
    <div className="passphrase-fields">
      <PassphraseField
        name={m.passphrase.passphrase}
        fresh
        value={value.first}
        onChange={(first) => onChange({ ...value, first })}
      />
      <PassphraseField
        name={m.passphrase.again}
        fresh
        value={value.second}
        onChange={(second) => onChange({ ...value, second })}
      />
      <p className="job-status" role="status">
        {problem || m.passphrase.noWayBack}
      </p>
    </div>
  );
}

/** A field for a passphrase. */
export function PassphraseField({
  name,
  value,
  fresh,
  autoFocus,
  onChange,
}: {
  name: string;
  value: string;
  /** Whether it is being chosen. */
  fresh?: boolean;
  autoFocus?: boolean;
  onChange: (value: string) => void;
}) {
  return (
    <label className="field">
      <span>{name}</span>
      <input
        // biome-ignore lint/a11y/noAutofocus: where it is asked for there is nothing else
        autoFocus={autoFocus}
        type="password"
        className="text-field"
        autoComplete={fresh ? 'new-password' : 'current-password'}
        maxLength={1000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </label>
  );
}
