import type { Messages } from '../messages/messages.ts';

export type Command = keyof Messages['shortcuts']['commands'];

export interface Shortcut {
  readonly command: Command;
  /** `Mod` is Ctrl, or ⌘ on a Mac. */
  readonly keys: readonly string[];
  readonly group: keyof Messages['shortcuts']['groups'];
}

/** Every key of a review: what the window does and what its sheet shows come from this table alone. */
export const SHORTCUTS: readonly Shortcut[] = [
  { command: 'play', keys: ['Space', 'k'], group: 'play' },
  { command: 'back', keys: ['j'], group: 'play' },
  { command: 'forward', keys: ['l'], group: 'play' },
  { command: 'slower', keys: ['-'], group: 'play' },
  { command: 'faster', keys: ['+', '='], group: 'play' },
  { command: 'hear', keys: ['Enter', 'h'], group: 'play' },
  { command: 'loop', keys: ['o'], group: 'play' },
  { command: 'skip', keys: ['i'], group: 'play' },
  { command: 'bleep', keys: ['b'], group: 'play' },
  { command: 'zoomIn', keys: ['z'], group: 'play' },
  { command: 'zoomOut', keys: ['Shift+z'], group: 'play' },
  { command: 'follow', keys: ['f'], group: 'play' },
  { command: 'jump', keys: ['t'], group: 'play' },
  { command: 'nextWord', keys: ['ArrowRight'], group: 'move' },
  { command: 'previousWord', keys: ['ArrowLeft'], group: 'move' },
  { command: 'nextParagraph', keys: ['ArrowDown'], group: 'move' },
  { command: 'previousParagraph', keys: ['ArrowUp'], group: 'move' },
  { command: 'extendRight', keys: ['Shift+ArrowRight'], group: 'move' },
  { command: 'extendLeft', keys: ['Shift+ArrowLeft'], group: 'move' },
  { command: 'nextDoubtful', keys: ['n'], group: 'move' },
  { command: 'previousDoubtful', keys: ['Shift+n'], group: 'move' },
  { command: 'escape', keys: ['Escape'], group: 'move' },
  { command: 'edit', keys: ['F2', 'e'], group: 'edit' },
  { command: 'confirm', keys: ['c'], group: 'edit' },
  { command: 'remove', keys: ['Delete'], group: 'edit' },
  { command: 'split', keys: ['s'], group: 'edit' },
  { command: 'join', keys: ['Shift+s'], group: 'edit' },
  { command: 'speaker', keys: ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], group: 'edit' },
  { command: 'undo', keys: ['Mod+z'], group: 'edit' },
  { command: 'redo', keys: ['Mod+Shift+z', 'Mod+y'], group: 'edit' },
  { command: 'find', keys: ['Mod+f'], group: 'edit' },
  { command: 'replace', keys: ['Mod+h'], group: 'edit' },
  { command: 'nextSpan', keys: ['q'], group: 'mask' },
  { command: 'accept', keys: ['a'], group: 'mask' },
  { command: 'reject', keys: ['x'], group: 'mask' },
  { command: 'acceptAll', keys: ['Shift+a'], group: 'mask' },
  { command: 'rejectAll', keys: ['Shift+x'], group: 'mask' },
  { command: 'growStart', keys: ['Mod+Shift+ArrowLeft'], group: 'mask' },
  { command: 'shrinkStart', keys: ['Mod+Shift+ArrowRight'], group: 'mask' },
  { command: 'mask', keys: ['m'], group: 'mask' },
  { command: 'reveal', keys: ['v'], group: 'mask' },
  { command: 'shortcuts', keys: ['?'], group: 'view' },
  { command: 'export', keys: ['Mod+e'], group: 'view' },
  { command: 'print', keys: ['Mod+p'], group: 'view' },
];

const COMMANDS = new Map(
  SHORTCUTS.flatMap(({ command, keys }) => keys.map((key) => [key, command] as const)),
);
/** What works with Alt while a person types. */
const WHILE_TYPING = new Set<Command>(
  SHORTCUTS.filter(({ group }) => group === 'play').map(({ command }) => command),
);
/** Keys that mean something else on a control that has the focus. */
const OF_CONTROLS = new Set(['Space', 'Enter', 'ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown', 'Delete']);

/** Where a key is pressed: typing text, on a control of its own, or anywhere else. */
export type Place = 'text' | 'control' | 'page';

type KeyStroke = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** The command of a key, or null. @param letters whether letters alone are shortcuts. */
export function commandOf(event: KeyStroke, place: Place, letters: boolean): Command | null {
  const stroke = strokeOf(event);
  const modified = stroke.startsWith('Mod+');
  if (event.altKey) {
    const command = modified ? undefined : COMMANDS.get(stroke);
    return command && WHILE_TYPING.has(command) ? command : null;
  }
  if (place === 'text' && !modified) return null;
  if (place === 'control' && OF_CONTROLS.has(stroke.replace('Shift+', ''))) return null;
  if (!letters && /^(?:Shift\+)?.$/u.test(stroke)) return null;
  return COMMANDS.get(stroke) ?? null;
}

function strokeOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyStroke): string {
  // With Alt a Mac types other characters; the key's place tells the letter.
  const letter = altKey ? /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() : undefined;
  const name = letter ?? (key === ' ' ? 'Space' : key.length === 1 ? key.toLowerCase() : key);
  // Signs are what they are, with or without Shift.
  const shifted = shiftKey && (name.length > 1 || /\p{L}/u.test(name));
  return `${ctrlKey || metaKey ? 'Mod+' : ''}${shifted ? 'Shift+' : ''}${name}`;
}

/** Which of the three kinds of place an element is; `text` is the transcript itself. */
export function placeOf(target: EventTarget | null, transcript: Element | null): Place {
  if (!(target instanceof HTMLElement)) return 'page';
  const types = 'input:not([type=checkbox], [type=radio], [type=range]), textarea, [contenteditable]';
  if (target.closest(types)) return 'text';
  if (transcript?.contains(target)) return 'page';
  return target.closest('button, select, input, a, summary, [role=tab]') ? 'control' : 'page';
}
