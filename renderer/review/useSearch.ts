import { useEffect, useMemo, useState } from 'react';
import { type FindOptions, findText, type Match, replacementsFor } from '../../core/transcript/find.ts';
import { replaceRuns } from '../../core/transcript/replace.ts';
import type { Transcript } from '../../core/transcript/schema.ts';

interface Wanted extends FindOptions {
  readonly query: string;
  readonly replacement: string;
}

const NOTHING_WANTED: Wanted = { query: '', replacement: '', matchCase: false, wholeWords: false };

/** Find and replace over a whole transcript. */
export interface Search {
  /** Which of the two fields was asked for; null while it is closed. */
  readonly open: 'find' | 'replace' | null;
  readonly wanted: Wanted;
  readonly matches: readonly Match[];
  /** Index of the current match. */
  readonly at: number;
  /** All words in which something is found. */
  readonly found: ReadonlySet<string>;
  show(field: 'find' | 'replace', wanted?: Partial<Wanted>): void;
  change(wanted: Partial<Wanted>): void;
  step(step: 1 | -1): void;
  replace(): void;
  replaceAll(): void;
  close(): void;
}

/** @param go brings a match into view. */
export function useSearch(
  transcript: Transcript,
  edit: (change: (transcript: Transcript) => Transcript) => void,
  go: (match: Match) => void,
  onClose: () => void,
): Search {
  const [open, setOpen] = useState<'find' | 'replace' | null>(null);
  const [wanted, setWanted] = useState(NOTHING_WANTED);
  const [at, setAt] = useState(0);
  const matches = useMemo(
    () => (open === null ? [] : findText(transcript, wanted.query, wanted)),
    [open, transcript, wanted],
  );
  const found = useMemo(() => new Set(matches.flatMap(({ words }) => words)), [matches]);
  const here = matches.length === 0 ? 0 : Math.min(at, matches.length - 1);
  const current = matches[here];
  // A new match shows itself: after typing, stepping, and replacing the one before.
  const place = current?.words.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when another place becomes the current one
  useEffect(() => {
    if (current && place) go(current);
  }, [place]);

  return {
    open,
    wanted,
    matches,
    at: here,
    found,
    show(field, part) {
      setOpen(field);
      if (part) setWanted((before) => ({ ...before, ...part }));
    },
    change(part) {
      setWanted((before) => ({ ...before, ...part }));
      if (part.replacement === undefined) setAt(0);
    },
    step: (step) => setAt((here + step + matches.length) % Math.max(matches.length, 1)),
    replace() {
      if (!current) return;
      edit((latest) => replaceRuns(latest, replacementsFor(latest, [current], wanted.replacement)));
      // Where the new text holds the old one it is found again: go on behind it.
      const holdsItself = findsItself(wanted);
      if (holdsItself) setAt((here + 1) % matches.length);
    },
    replaceAll() {
      edit((latest) =>
        replaceRuns(
          latest,
          replacementsFor(latest, findText(latest, wanted.query, wanted), wanted.replacement),
        ),
      );
    },
    close() {
      setOpen(null);
      onClose();
    },
  };
}

function findsItself({ query, replacement, matchCase }: Wanted): boolean {
  const fold = (text: string) => (matchCase ? text : text.toLowerCase());
  return fold(replacement).includes(fold(query));
}
