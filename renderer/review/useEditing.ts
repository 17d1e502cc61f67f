import { useState } from 'react';
import { type FindOptions, findText } from '../../core/transcript/find.ts';
import { type Retyped, retypeSegment } from '../../core/transcript/retype.ts';
import type { Segment, Transcript } from '../../core/transcript/schema.ts';
import { mergeSegments, splitSegment } from '../../core/transcript/segments.ts';
import { foldWord } from '../../core/transcript/text.ts';
import type { Caret, EditEnd } from './paragraphEditor.tsx';

/** The paragraph that is being edited. */
export interface Editing {
  readonly segment: string;
  readonly caret: Caret;
  /** Another one for each time that editing begins. */
  readonly round: number;
}

/** A word that was corrected and stands elsewhere, too. */
export interface AlsoWritten {
  readonly before: string;
  readonly after: string;
  readonly places: number;
}

export const SAME_WORD: FindOptions = { matchCase: false, wholeWords: true };

export interface EditingState {
  readonly editing: Editing | null;
  readonly also: AlsoWritten | null;
  begin(segment: string, caret: Caret): void;
  /** Takes over what was typed. @returns the word at the caret, if the person ended with the keyboard. */
  end(segment: string, retyped: Retyped[], how: EditEnd): string | null;
  forget(): void;
}

/** Which paragraph is edited, and what its end does to the transcript. */
export function useEditing(
  transcript: Transcript,
  edit: (change: (transcript: Transcript) => Transcript) => void,
): EditingState {
  const [editing, setEditing] = useState<Editing | null>(null);
  const [also, setAlso] = useState<AlsoWritten | null>(null);
  const begin = (segment: string, caret: Caret) =>
    setEditing((current) => ({ segment, caret, round: (current?.round ?? 0) + 1 }));
  return {
    editing,
    also,
    begin,
    forget: () => setAlso(null),
    end(id, retyped, how) {
      const retypedDocument = retypeSegment(transcript, id, retyped);
      const { document, next } = carryOn(retypedDocument, id, how);
      edit(() => document);
      const before = transcript.segments.find((segment) => segment.id === id);
      const after = retypedDocument.segments.find((segment) => segment.id === id);
      if (retypedDocument !== transcript) setAlso(alsoWritten(retypedDocument, before, after));
      if (next) begin(next.segment, next.caret);
      else setEditing(null);
      if (how.kind !== 'done') return null;
      return after?.words[Math.max(0, Math.min(how.at, after.words.length) - 1)]?.id ?? null;
    },
  };
}

/** What the key that ended editing does, and where editing goes on. */
function carryOn(
  transcript: Transcript,
  id: string,
  how: EditEnd,
): { document: Transcript; next: { segment: string; caret: Caret } | null } {
  const { segments } = transcript;
  const index = segments.findIndex((segment) => segment.id === id);
  const segment = segments[index];
  if (!segment) return { document: transcript, next: null };
  if (how.kind === 'split') {
    const word = segment.words[how.at];
    if (!word || how.at === 0) return { document: transcript, next: null };
    const document = splitSegment(transcript, word.id);
    return { document, next: { segment: document.segments[index + 1]!.id, caret: { after: 0 } } };
  }
  const first =
    how.kind === 'joinBefore' ? segments[index - 1] : how.kind === 'joinAfter' ? segment : undefined;
  if (!first) return { document: transcript, next: null };
  const document = mergeSegments(transcript, first.id);
  return { document, next: { segment: first.id, caret: { after: first.words.length } } };
}

/** Where one word was put in the place of one other: how often the old one still stands elsewhere. */
function alsoWritten(
  transcript: Transcript,
  before: Segment | undefined,
  after: Segment | undefined,
): AlsoWritten | null {
  if (!before || before.words.length !== after?.words.length) return null;
  const changed = before.words.flatMap((word, index) => {
    const now = after.words[index]!;
    return now.id === word.id && now.text === word.text ? [] : [[core(word.text), core(now.text)] as const];
  });
  const [old, typed] = changed[0] ?? ['', ''];
  if (changed.length !== 1 || old === '' || typed === '' || foldWord(old) === foldWord(typed)) return null;
  const places = findText(transcript, old, SAME_WORD).length;
  return places === 0 ? null : { before: old, after: typed, places };
}

/** A word without the punctuation around it. */
function core(text: string): string {
  return text.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu, '');
}
