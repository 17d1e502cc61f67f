import { useState } from 'react';
import { EXPORT_FORMATS, type ExportFormat } from '../../core/export/exporter.ts';
import type { PolicyName } from '../../core/redaction/policy.ts';
import type { ExportResult } from '../../electron/contract.ts';
import { Dialog } from '../common/dialog.tsx';
import { counted } from '../common/format.ts';
import { Icon } from '../common/icon.tsx';
import { call, HostError } from '../host/client.ts';

const FORMATS: Readonly<Record<ExportFormat, string>> = {
  txt: 'Text',
  md: 'Markdown',
  srt: 'Captions (SRT)',
  vtt: 'Captions (WebVTT)',
  json: 'JSON, with words and times',
  docx: 'Word',
  csv: 'Table (CSV)',
  html: 'Web page',
};

type Outcome =
  | { readonly kind: 'choosing' | 'working' }
  | { readonly kind: 'done' | 'failed'; readonly sentence: string };

/** What to write, whether redacted, and how it went. */
export function ExportDialog({
  job,
  policy,
  masked,
  save,
  onClose,
}: {
  job: string;
  policy: PolicyName;
  /** Masked spans under the policy. */
  masked: number;
  /** Hands the last edits to the host. */
  save: () => Promise<void>;
  onClose: () => void;
}) {
  const [formats, setFormats] = useState<ReadonlySet<ExportFormat>>(new Set(['docx']));
  const [audio, setAudio] = useState(false);
  const [redacted, setRedacted] = useState(true);
  const [outcome, setOutcome] = useState<Outcome>({ kind: 'choosing' });
  const working = outcome.kind === 'working';

  const toggle = (format: ExportFormat) => {
    const next = new Set(formats);
    if (!next.delete(format)) next.add(format);
    setFormats(next);
  };
  const run = async () => {
    setOutcome({ kind: 'working' });
    try {
      await save();
      const chosen = EXPORT_FORMATS.filter((format) => formats.has(format));
      const withAudio = audio && redacted;
      const result = await call('exportTranscript', {
        job,
        formats: chosen,
        audio: withAudio,
        redacted,
        policy,
      });
      setOutcome(outcomeOf(result));
    } catch (error) {
      const unexpected = 'The export failed; nothing was written. Try again.';
      setOutcome({ kind: 'failed', sentence: error instanceof HostError ? error.message : unexpected });
    }
  };

  return (
    <Dialog title="Export" onClose={onClose}>
      <fieldset className="field">
        <legend>What may be read in it</legend>
        <label className="choice">
          <input type="radio" name="redacted" checked={redacted} onChange={() => setRedacted(true)} />
          <span>
            Redacted
            <small>
              {masked === 0
                ? 'Nothing is masked under this policy.'
                : `${counted(masked, 'span')} replaced by aliases; each file is read back and checked before it is kept.`}
            </small>
          </span>
        </label>
        <label className="choice">
          <input type="radio" name="redacted" checked={!redacted} onChange={() => setRedacted(false)} />
          <span>
            Full
            <small>Everything that was said, nothing masked.</small>
          </span>
        </label>
        {!redacted && (
          <p className="warning" role="status">
            <Icon name="warning" />
            These files will hold every name and number that was said. Keep them where only you can read them.
          </p>
        )}
      </fieldset>
      <fieldset className="field">
        <legend>Formats</legend>
        <div className="format-grid">
          {EXPORT_FORMATS.map((format) => (
            <label key={format} className="check">
              <input type="checkbox" checked={formats.has(format)} onChange={() => toggle(format)} />
              {FORMATS[format]}
            </label>
          ))}
          <label className="check">
            <input
              type="checkbox"
              checked={audio && redacted}
              disabled={!redacted}
              onChange={() => setAudio(!audio)}
            />
            Audio with bleeps (WAV)
          </label>
        </div>
      </fieldset>
      <div role="status" className="export-outcome" data-outcome={outcome.kind}>
        {working && 'Writing…'}
        {(outcome.kind === 'done' || outcome.kind === 'failed') && outcome.sentence}
      </div>
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={onClose}>
          {outcome.kind === 'done' ? 'Close' : 'Cancel'}
        </button>
        <button
          type="button"
          className="primary"
          disabled={working || (formats.size === 0 && !(audio && redacted))}
          onClick={() => void run()}
        >
          {redacted ? 'Export redacted' : 'Export everything'}
        </button>
      </div>
    </Dialog>
  );
}

function outcomeOf(result: ExportResult): Outcome {
  if (result.kind === 'dismissed') return { kind: 'choosing' };
  if (result.kind === 'saved')
    return {
      kind: 'done',
      sentence: `Written to the folder “${result.folder}”: ${result.files.join(', ')}.`,
    };
  for (const { name, url } of result.downloads) download(name, url);
  const names = result.downloads.map(({ name }) => name);
  return { kind: 'done', sentence: `Handed to your browser’s downloads: ${names.join(', ')}.` };
}

function download(name: string, url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
