import { type KeyboardEvent, useEffect, useLayoutEffect, useRef } from 'react';
import type { Retyped } from '../../core/transcript/retype.ts';
import { labelHue } from '../common/labels.ts';
import { m } from '../messages/messages.ts';
import { punctuationAround, type SegmentLayout } from './layout.ts';

/** Parts words of languages that are written without blanks, so that each keeps its time; seen by nobody. */
const SEAM = '\u200b';

/** Why editing ended, and what is to happen next. */
export type EditEnd =
  /** `at` counts the words before the caret; `left`: the person went elsewhere with the mouse or Tab. */
  | { readonly kind: 'done' | 'left' | 'split'; readonly at: number }
  | { readonly kind: 'joinBefore' | 'joinAfter' };

/** Where the caret begins: selecting a word, or after so many words of the paragraph. */
export type Caret = { readonly word: string } | { readonly after: number };

/**
 * A paragraph as an editable text. Masked spans stand in it as one piece that can be deleted, not typed into; the span
 * whose original is shown is text like any other and stays masked.
 */
export function ParagraphEditor({
  segment,
  revealed,
  caret,
  onEnd,
}: {
  segment: SegmentLayout;
  revealed: string;
  caret: Caret;
  onEnd: (retyped: Retyped[], end: EditEnd) => void;
}) {
  const root = useRef<HTMLDivElement>(null);
  const ended = useRef(false);
  const latest = useRef(onEnd);
  latest.current = onEnd;

  const end = (how: EditEnd['kind']) => {
    if (ended.current || !root.current) return;
    ended.current = true;
    const at = caretPlace(root.current);
    const joins = how === 'joinBefore' || how === 'joinAfter';
    latest.current(retypedOf(root.current), joins ? { kind: how } : { kind: how, at });
  };
  const endOnce = useRef(end);
  endOnce.current = end;

  // The browser owns what is inside: React would undo what is typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: built once, when editing begins
  useLayoutEffect(() => {
    const element = root.current!;
    element.replaceChildren(...contents(segment, revealed));
    element.focus({ preventScroll: true });
    placeCaret(element, caret);
    // Chips hold what is masked: dragged elsewhere they would leave it readable.
    const refuse = (event: Event) => event.preventDefault();
    element.addEventListener('dragstart', refuse);
    element.addEventListener('drop', refuse);
    return () => {
      element.removeEventListener('dragstart', refuse);
      element.removeEventListener('drop', refuse);
    };
  }, []);
  useEffect(() => {
    // Leaving the window keeps what was typed, too.
    const leave = () => endOnce.current('left');
    window.addEventListener('pagehide', leave);
    return () => window.removeEventListener('pagehide', leave);
  }, []);

  const key = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const element = root.current!;
    if (event.key === 'Escape') end('done');
    else if (event.key === 'Enter') end('split');
    else if (event.key === 'Backspace' && atEdge(element, 'start')) end('joinBefore');
    else if (event.key === 'Delete' && atEdge(element, 'end')) end('joinAfter');
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a textarea cannot hold masked spans
    <div
      ref={root}
      className="paragraph-editor"
      role="textbox"
      aria-multiline="true"
      aria-label={m.review.editing}
      contentEditable="plaintext-only"
      suppressContentEditableWarning
      tabIndex={0}
      spellCheck={false}
      onKeyDown={key}
      onBlur={() => end('left')}
    />
  );
}

/** The nodes of a paragraph: a span a word, masked spans as one uneditable piece. */
function contents(segment: SegmentLayout, revealed: string): Node[] {
  return segment.pieces.flatMap((piece, index) => {
    const nodes: Node[] = [];
    if (index > 0) nodes.push(document.createTextNode(piece.blank === '' ? SEAM : piece.blank));
    if (piece.kind === 'word') nodes.push(textNode(piece.word.text, piece.word.id));
    else if (piece.entity.id === revealed) nodes.push(textNode(piece.original, piece.words[0]!));
    else {
      const chip = document.createElement('span');
      const { before, after } = punctuationAround(piece.original);
      chip.className = 'chip';
      chip.contentEditable = 'false';
      chip.dataset.hue = labelHue(piece.entity.label);
      chip.dataset.words = piece.words.join(' ');
      chip.textContent = before + piece.alias.replace(/^\[|\]$/g, '') + after;
      nodes.push(chip);
    }
    return nodes;
  });
}

function textNode(text: string, word: string): HTMLSpanElement {
  const span = document.createElement('span');
  span.dataset.editedWord = word;
  span.textContent = text;
  return span;
}

/** What stands in an element now, one entry a word. */
function retypedOf(element: Node): Retyped[] {
  const retyped: Retyped[] = [];
  let text = '';
  const flush = () => {
    for (const word of text.split(new RegExp(`[\\s${SEAM}]+`, 'u')))
      if (word !== '') retyped.push({ text: word });
    text = '';
  };
  const walk = (node: Node) => {
    if (node instanceof HTMLElement && node.dataset.words !== undefined) {
      flush();
      retyped.push({ words: node.dataset.words.split(' ') });
    } else if (node.nodeType === Node.TEXT_NODE) text += node.textContent ?? '';
    else if (node.nodeName === 'BR') text += ' ';
    else node.childNodes.forEach(walk);
  };
  walk(element);
  flush();
  return retyped;
}

/** Words before the caret, a masked span counting as all of its words. */
function caretPlace(element: HTMLElement): number {
  const selection = window.getSelection();
  if (!selection?.rangeCount) return 0;
  const before = document.createRange();
  before.selectNodeContents(element);
  const { startContainer, startOffset } = selection.getRangeAt(0);
  if (!element.contains(startContainer)) return 0;
  before.setEnd(startContainer, startOffset);
  return retypedOf(before.cloneContents()).reduce(
    (sum, piece) => sum + ('words' in piece ? piece.words.length : 1),
    0,
  );
}

function atEdge(element: HTMLElement, edge: 'start' | 'end'): boolean {
  const selection = window.getSelection();
  if (!selection?.isCollapsed || selection.rangeCount === 0) return false;
  const { startContainer, startOffset } = selection.getRangeAt(0);
  const rest = document.createRange();
  rest.selectNodeContents(element);
  if (edge === 'start') rest.setEnd(startContainer, startOffset);
  else rest.setStart(startContainer, startOffset);
  return retypedOf(rest.cloneContents()).length === 0;
}

function placeCaret(element: HTMLElement, caret: Caret): void {
  const selection = window.getSelection();
  const range = document.createRange();
  if ('word' in caret) {
    const word = element.querySelector(`[data-edited-word="${caret.word}"]`);
    if (word) range.selectNodeContents(word);
    else range.selectNodeContents(element);
    if (!word) range.collapse(true);
  } else {
    range.setStart(element, 0);
    let left = caret.after;
    for (const node of element.childNodes) {
      if (left <= 0) break;
      if (node instanceof HTMLElement) left -= node.dataset.words?.split(' ').length ?? 1;
      range.setStartAfter(node);
    }
    range.collapse(true);
  }
  selection?.removeAllRanges();
  selection?.addRange(range);
}
