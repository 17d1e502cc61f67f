import { type KeyboardEvent, useEffect, useRef } from 'react';
import { Icon } from '../common/icon.tsx';
import { m } from '../messages/messages.ts';
import type { Search } from './useSearch.ts';

/** Find and replace, under the bar of the page; Enter goes to the next place, Escape closes. */
export function FindBar({ search, focusReplacement }: { search: Search; focusReplacement: boolean }) {
  const query = useRef<HTMLInputElement>(null);
  const replacement = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it opens or is asked for again
  useEffect(() => {
    const field = focusReplacement && search.wanted.query !== '' ? replacement.current : query.current;
    field?.focus();
    field?.select();
  }, [focusReplacement]);
  const { wanted, matches, at } = search;
  const key = (event: KeyboardEvent) => {
    if (event.key === 'Escape') search.close();
    else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) {
      if (event.target === replacement.current && !event.shiftKey) search.replace();
      else search.step(event.shiftKey ? -1 : 1);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: <search> is unknown to the test runtime's Chromium 108
    <div role="search" className="find-bar" aria-label={m.find.name} onKeyDown={key}>
      <input
        ref={query}
        type="text"
        className="text-field"
        aria-label={m.find.what}
        placeholder={m.find.what}
        value={wanted.query}
        onChange={(event) => search.change({ query: event.target.value })}
      />
      <p className="find-count" role="status">
        {wanted.query === '' ? '' : matches.length === 0 ? m.find.none : m.find.found(at + 1, matches.length)}
      </p>
      <Step icon="up" name={m.find.previous} search={search} step={-1} />
      <Step icon="down" name={m.find.next} search={search} step={1} />
      {(['matchCase', 'wholeWords'] as const).map((how) => (
        <label key={how} className="check">
          <input
            type="checkbox"
            checked={wanted[how]}
            onChange={(event) => search.change({ [how]: event.target.checked })}
          />
          {m.find[how]}
        </label>
      ))}
      <span className="find-replace">
        <input
          ref={replacement}
          type="text"
          className="text-field"
          aria-label={m.find.replacement}
          placeholder={m.find.replacement}
          value={wanted.replacement}
          onChange={(event) => search.change({ replacement: event.target.value })}
        />
        {(['replace', 'replaceAll'] as const).map((what) => (
          <button
            key={what}
            type="button"
            className="outlined"
            disabled={matches.length === 0}
            onClick={() => search[what]()}
          >
            {m.find[what]}
          </button>
        ))}
      </span>
      <button type="button" className="plain" aria-label={m.find.close} onClick={search.close}>
        <Icon name="cancel" />
      </button>
    </div>
  );
}

/** Goes to the next place, or the one before. */
function Step({
  icon,
  name,
  search,
  step,
}: {
  icon: 'up' | 'down';
  name: string;
  search: Search;
  step: 1 | -1;
}) {
  return (
    <button
      type="button"
      className="plain"
      aria-label={name}
      disabled={search.matches.length === 0}
      onClick={() => search.step(step)}
    >
      <Icon name={icon} />
    </button>
  );
}
