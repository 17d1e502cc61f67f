import { useMemo, useState } from 'react';
import type { Beside } from '../../core/export/export.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../core/export/exporter.ts';
import { maskedEntities, type Policy, type Replacement } from '../../core/redaction/policy.ts';
import { LABELS, type Transcript } from '../../core/transcript/schema.ts';
import type { Job } from '../../electron/contract.ts';
import { copyText } from '../common/copyText.ts';
import { Dialog } from '../common/dialog.tsx';
import { listed } from '../common/format.ts';
import { handOut } from '../common/handOut.ts';
import { Icon } from '../common/icon.tsx';
import { chosenPassphrase, NewPassphraseFields, NO_PASSPHRASE } from '../common/newPassphrase.tsx';
import { call, sentenceOf } from '../host/client.ts';
import { m } from '../messages/messages.ts';
import { BleepPreview } from './bleepPreview.tsx';
import { ExportPreview } from './exportPreview.tsx';
import { FileChoices } from './fileChoices.tsx';
import { stretchesOf } from './stretches.ts';

type Outcome =
  | { readonly kind: 'choosing' | 'working' }
  | { readonly kind: 'done' | 'failed'; readonly sentence: string };

const REPLACEMENTS: readonly Replacement[] = ['alias', 'role', 'kind', 'substitute', 'block'];

/** What to write and how it is masked, beside the beginning of the very file; then how it went. */
export function ExportDialog({
  job,
  transcript,
  policy,
  settle,
  onClose,
}: {
  job: Job;
  transcript: Transcript;
  policy: Policy;
  /** Hands the last edits to the host and resolves when they are searched for personal data. */
  settle: () => Promise<void>;
  onClose: () => void;
}) {
  const [formats, setFormats] = useState<ReadonlySet<ExportFormat>>(new Set(['docx']));
  const [beside, setBeside] = useState<Beside>({ speakers: true, times: true });
  const [audio, setAudio] = useState(false);
  const [audit, setAudit] = useState(false);
  const [map, setMap] = useState(false);
  const [typed, setTyped] = useState(NO_PASSPHRASE);
  const [redacted, setRedacted] = useState(true);
  const [replacement, setReplacement] = useState(policy.replacement);
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'choosing' });
  const working = outcome.kind === 'working';
  const audioRefused = policy.audio === 'refuse';
  const withAudio = audio && redacted && !audioRefused;
  const withMap = map && redacted;
  const passphrase = withMap ? chosenPassphrase(typed) : null;
  const stretches = useMemo(() => stretchesOf(transcript, policy), [transcript, policy]);
  const masked = useMemo(() => maskedEntities(transcript, policy).length, [transcript, policy]);

  const run = async () => {
    setOutcome({ kind: 'working' });
    try {
      await settle();
      const result = await call('exportTranscript', {
        job: job.id,
        formats: EXPORT_FORMATS.filter((format) => formats.has(format)),
        audio: withAudio,
        redacted,
        audit: audit && redacted,
        map: passphrase,
        policy: policy.name,
        replacement,
        ...beside,
      });
      const sentence = handOut(result);
      setOutcome(sentence === null ? { kind: 'choosing' } : { kind: 'done', sentence });
    } catch (error) {
      setOutcome({ kind: 'failed', sentence: sentenceOf(error, m.export.failed) });
    }
  };

  const copy = async () => {
    setOutcome({ kind: 'working' });
    try {
      await settle();
      const file = { job: job.id, redacted, policy: policy.name, replacement, ...beside } as const;
      const { text } = await call('previewExport', { ...file, format: 'txt', whole: true });
      if (!copyText(text)) throw new Error('refused by the browser');
      setOutcome({ kind: 'done', sentence: redacted ? m.export.copiedRedacted : m.export.copiedFull });
    } catch (error) {
      setOutcome({
        kind: 'failed',
        sentence: sentenceOf(error, m.export.copyFailed),
      });
    }
  };

  return (
    <Dialog title={m.export.title} wide onClose={onClose}>
      <div className="two-columns">
        <div className="export-choices">
          <fieldset className="field">
            <legend>{m.export.whatMayBeRead}</legend>
            <label className="choice">
              <input type="radio" name="redacted" checked={redacted} onChange={() => setRedacted(true)} />
              <span>
                {m.export.redacted}
                <small>
                  {masked === 0 ? m.export.nothingMasked : m.export.replacedBy(m.common.spans(masked))}{' '}
                  {stillReadable(transcript, policy)}
                </small>
              </span>
            </label>
            <label className="choice">
              <input type="radio" name="redacted" checked={!redacted} onChange={() => setRedacted(false)} />
              <span>
                {m.export.full}
                <small>{m.export.fullExplanation}</small>
              </span>
            </label>
            {!redacted && (
              <p className="warning" role="status">
                <Icon name="warning" />
                {m.export.fullWarning}
              </p>
            )}
          </fieldset>
          {redacted && (
            <label className="field">
              <span>{m.export.replacement}</span>
              <select
                value={replacement}
                onChange={(event) => setReplacement(event.target.value as Replacement)}
              >
                {REPLACEMENTS.map((style) => (
                  <option key={style} value={style}>
                    {m.replacements[style].name}
                  </option>
                ))}
              </select>
              <small className="muted">{m.replacements[replacement].explanation}</small>
            </label>
          )}
          <FileChoices
            formats={formats}
            onFormats={setFormats}
            beside={beside}
            onBeside={setBeside}
            named={transcript.speakers.length > 0}
          />
          <fieldset className="field">
            <legend>{m.export.beside}</legend>
            <label className="check">
              <input
                type="checkbox"
                checked={withAudio}
                disabled={!redacted || audioRefused}
                onChange={() => setAudio(!audio)}
              />
              {m.export.audio}
            </label>
            {audioRefused && <small className="muted">{m.policyDialog.audio.refuse}</small>}
            {withAudio && <BleepPreview job={job} stretches={stretches} />}
            <label className="check">
              <input
                type="checkbox"
                checked={audit && redacted}
                disabled={!redacted}
                onChange={() => setAudit(!audit)}
              />
              {m.export.audit}
            </label>
            <label className="check">
              <input type="checkbox" checked={withMap} disabled={!redacted} onChange={() => setMap(!map)} />
              {m.export.map}
            </label>
            {withMap && <NewPassphraseFields value={typed} onChange={setTyped} />}
          </fieldset>
        </div>
        <ExportPreview
          file={{ job: job.id, redacted, policy: policy.name, replacement, ...beside }}
          formats={EXPORT_FORMATS.filter((format) => formats.has(format))}
          settle={settle}
        />
      </div>
      <div className="dialog-actions">
        <div role="status" className="export-outcome" data-outcome={outcome.kind}>
          {working && m.export.writing}
          {(outcome.kind === 'done' || outcome.kind === 'failed') && outcome.sentence}
        </div>
        <button
          type="button"
          className="outlined dialog-aside"
          disabled={working}
          onClick={() => void copy()}
        >
          <Icon name="copy" />
          {m.export.copy}
        </button>
        <button type="button" className="outlined" onClick={onClose}>
          {outcome.kind === 'done' ? m.common.close : m.common.cancel}
        </button>
        <button
          type="button"
          className="primary"
          disabled={working || (formats.size === 0 && !withAudio) || (withMap && passphrase === null)}
          onClick={() => void run()}
        >
          {redacted ? m.export.exportRedacted : m.export.exportFull}
        </button>
      </div>
    </Dialog>
  );
}

/** A sentence on what was found and stays readable, by kind; '' where nothing does. */
function stillReadable(transcript: Transcript, policy: Policy): string {
  const masked = new Set(maskedEntities(transcript, policy));
  const open = transcript.entities.filter((entity) => !masked.has(entity));
  const kinds = LABELS.flatMap((label) => {
    const count = open.filter((entity) => entity.label === label).length;
    return count === 0 ? [] : [m.export.kindCount(m.labels[label], count)];
  });
  return kinds.length === 0 ? '' : m.export.stillReadable(listed(kinds));
}
