/** An earlier or later state; a linked list, so that a step costs the same after ten edits and after ten thousand. */
interface Step<T> {
  readonly state: T;
  readonly next: Step<T> | null;
}

/** A document with everything that can be undone and redone, without limit. States share what edits left alone. */
export interface History<T> {
  readonly present: T;
  readonly past: Step<T> | null;
  readonly future: Step<T> | null;
}

/** A history that begins with `state`. */
export function startHistory<T>(state: T): History<T> {
  return { present: state, past: null, future: null };
}

/** Makes `state` the present and forgets what was undone; an edit that changed nothing leaves no step. */
export function pushState<T>(history: History<T>, state: T): History<T> {
  if (state === history.present) return history;
  return { present: state, past: { state: history.present, next: history.past }, future: null };
}

/** Goes back one step; at the beginning it returns `history` itself. */
export function undo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  if (past === null) return history;
  return { present: past.state, past: past.next, future: { state: present, next: future } };
}

/** Goes forward one undone step; where nothing was undone it returns `history` itself. */
export function redo<T>(history: History<T>): History<T> {
  const { past, present, future } = history;
  if (future === null) return history;
  return { present: future.state, past: { state: present, next: past }, future: future.next };
}
