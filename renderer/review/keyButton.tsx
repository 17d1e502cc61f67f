import { Icon } from '../common/icon.tsx';
import { m } from '../messages/messages.ts';

/** A button of the panel with the key that does the same. */
export function KeyButton({
  icon,
  name,
  count,
  hint,
  run,
}: {
  icon?: Parameters<typeof Icon>[0]['name'];
  name: string;
  /** How many are left, which is said elsewhere in words. */
  count?: number;
  hint: string;
  run: () => void;
}) {
  return (
    <button type="button" className="outlined" onClick={run}>
      {icon && <Icon name={icon} />}
      {name}
      <span className="key-end" aria-hidden="true">
        {count !== undefined && <span className="panel-count">{m.common.number(count)}</span>}
        <span className="key-hint">{hint}</span>
      </span>
    </button>
  );
}
