import { Dialog } from '../common/dialog.tsx';
import { languageName, megabytes } from '../common/format.ts';
import { policyChoices } from '../common/policies.ts';
import { type AppView, attempt, changeSettings } from '../host/store.ts';

/** What applies to recordings added from now on; every choice is kept at once. */
export function SettingsDialog({ app, onClose }: { app: AppView; onClose: () => void }) {
  const { settings, packs } = app;
  const pack = packs.find(({ name }) => name === settings.pack);
  const change = (part: Partial<typeof settings>) =>
    void attempt(() => changeSettings({ ...settings, ...part }));
  const languages = [...(pack?.languages ?? [])].sort((a, b) =>
    languageName(a).localeCompare(languageName(b)),
  );
  return (
    <Dialog title="Settings" onClose={onClose}>
      <p className="muted">These apply to recordings that start from now on.</p>
      <label className="field">
        <span>Language spoken</span>
        <select
          value={settings.language ?? ''}
          onChange={(event) => change({ language: event.target.value || null })}
        >
          <option value="">Detect it</option>
          {languages.map((code) => (
            <option key={code} value={code}>
              {languageName(code)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>Model</span>
        <select
          value={settings.pack}
          onChange={(event) => change({ pack: event.target.value, language: null })}
        >
          {!pack && <option value={settings.pack}>{settings.pack} (not installed)</option>}
          {packs.map(({ name, bytes, languages: spoken }) => (
            <option key={name} value={name}>
              {`${name}, ${spoken.length === 1 ? languageName(spoken[0]!) : `${spoken.length} languages`}, ${megabytes(bytes)}`}
            </option>
          ))}
        </select>
      </label>
      <fieldset className="field">
        <legend>What is masked</legend>
        {policyChoices().map(({ policy, name, explanation }) => (
          <label key={policy} className="choice">
            <input
              type="radio"
              name="policy"
              checked={settings.policy === policy}
              onChange={() => change({ policy })}
            />
            <span>
              {name}
              <small>{explanation}</small>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="dialog-actions">
        <button type="button" className="primary" onClick={onClose}>
          Done
        </button>
      </div>
    </Dialog>
  );
}
