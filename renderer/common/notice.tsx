import { dismissNotice } from '../host/store.ts';
import { told } from '../messages/failures.ts';
import { m } from '../messages/messages.ts';
import { Icon } from './icon.tsx';

/** A sentence over the page that stays until it is read and dismissed. */
export function Notice({ text }: { text: string }) {
  return (
    <div className="notice" role="alert">
      <Icon name="warning" />
      <p>{told(text)}</p>
      <button type="button" className="plain" aria-label={m.common.dismiss} onClick={dismissNotice}>
        <Icon name="cancel" />
      </button>
    </div>
  );
}
