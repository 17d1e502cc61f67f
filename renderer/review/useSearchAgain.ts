import { useCallback, useEffect, useMemo, useRef } from 'react';
import { flushSync } from 'react-dom';
import { addFound, type Found, foundIn, saysTheSame } from '../../core/transcript/found.ts';
import type { Segment, Transcript } from '../../core/transcript/schema.ts';
import { call } from '../host/client.ts';
import { attempt } from '../host/store.ts';
import type { OpenDocument } from './useDocument.ts';

/** What was typed is searched when the person pauses this long, and before anything leaves. */
const SEARCH_MS = 1500;

/** Whether what was typed is searched yet. */
export interface Typed {
  isSearched(): boolean;
  /** Hands every edit to the host, and resolves when it is searched and what was found is marked. */
  settle(): Promise<void>;
}

/**
 * Searches paragraphs whose words a person has changed for personal data, and marks what is found there. The marks belong
 * to the typing: undoing it takes them away, and nothing else does. The host lets no file out before it has searched what
 * is in it, whatever the page does; this shows what it found.
 */
export function useSearchAgain(job: string, { transcript, amend, save }: OpenDocument): Typed {
  const latest = useRef(transcript);
  latest.current = transcript;
  /** Paragraphs by their id as they were when they were searched last. */
  const searched = useRef<ReadonlyMap<string, Segment> | null>(null);
  const found = useRef<readonly Found[]>([]);

  /** While it is searched what an earlier run saved and did not search any more. */
  const opening = useRef<Promise<void> | null>(null);

  const search = useCallback(
    async (current: Transcript, segments: readonly Segment[]) => {
      const entities = await call('searchEdited', { job, segments: segments.map(({ id }) => id) });
      searched.current = byId(current);
      const marked = foundIn(current, entities);
      found.current = [...found.current, ...marked];
      // Drawn at once: who waits for it looks at the page next.
      if (marked.length > 0) flushSync(() => amend((now) => addFound(now, marked)));
    },
    [job, amend],
  );
  const settle = useCallback(async () => {
    await opening.current;
    await save();
    const { current } = latest;
    const edited = current ? editedSince(searched.current, current) : [];
    if (current && edited.length > 0) await search(current, edited);
  }, [save, search]);

  useEffect(() => {
    if (transcript === null) return;
    if (searched.current === null) {
      searched.current = byId(transcript);
      opening.current = attempt(() => search(transcript, [])).finally(() => {
        opening.current = null;
      });
    }
    // A step back may lead to where it was not marked yet.
    const unmarked = missing(transcript, found.current);
    if (unmarked.length > 0) amend((now) => addFound(now, unmarked));
    if (editedSince(searched.current, transcript).length === 0) return;
    const timer = setTimeout(() => void attempt(settle), SEARCH_MS);
    return () => clearTimeout(timer);
  }, [transcript, amend, search, settle]);
  return useMemo(
    () => ({
      settle,
      isSearched: () =>
        opening.current === null &&
        (latest.current === null || editedSince(searched.current, latest.current).length === 0),
    }),
    [settle],
  );
}

/** What no entity touches: where a person changed a mark, something of it is still there. */
function missing(transcript: Transcript, found: readonly Found[]): Found[] {
  if (found.length === 0) return [];
  const touched = new Set(transcript.entities.flatMap(({ words }) => words));
  return found.filter(({ entity }) => !entity.words.some((word) => touched.has(word)));
}

function editedSince(before: ReadonlyMap<string, Segment> | null, { segments }: Transcript): Segment[] {
  return before === null ? [] : segments.filter((segment) => !saysTheSame(segment, before.get(segment.id)));
}

function byId({ segments }: Transcript): Map<string, Segment> {
  return new Map(segments.map((segment) => [segment.id, segment]));
}
