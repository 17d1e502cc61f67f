import { LABELS, type Label } from '../../core/transcript/schema.ts';
import { m } from '../messages/messages.ts';

/** Chooses what kind of personal data something is. */
export function KindField({
  name,
  value,
  onChange,
}: {
  name: string;
  value: Label;
  onChange: (label: Label) => void;
}) {
  return (
    <label className="field">
      <span>{name}</span>
      <select value={value} onChange={(event) => onChange(event.target.value as Label)}>
        {LABELS.map((label) => (
          <option key={label} value={label}>
            {m.labels[label]}
          </option>
        ))}
      </select>
    </label>
  );
}
