import { Icon } from '../common/icon.tsx';
import { m } from '../messages/messages.ts';
import type { AlsoWritten } from './useEditing.ts';

/** After a word was corrected that stands elsewhere, too: the same everywhere in one step, or one by one. */
export function AlsoWrittenBar({
  also,
  onReplace,
  onLook,
  onDismiss,
}: {
  also: AlsoWritten;
  onReplace: () => void;
  onLook: () => void;
  onDismiss: () => void;
}) {
  return (
    <div className="also-bar" role="status">
      <p>{m.find.alsoWritten(also.before, also.places)}</p>
      <button type="button" className="outlined" onClick={onReplace}>
        {m.find.replaceAlso(also.after)}
      </button>
      <button type="button" className="outlined" onClick={onLook}>
        {m.find.look}
      </button>
      <button type="button" className="plain" aria-label={m.common.dismiss} onClick={onDismiss}>
        <Icon name="cancel" />
      </button>
    </div>
  );
}
