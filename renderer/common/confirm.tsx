import { m } from '../messages/messages.ts';
import { Dialog } from './dialog.tsx';

/** Asks before something is lost: Cancel comes first, and the answer says what it does. */
export function Confirm({
  title,
  text,
  answer,
  onAnswer,
  onClose,
}: {
  title: string;
  text: string;
  answer: string;
  onAnswer: () => void;
  /** Follows the answer, too. */
  onClose: () => void;
}) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={onClose}>
          {m.common.cancel}
        </button>
        <button
          type="button"
          className="primary danger"
          onClick={() => {
            onAnswer();
            onClose();
          }}
        >
          {answer}
        </button>
      </div>
    </Dialog>
  );
}
