import { useEffect, useId, useRef, useState } from 'react';
import type { ExportFormat } from '../../core/export/exporter.ts';
import type { CallInput, CallOutput } from '../../electron/contract.ts';
import { Icon } from '../common/icon.tsx';
import { call, sentenceOf } from '../host/client.ts';
import { m } from '../messages/messages.ts';

type Shown =
  | { readonly kind: 'making' }
  | { readonly kind: 'made'; readonly file: CallOutput<'previewExport'> }
  | { readonly kind: 'failed'; readonly sentence: string };

/** The beginning of a file as it would be written, already searched for what must not be in it. */
export function ExportPreview({
  file,
  formats,
  settle,
}: {
  file: Omit<CallInput<'previewExport'>, 'format' | 'whole'>;
  /** Those that are chosen. */
  formats: readonly ExportFormat[];
  settle: () => Promise<void>;
}) {
  const titleId = useId();
  const [wanted, setWanted] = useState<ExportFormat>('docx');
  const format = formats.includes(wanted) ? wanted : (formats[0] ?? wanted);
  const [shown, setShown] = useState<Shown>({ kind: 'making' });
  const { job, redacted, policy, replacement, speakers, times } = file;
  const latest = useRef(settle);
  latest.current = settle;
  useEffect(() => {
    let current = true;
    setShown({ kind: 'making' });
    const show = (next: Shown) => current && setShown(next);
    latest
      .current()
      .then(() => {
        const wanted = { job, redacted, policy, replacement, speakers, times };
        return call('previewExport', { ...wanted, format, whole: false });
      })
      .then(
        (made) => show({ kind: 'made', file: made }),
        (error: unknown) =>
          show({
            kind: 'failed',
            sentence: sentenceOf(error),
          }),
      );
    return () => {
      current = false;
    };
  }, [job, redacted, policy, replacement, speakers, times, format]);
  return (
    <section className="export-preview" aria-labelledby={titleId}>
      <div className="preview-head">
        <h3 id={titleId}>{m.preview.title}</h3>
        {formats.length > 1 && (
          <select
            aria-label={m.preview.format}
            value={format}
            onChange={(event) => setWanted(event.target.value as ExportFormat)}
          >
            {formats.map((one) => (
              <option key={one} value={one}>
                {m.export.names[one]}
              </option>
            ))}
          </select>
        )}
      </div>
      {shown.kind === 'made' ? (
        <>
          <p className="preview-name">{shown.file.name}</p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <pre className="preview-text" dir="auto" tabIndex={0}>
            {shown.file.text}
          </pre>
          {shown.file.characters > shown.file.text.length && (
            <p className="muted">{m.preview.goesOn(shown.file.text.length, shown.file.characters)}</p>
          )}
          <p className="checked" role="status">
            {redacted && (
              <>
                <Icon name="check" />
                {m.preview.checked}
              </>
            )}
          </p>
        </>
      ) : (
        <p className={shown.kind === 'failed' ? 'warning' : 'muted'} role="status">
          {shown.kind === 'failed' ? shown.sentence : m.preview.making}
        </p>
      )}
    </section>
  );
}
