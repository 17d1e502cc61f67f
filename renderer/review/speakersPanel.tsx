import { useMemo } from 'react';
import type { Transcript } from '../../core/transcript/schema.ts';
import { Icon } from '../common/icon.tsx';
import { m } from '../messages/messages.ts';
import type { Stretch } from './usePlayback.ts';

export interface SpeakerActions {
  add(): void;
  rename(speaker: string, name: string): void;
  /** Null for none. */
  role(speaker: string, role: string | null): void;
  merge(from: string, into: string): void;
  hear(stretch: Stretch): void;
}

/** Seconds of a sample of somebody's voice. */
const SAMPLE_SECONDS = 6;

/** Who speaks: names that change everywhere at once, how much each says, a sample to hear, and merging two into one. */
export function SpeakersPanel({ transcript, actions }: { transcript: Transcript; actions: SpeakerActions }) {
  const said = useMemo(() => wordsBySpeaker(transcript), [transcript]);
  const { speakers } = transcript;
  return (
    <section className="panel-section" aria-labelledby="speakers-title">
      <h2 id="speakers-title" className="panel-title">
        {m.speakers.title}
      </h2>
      {speakers.length === 0 && <p className="muted">{m.speakers.nobody}</p>}
      <ol className="speakers">
        {speakers.map(({ id, name, role = '' }, place) => {
          const { count, sample } = said.get(id) ?? { count: 0, sample: null };
          return (
            <li key={id} className="speaker" data-voice={place % 8}>
              <span className="speaker-number" aria-hidden="true">
                {place + 1}
              </span>
              <input
                // The name may also change by undo; then the field starts anew.
                key={name}
                type="text"
                className="text-field"
                aria-label={m.speakers.nameOf(name)}
                defaultValue={name}
                onBlur={({ target }) => {
                  if (target.value.trim() === '') target.value = name;
                  else if (target.value !== name) actions.rename(id, target.value);
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') event.currentTarget.value = name;
                  if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
                }}
              />
              <button
                type="button"
                className="plain"
                aria-label={m.speakers.hear(name)}
                disabled={sample === null}
                onClick={() => sample && actions.hear(sample)}
              >
                <Icon name="hear" />
              </button>
              <input
                key={`role ${role}`}
                type="text"
                className="text-field speaker-role"
                list="roles"
                maxLength={60}
                aria-label={m.speakers.roleOf(name)}
                placeholder={m.speakers.role}
                defaultValue={role}
                onBlur={({ target }) => {
                  if (target.value.trim() !== role) actions.role(id, target.value.trim() || null);
                }}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') event.currentTarget.value = role;
                  if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
                }}
              />
              <span className="speaker-share">{m.speakers.share(count)}</span>
              {speakers.length > 1 && (
                <select
                  aria-label={m.speakers.mergeInto(name)}
                  value=""
                  onChange={(event) => actions.merge(id, event.target.value)}
                >
                  <option value="">{m.speakers.merge}</option>
                  {speakers
                    .filter((other) => other.id !== id)
                    .map((other) => (
                      <option key={other.id} value={other.id}>
                        {other.name}
                      </option>
                    ))}
                </select>
              )}
            </li>
          );
        })}
      </ol>
      <datalist id="roles">
        {Object.values(m.roles).map((role) => (
          <option key={role} value={role} />
        ))}
      </datalist>
      <div className="panel-actions">
        <button type="button" className="outlined" onClick={actions.add}>
          <Icon name="add" />
          {m.speakers.add}
        </button>
      </div>
    </section>
  );
}

interface Said {
  readonly count: number;
  /** Their longest turn's beginning. */
  readonly sample: Stretch | null;
}

function wordsBySpeaker({ segments }: Transcript): Map<string, Said> {
  const said = new Map<string, Said & { longest: number }>();
  for (const { words } of segments) {
    const speaker = words[0]?.speaker ?? null;
    if (speaker === null) continue;
    const { start } = words[0]!;
    const { end } = words[words.length - 1]!;
    const known = said.get(speaker) ?? { count: 0, longest: 0, sample: null };
    const count = known.count + words.length;
    if (end - start > known.longest) {
      const sample = { start, end: Math.min(end, start + SAMPLE_SECONDS) };
      said.set(speaker, { count, longest: end - start, sample });
    } else said.set(speaker, { ...known, count });
  }
  return said;
}
