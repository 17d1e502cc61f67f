import type { ShareableTranscript } from '../redaction/shareable.ts';

export const EXPORT_FORMATS = ['txt', 'md', 'srt', 'vtt', 'json', 'docx', 'csv', 'html'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Writes one file format; each lives in a file of its own and is listed in `formats.ts`. */
export interface Exporter {
  readonly extension: ExportFormat;
  readonly mime: string;
  /** The finished file. */
  render(transcript: ShareableTranscript): Promise<Uint8Array>;
  /** All text a reader of the finished file could see or dig out, for the leak check (docx unzipped, tags kept). */
  readBack(bytes: Uint8Array): Promise<string>;
}
