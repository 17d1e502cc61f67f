import { useState } from 'react';
import { EXPORT_FORMATS, type ExportFormat } from '../../core/export/exporter.ts';
import type { PolicyName } from '../../core/redaction/policy.ts';
import type { ExportResult } from '../../electron/contract.ts';
import { Dialog } from '../common/dialog.tsx';
import { Icon } from '../common/icon.tsx';
import { call, HostError } from '../host/client.ts';
import { m } from '../messages/messages.ts';

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
      setOutcome({ kind: 'failed', sentence: error instanceof HostError ? error.message : m.export.failed });
    }
  };

  return (
    <Dialog title={m.export.title} onClose={onClose}>
      <fieldset className="field">
        <legend>{m.export.whatMayBeRead}</legend>
        <label className="choice">
          <input type="radio" name="redacted" checked={redacted} onChange={() => setRedacted(true)} />
          <span>
            {m.export.redacted}
            <small>
              {masked === 0 ? m.export.nothingMasked : m.export.replacedBy(m.common.spans(masked))}
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
      <fieldset className="field">
        <legend>{m.export.formats}</legend>
        <div className="format-grid">
          {EXPORT_FORMATS.map((format) => (
            <label key={format} className="check">
              <input type="checkbox" checked={formats.has(format)} onChange={() => toggle(format)} />
              {m.export.names[format]}
            </label>
          ))}
          <label className="check">
            <input
              type="checkbox"
              checked={audio && redacted}
              disabled={!redacted}
              onChange={() => setAudio(!audio)}
            />
            {m.export.audio}
          </label>
        </div>
      </fieldset>
      <div role="status" className="export-outcome" data-outcome={outcome.kind}>
        {working && m.export.writing}
        {(outcome.kind === 'done' || outcome.kind === 'failed') && outcome.sentence}
      </div>
      <div className="dialog-actions">
        <button type="button" className="outlined" onClick={onClose}>
          {outcome.kind === 'done' ? m.common.close : m.common.cancel}
        </button>
        <button
          type="button"
          className="primary"
          disabled={working || (formats.size === 0 && !(audio && redacted))}
          onClick={() => void run()}
        >
          {redacted ? m.export.exportRedacted : m.export.exportFull}
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
      sentence: m.export.saved(result.folder, result.files.join(', ')),
    };
  for (const { name, url } of result.downloads) download(name, url);
  const names = result.downloads.map(({ name }) => name);
  return { kind: 'done', sentence: m.export.downloaded(names.join(', ')) };
}

function download(name: string, url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
