import { csvExporter } from './csv.ts';
import { docxExporter } from './docx.ts';
import type { Exporter, ExportFormat } from './exporter.ts';
import { htmlExporter } from './html.ts';
import { jsonExporter } from './json.ts';
import { mdExporter } from './md.ts';
import { srtExporter } from './srt.ts';
import { txtExporter } from './txt.ts';
import { vttExporter } from './vtt.ts';

const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  txt: txtExporter,
  md: mdExporter,
  srt: srtExporter,
  vtt: vttExporter,
  json: jsonExporter,
  docx: docxExporter,
  csv: csvExporter,
  html: htmlExporter,
};

/** What writes and reads back files of a format. */
export function exporterFor(format: ExportFormat): Exporter {
  return EXPORTERS[format];
}
