import { useEffect, useRef } from 'react';
import { addFound } from '../../core/transcript/found.ts';
import type { Segment, Transcript } from '../../core/transcript/schema.ts';
import { call } from '../host/client.ts';
import { attempt } from '../host/store.ts';
import type { OpenDocument } from './useDocument.ts';

/** What was typed is searched when the person pauses this long. */
const SEARCH_MS = 1500;

/** Searches paragraphs whose words a person has changed for personal data, and marks what is found there. */
export function useSearchAgain(job: string, { transcript, edit, save }: OpenDocument): void {
  /** Paragraphs by their id as they were when they were searched last. */
  const searched = useRef<ReadonlyMap<string, Segment> | null>(null);
  useEffect(() => {
    if (transcript === null) return;
    const segments = new Map(transcript.segments.map((segment) => [segment.id, segment]));
    const before = searched.current;
    if (before === null) {
      searched.current = segments;
      return;
    }
    const edited = transcript.segments.filter((segment) => !saysTheSame(segment, before.get(segment.id)));
    if (edited.length === 0) return;
    const search = async () => {
      await save();
      const found = await call('searchEdited', { job, segments: edited.map(({ id }) => id) });
      searched.current = segments;
      const texts = textsOf(transcript);
      const marked = found.map((entity) => ({
        entity,
        texts: entity.words.map((word) => texts.get(word) ?? ''),
      }));
      if (marked.length > 0) edit((latest) => addFound(latest, marked));
    };
    const timer = setTimeout(() => void attempt(search), SEARCH_MS);
    return () => clearTimeout(timer);
  }, [job, transcript, edit, save]);
}

function saysTheSame(segment: Segment, before: Segment | undefined): boolean {
  if (segment === before) return true;
  const { words } = segment;
  return (
    before?.words.length === words.length && words.every(({ text }, i) => text === before.words[i]!.text)
  );
}

function textsOf(transcript: Transcript): Map<string, string> {
  return new Map(
    transcript.segments.flatMap((segment) => segment.words.map(({ id, text }) => [id, text] as const)),
  );
}
