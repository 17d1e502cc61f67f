import { type RefObject, useEffect, useRef } from 'react';
import { type Command, commandOf, placeOf } from './shortcuts.ts';

export type Commands = Readonly<Record<Command, (event: KeyboardEvent) => unknown>>;

/** Runs the commands of the review's keys, wherever the focus is, except in a dialog. */
export function useKeys(
  commands: Commands,
  transcript: RefObject<HTMLElement | null>,
  letters: boolean,
): void {
  const latest = useRef(commands);
  latest.current = commands;
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing) return;
      if (document.querySelector('dialog[open]')) return;
      const command = commandOf(event, placeOf(event.target, transcript.current), letters);
      if (!command) return;
      event.preventDefault();
      latest.current[command](event);
    };
    window.addEventListener('keydown', key);
    return () => window.removeEventListener('keydown', key);
  }, [transcript, letters]);
}
