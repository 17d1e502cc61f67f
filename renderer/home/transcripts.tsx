import { useEffect, useRef, useState } from 'react';
import type { Job } from '../../electron/contract.ts';
import { Blank } from '../common/blank.tsx';
import { Confirm } from '../common/confirm.tsx';
import { clock, day, languageName } from '../common/format.ts';
import { Icon } from '../common/icon.tsx';
import { call } from '../host/client.ts';
import { attempt } from '../host/store.ts';
import { told } from '../messages/failures.ts';
import { m } from '../messages/messages.ts';
import { SaveSound } from './saveSound.tsx';

/** Waiting for the next letter before the texts are searched. */
const TYPING_MS = 200;

/** Finished transcripts, the newest first, with a search over their names and texts. */
export function Transcripts({
  jobs,
  query,
  onQuery,
  onOpen,
  lastOpen,
  kept,
}: {
  jobs: readonly Job[];
  query: string;
  onQuery: (query: string) => void;
  onOpen: (job: string, query: string) => void;
  lastOpen: string | null;
  /** Whether they stay when the program ends. */
  kept: boolean;
}) {
  const places = usePlaces(query);
  const [removing, setRemoving] = useState<Job | null>(null);
  const wanted = query.trim().toLowerCase();
  const shown = jobs
    .filter(({ id, name, folder }) =>
      wanted === '' ? true : `${folder} ${name}`.toLowerCase().includes(wanted) || places.has(id),
    )
    .sort((a, b) => b.added - a.added);
  return (
    <section className="home-transcripts" aria-labelledby="transcripts-title">
      <div className="section-bar">
        <h2 id="transcripts-title" className="section-title">
          {m.transcripts.title}
        </h2>
        <label className="search-field">
          <Icon name="find" />
          <span className="only-heard">{m.transcripts.search}</span>
          <input
            type="search"
            className="text-field"
            placeholder={m.transcripts.search}
            value={query}
            onChange={(event) => onQuery(event.target.value)}
          />
        </label>
      </div>
      {!kept && (
        <p className="warning">
          <Icon name="warning" />
          {m.home.notKept}
        </p>
      )}
      <p className="only-heard" role="status">
        {wanted === '' ? '' : m.transcripts.shown(shown.length)}
      </p>
      {shown.length === 0 ? (
        <Blank icon="find" title={m.transcripts.nothingFound(query)} />
      ) : (
        <ul className="queue">
          {shown.map((job) => (
            <TranscriptCard
              key={job.id}
              job={job}
              places={places.get(job.id) ?? 0}
              onOpen={(search) => onOpen(job.id, search ? query : '')}
              onRemove={() => setRemoving(job)}
              focus={job.id === lastOpen}
            />
          ))}
        </ul>
      )}
      {removing && (
        <Confirm
          title={m.transcripts.removeTitle}
          text={
            removing.recorded ? m.record.removeText(removing.name) : m.transcripts.removeText(removing.name)
          }
          answer={m.transcripts.remove}
          onAnswer={() => void attempt(() => call('removeJob', { job: removing.id }))}
          onClose={() => setRemoving(null)}
        />
      )}
    </section>
  );
}

function TranscriptCard({
  job,
  places,
  onOpen,
  onRemove,
  focus,
}: {
  job: Job;
  /** Where the searched text is said. */
  places: number;
  onOpen: (search: boolean) => void;
  onRemove: () => void;
  focus: boolean;
}) {
  const { name, folder, summary, warnings, added } = job;
  const open = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (focus) open.current?.focus();
  }, [focus]);
  return (
    <li className="job" aria-label={name}>
      <div className="job-text">
        <p className="job-name">
          <button ref={open} type="button" className="job-open" onClick={() => onOpen(false)}>
            {name}
          </button>
          {folder !== '' && <span className="job-folder">{folder}</span>}
        </p>
        <p className="job-status">
          {day(added)} · {summary ? summaryText(summary) : m.queueList.done}
        </p>
        {warnings.map((warning) => (
          <p key={warning} className="job-status job-warning">
            {told(warning)}
          </p>
        ))}
        {places > 0 && (
          <button type="button" className="link" onClick={() => onOpen(true)}>
            {m.transcripts.places(places)}
          </button>
        )}
      </div>
      <div className="job-actions">
        {job.recorded && <SaveSound job={job} />}
        <button
          type="button"
          className="outlined"
          aria-label={m.transcripts.reviewNamed(name)}
          onClick={() => onOpen(false)}
        >
          {m.transcripts.review}
        </button>
        <button
          type="button"
          className="plain"
          aria-label={m.transcripts.removeNamed(name)}
          title={m.transcripts.remove}
          onClick={onRemove}
        >
          <Icon name="trash" />
        </button>
      </div>
    </li>
  );
}

function summaryText({ duration, words, language, masked }: NonNullable<Job['summary']>): string {
  if (words === 0) return `${clock(duration)} · ${m.transcripts.noSpeech}`;
  return [
    clock(duration),
    languageName(language),
    m.common.words(words),
    m.transcripts.masked(m.common.spans(masked)),
  ].join(' · ');
}

/** In how many places each transcript says the query. */
function usePlaces(query: string): ReadonlyMap<string, number> {
  const [places, setPlaces] = useState<ReadonlyMap<string, number>>(new Map());
  useEffect(() => {
    if (query.trim() === '') {
      setPlaces(new Map());
      return;
    }
    let wanted = true;
    const timer = setTimeout(() => {
      void attempt(async () => {
        const found = await call('searchTranscripts', { query: query.trim() });
        if (wanted) setPlaces(new Map(found.map(({ job, places: count }) => [job, count])));
      });
    }, TYPING_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [query]);
  return places;
}
