/** What the side panel is about. */
export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'entity'; readonly id: string }
  /** Neighbouring words, in order. */
  | { readonly kind: 'words'; readonly ids: readonly string[] };

export const NOTHING: Selection = { kind: 'none' };

/** The words that the person has marked with the mouse or the keyboard inside `root`, in order. */
export function markedWords(root: HTMLElement): string[] {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return [];
  const range = selection.getRangeAt(0);
  if (!root.contains(range.commonAncestorContainer)) return [];
  const elements = root.querySelectorAll<HTMLElement>('[data-word]');
  return [...elements].filter((element) => range.intersectsNode(element)).map(({ dataset }) => dataset.word!);
}
