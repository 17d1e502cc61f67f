import { Dialog } from '../common/dialog.tsx';
import { m } from '../messages/messages.ts';
import { SHORTCUTS } from './shortcuts.ts';

const GROUPS = ['play', 'move', 'edit', 'mask', 'view'] as const;
const SIGNS: Readonly<Record<string, string>> = {
  ArrowRight: '→',
  ArrowLeft: '←',
  ArrowUp: '↑',
  ArrowDown: '↓',
};

/** All keys of a review, and the choice whether letters alone are among them. */
export function ShortcutSheet({
  letters,
  onLetters,
  onClose,
}: {
  letters: boolean;
  onLetters: (letters: boolean) => void;
  onClose: () => void;
}) {
  return (
    <Dialog title={m.shortcuts.title} wide onClose={onClose}>
      <p className="muted">{m.shortcuts.whileTyping}</p>
      <label className="check">
        <input type="checkbox" checked={letters} onChange={(event) => onLetters(event.target.checked)} />
        {m.shortcuts.singleLetters}
      </label>
      <div className="shortcut-groups">
        {GROUPS.map((group) => (
          <section key={group} aria-label={m.shortcuts.groups[group]}>
            <h3>{m.shortcuts.groups[group]}</h3>
            <dl className="shortcuts">
              {SHORTCUTS.filter((shortcut) => shortcut.group === group).map(({ command, keys }) => (
                <div key={command}>
                  <dt>{m.shortcuts.commands[command]}</dt>
                  <dd>
                    {shown(keys).map((key) => (
                      <span key={key} className="keys">
                        {key.split('+').map((part) => (
                          <kbd key={part}>{part === '' ? '+' : nameOf(part)}</kbd>
                        ))}
                      </span>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <div className="dialog-actions">
        <button type="button" className="primary" onClick={onClose}>
          {m.common.close}
        </button>
      </div>
    </Dialog>
  );
}

/** At most two ways of a command; the digits as a range. */
function shown(keys: readonly string[]): readonly string[] {
  return keys.length > 2 ? ['0–9'] : keys.map((key) => (key === '+' ? '＋' : key));
}

function nameOf(part: string): string {
  const named = m.shortcuts.keys[part as keyof typeof m.shortcuts.keys] as string | undefined;
  return named ?? SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : part);
}
