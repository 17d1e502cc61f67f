import type { Beside } from '../../core/export/export.ts';
import type { ExportFormat } from '../../core/export/exporter.ts';
import { m } from '../messages/messages.ts';

/** What people ask for first comes first. */
const SHOWN: readonly ExportFormat[] = ['docx', 'txt', 'html', 'md', 'srt', 'vtt', 'csv', 'json'];
/** Formats that read as well without the time of each paragraph. */
const TIMES_OPTIONAL: readonly ExportFormat[] = ['md', 'docx', 'html'];

/** Which files are written, and what stands in them beside the words. */
export function FileChoices({
  formats,
  onFormats,
  beside,
  onBeside,
  named,
}: {
  formats: ReadonlySet<ExportFormat>;
  onFormats: (formats: ReadonlySet<ExportFormat>) => void;
  beside: Beside;
  onBeside: (beside: Beside) => void;
  /** Whether the transcript knows who speaks. */
  named: boolean;
}) {
  const toggle = (format: ExportFormat) => {
    const next = new Set(formats);
    if (!next.delete(format)) next.add(format);
    onFormats(next);
  };
  return (
    <>
      <fieldset className="field">
        <legend>{m.export.formats}</legend>
        <div className="format-grid">
          {SHOWN.map((format) => (
            <label key={format} className="check">
              <input type="checkbox" checked={formats.has(format)} onChange={() => toggle(format)} />
              {m.export.names[format]}
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="field">
        <legend>{m.export.inThem}</legend>
        <div className="format-grid">
          <label className="check">
            <input
              type="checkbox"
              checked={beside.speakers && named}
              disabled={!named}
              onChange={() => onBeside({ ...beside, speakers: !beside.speakers })}
            />
            {m.export.speakers}
          </label>
          <label className="check" title={m.export.timesHint}>
            <input
              type="checkbox"
              checked={beside.times}
              disabled={!TIMES_OPTIONAL.some((format) => formats.has(format))}
              onChange={() => onBeside({ ...beside, times: !beside.times })}
            />
            {m.export.times}
          </label>
        </div>
      </fieldset>
    </>
  );
}
