import { useEffect, useRef } from 'react';
import type { Settings } from '../../electron/contract.ts';
import { languageName } from '../common/format.ts';
import { PolicyPicker } from '../common/policyPicker.tsx';
import { type AppView, attempt, changeSettings, refresh } from '../host/store.ts';
import { m } from '../messages/messages.ts';
import { OwnPolicies } from './ownPolicies.tsx';
import { PackList } from './packList.tsx';
import { Page } from './page.tsx';
import { Storage } from './storage.tsx';
import { WayBack } from './wayBack.tsx';

/** Everything that can be chosen; every choice is kept at once. */
export function SettingsPage({ app, onClose }: { app: AppView; onClose: () => void }) {
  const { settings, packs } = app;
  // Packs were measured since the window opened.
  useEffect(() => void attempt(refresh), []);
  const pack = packs.find(({ name }) => name === settings.pack);
  const change = (part: Partial<Settings>) => void attempt(() => changeSettings({ ...settings, ...part }));
  const languages = [...(pack?.languages ?? [])].sort((a, b) =>
    languageName(a).localeCompare(languageName(b)),
  );
  return (
    <Page title={m.settings.title} onClose={onClose}>
      <section className="card" aria-labelledby="recognition-title">
        <h2 id="recognition-title">{m.settings.recognition}</h2>
        <p className="muted">{m.settings.fromNowOn}</p>
        <label className="field">
          <span>{m.settings.language}</span>
          <select
            value={settings.language ?? ''}
            onChange={(event) => change({ language: event.target.value || null })}
          >
            <option value="">{m.settings.detect}</option>
            {languages.map((code) => (
              <option key={code} value={code}>
                {languageName(code)}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{m.settings.model}</span>
          <select
            value={settings.pack}
            onChange={(event) => change({ pack: event.target.value, language: null })}
          >
            {!pack && <option value={settings.pack}>{m.settings.notInstalled(settings.pack)}</option>}
            {packs.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <label className="field">
          <span>{m.settings.threads}</span>
          <select
            value={settings.threads ?? ''}
            onChange={(event) => change({ threads: Number(event.target.value) || null })}
          >
            <option value="">{m.settings.automatic}</option>
            {[1, 2, 4, 6, 8, 12, 16].map((threads) => (
              <option key={threads} value={threads}>
                {threads}
              </option>
            ))}
          </select>
        </label>
      </section>

      <section className="card" aria-labelledby="masking-title">
        <h2 id="masking-title">{m.settings.masking}</h2>
        <PolicyPicker
          settings={settings}
          chosen={settings.policy}
          legend={m.settings.whatIsMasked}
          onChoose={(policy) => change({ policy })}
        />
        <OwnPolicies settings={settings} />
        {!app.keepsTranscripts && <p className="muted">{m.settings.listsNotKept}</p>}
        <WordList
          name={m.settings.alwaysMask}
          explanation={m.settings.alwaysMaskHint}
          words={settings.alwaysMask}
          onChange={(alwaysMask) => change({ alwaysMask })}
        />
        <WordList
          name={m.settings.neverMask}
          explanation={m.settings.neverMaskHint}
          words={settings.neverMask}
          onChange={(neverMask) => change({ neverMask })}
        />
        <label className="choice">
          <input
            type="checkbox"
            checked={settings.hints}
            onChange={(event) => change({ hints: event.target.checked })}
          />
          <span>
            {m.settings.hints}
            <small>{m.settings.hintsHint}</small>
          </span>
        </label>
      </section>

      <PackList packs={packs} canAdd={app.runtime === 'electron'} />

      <section className="card" aria-labelledby="look-title">
        <h2 id="look-title">{m.settings.look}</h2>
        <label className="field">
          <span>{m.settings.interfaceLanguage}</span>
          <select
            value={settings.interfaceLanguage}
            onChange={(event) =>
              change({ interfaceLanguage: event.target.value as Settings['interfaceLanguage'] })
            }
          >
            <option value="system">{m.settings.asComputer}</option>
            <option value="en" lang="en">
              English
            </option>
            <option value="zh" lang="zh-Hans">
              简体中文
            </option>
          </select>
        </label>
        {app.runtime === 'electron' && (
          <label className="field">
            <span>{m.settings.theme}</span>
            <select
              value={settings.theme}
              onChange={(event) => change({ theme: event.target.value as Settings['theme'] })}
            >
              <option value="system">{m.settings.asComputer}</option>
              <option value="light">{m.settings.light}</option>
              <option value="dark">{m.settings.dark}</option>
            </select>
          </label>
        )}
        <label className="check">
          <input
            type="checkbox"
            checked={settings.letterShortcuts}
            onChange={(event) => change({ letterShortcuts: event.target.checked })}
          />
          {m.shortcuts.singleLetters}
        </label>
      </section>

      <WayBack />

      <Storage protection={app.protection} canProtect={app.runtime === 'electron'} />
    </Page>
  );
}

/** Words and phrases, one a line; kept when the person goes on elsewhere. */
function WordList({
  name,
  explanation,
  words,
  onChange,
}: {
  name: string;
  explanation: string;
  words: readonly string[];
  onChange: (words: string[]) => void;
}) {
  const field = useRef<HTMLTextAreaElement>(null);
  const text = words.join('\n');
  const commit = useRef(() => {});
  commit.current = () => {
    const lines = (field.current?.value ?? '').split('\n').map((line) => line.trim().slice(0, 200));
    const typed = [...new Set(lines.filter((line) => line !== ''))];
    if (typed.join('\n') !== text) onChange(typed);
  };
  // Escape and going back leave the page without leaving the field first.
  useEffect(() => () => commit.current(), []);
  return (
    <label className="field">
      <span>{name}</span>
      <small className="muted">{explanation}</small>
      <textarea
        ref={field}
        key={text}
        className="text-field"
        rows={4}
        defaultValue={text}
        spellCheck={false}
        onBlur={() => commit.current()}
      />
    </label>
  );
}
