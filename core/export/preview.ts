import { strFromU8, unzipSync } from 'fflate';
import type { ExportFormat } from './exporter.ts';
import { decodeMarkup } from './markup.ts';

/** Characters of a file that are shown before it is written: a long table or JSON file would fill a window for nothing. */
const MOST_CHARACTERS = 20_000;

/** The beginning of a finished file as a reader sees it. */
export interface Preview {
  readonly text: string;
  /** Of the whole text, in characters. */
  readonly characters: number;
}

/**
 * Reads the beginning of a finished file: text formats as they are, pages and Word documents without their markup.
 * @param whole all of it instead.
 */
export function previewOf(format: ExportFormat, bytes: Uint8Array, whole: boolean): Preview {
  const text = textOf(format, bytes);
  return { text: whole ? text : text.slice(0, MOST_CHARACTERS), characters: text.length };
}

function textOf(format: ExportFormat, bytes: Uint8Array): string {
  if (format === 'docx') {
    const body = unzipSync(bytes, { filter: ({ name }) => name === 'word/document.xml' })[
      'word/document.xml'
    ];
    return withoutTags(strFromU8(body ?? new Uint8Array()).replace(/<\/w:p>|<w:br\/>/g, '\n'));
  }
  const text = new TextDecoder().decode(bytes);
  if (format !== 'html') return text;
  const page = text.slice(text.indexOf('<body>')).replace(/<span class="time">([^<]*)<\/span>/g, '$1  ');
  return withoutTags(page.replace(/<\/(?:p|h1)>/g, '\n'));
}

function withoutTags(markup: string): string {
  return decodeMarkup(markup.replace(/<[^>]*>/g, ''))
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
