/** What the side panel is about. */
export type Selection =
  | { readonly kind: 'none' }
  | { readonly kind: 'entity'; readonly id: string }
  /** Neighbouring words, in order; masked ones among them. `backwards`: Shift with arrows moves the first, not the last. */
  | { readonly kind: 'words'; readonly ids: readonly string[]; readonly backwards?: boolean };

export const NOTHING: Selection = { kind: 'none' };
