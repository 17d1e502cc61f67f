import { useCallback, useEffect, useRef, useState } from 'react';
import { type History, pushState, redo, startHistory, undo } from '../../core/transcript/history.ts';
import type { Transcript } from '../../core/transcript/schema.ts';
import { call, sentenceOf } from '../host/client.ts';
import { attempt } from '../host/store.ts';
import { m } from '../messages/messages.ts';

/** Edits are saved when the person pauses this long, and before an export or leaving the page. */
const SAVE_MS = 500;

/** A transcript under review. */
export interface OpenDocument {
  /** Null while it is fetched. */
  readonly transcript: Transcript | null;
  /** Why it cannot be shown, a sentence. */
  readonly error: string | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  edit(change: (transcript: Transcript) => Transcript): void;
  /** Changes what is there now without a step to undo. */
  amend(change: (transcript: Transcript) => Transcript): void;
  undo(): void;
  redo(): void;
  /** Resolves when the host has every edit. */
  save(): Promise<void>;
}

/** Fetches a job's transcript, keeps its history and saves its edits. */
export function useDocument(
  job: string,
  /** What is done to it before it is shown, as an edit that cannot be undone. */
  prepare: (transcript: Transcript) => Transcript,
): OpenDocument {
  const [history, setHistory] = useState<History<Transcript> | null>(null);
  const [error, setError] = useState<string | null>(null);
  const latest = useRef<Transcript | null>(null);
  const saved = useRef<Transcript | null>(null);
  const prepared = useRef(prepare);
  prepared.current = prepare;

  useEffect(() => {
    call('openTranscript', { job }).then(
      (transcript) => {
        saved.current = transcript;
        setHistory(startHistory(prepared.current(transcript)));
      },
      (cause: unknown) => setError(sentenceOf(cause, m.review.cannotOpen)),
    );
  }, [job]);

  const amend = useCallback((change: (transcript: Transcript) => Transcript) => {
    setHistory((current) => {
      if (!current) return current;
      const present = change(current.present);
      return present === current.present ? current : { ...current, present };
    });
  }, []);
  const save = useCallback(async () => {
    const transcript = latest.current;
    if (transcript === null || transcript === saved.current) return;
    const { case: now } = await call('saveTranscript', { job, transcript });
    const followed = inCase(transcript, now);
    saved.current = followed;
    // Meanwhile other recordings of the case may have taken numbers; that is no edit, so it leaves no step.
    if (followed !== transcript) amend((present) => (present === transcript ? followed : present));
  }, [job, amend]);

  const present = history?.present ?? null;
  latest.current = present;
  useEffect(() => {
    if (present === null || present === saved.current) return;
    const timer = setTimeout(() => void attempt(save), SAVE_MS);
    return () => clearTimeout(timer);
  }, [present, save]);
  useEffect(() => () => void attempt(save), [save]);

  const step = useCallback((next: (history: History<Transcript>) => History<Transcript>) => {
    setHistory((current) => current && next(current));
  }, []);
  return {
    transcript: present,
    error,
    canUndo: history?.past != null,
    canRedo: history?.future != null,
    amend,
    edit: useCallback((change) => step((current) => pushState(current, change(current.present))), [step]),
    undo: useCallback(() => step(undo), [step]),
    redo: useCallback(() => step(redo), [step]),
    save,
  };
}

/** The transcript as the host has it now; itself where nothing is new. */
function inCase(transcript: Transcript, now: Transcript['case'] | null): Transcript {
  if (!now || JSON.stringify(now) === JSON.stringify(transcript.case)) return transcript;
  return { ...transcript, case: now };
}
