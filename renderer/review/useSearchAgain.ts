import { useCallback, useEffect, useRef } from 'react';
import { addFound } from '../../core/transcript/found.ts';
import type { Entity, Segment, Transcript } from '../../core/transcript/schema.ts';
import { call } from '../host/client.ts';
import { attempt } from '../host/store.ts';
import type { OpenDocument } from './useDocument.ts';

/** What was typed is searched when the person pauses this long, and before anything leaves. */
const SEARCH_MS = 1500;

/** What was found, with the texts that the words had then. */
interface Found {
  readonly entity: Entity;
  readonly texts: readonly string[];
}

/**
 * Searches paragraphs whose words a person has changed for personal data, and marks what is found there. The marks belong
 * to the typing: undoing it takes them away, and nothing else does.
 * @returns hands every edit to the host and resolves when it is searched. The host lets nothing out before that, whatever
 * the page does; this shows what it found.
 */
export function useSearchAgain(job: string, { transcript, amend, save }: OpenDocument): () => Promise<void> {
  const latest = useRef(transcript);
  latest.current = transcript;
  /** Paragraphs by their id as they were when they were searched last. */
  const searched = useRef<ReadonlyMap<string, Segment> | null>(null);
  const found = useRef<readonly Found[]>([]);

  const settle = useCallback(async () => {
    await save();
    const { current } = latest;
    const edited = current ? editedSince(searched.current, current) : [];
    if (!current || edited.length === 0) return;
    const entities = await call('searchEdited', { job, segments: edited.map(({ id }) => id) });
    searched.current = byId(current);
    const texts = textsOf(current);
    const marked = entities.map((entity) => ({
      entity,
      texts: entity.words.map((word) => texts.get(word) ?? ''),
    }));
    found.current = [...found.current, ...marked];
    amend((now) => addFound(now, marked));
  }, [job, amend, save]);

  useEffect(() => {
    if (transcript === null) return;
    searched.current ??= byId(transcript);
    // A step back may lead to where it was not marked yet.
    const unmarked = missing(transcript, found.current);
    if (unmarked.length > 0) amend((now) => addFound(now, unmarked));
    if (editedSince(searched.current, transcript).length === 0) return;
    const timer = setTimeout(() => void attempt(settle), SEARCH_MS);
    return () => clearTimeout(timer);
  }, [transcript, amend, settle]);
  return settle;
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

function saysTheSame(segment: Segment, before: Segment | undefined): boolean {
  if (segment === before) return true;
  const { words } = segment;
  return (
    before?.words.length === words.length && words.every(({ text }, i) => text === before.words[i]!.text)
  );
}

function byId({ segments }: Transcript): Map<string, Segment> {
  return new Map(segments.map((segment) => [segment.id, segment]));
}

function textsOf(transcript: Transcript): Map<string, string> {
  return new Map(
    transcript.segments.flatMap((segment) => segment.words.map(({ id, text }) => [id, text] as const)),
  );
}
