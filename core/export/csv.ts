import { joinWords } from '../transcript/text.ts';
import type { Exporter } from './exporter.ts';
import { milliseconds } from './times.ts';

const HEADER = 'start,end,speaker,text,masked';
/** Excel takes a file for UTF-8 only with this in front; pandas and readr skip it. */
const BYTE_ORDER_MARK = '\ufeff';

/**
 * RFC 4180 table for analysis: one row a segment, times in seconds, the last column the number of masked spans. A
 * comment line would break the table, so only that column and the file's name say that it is redacted.
 */
export const csvExporter: Exporter = {
  extension: 'csv',
  mime: 'text/csv',
  async render(transcript) {
    const rows = transcript.segments.map(({ start, end, speaker, words }) => {
      const text = joinWords(
        words.map((word) => word.text),
        transcript.language,
      );
      const masked = words.filter((word) => word.masked !== null).length;
      return [seconds(start), seconds(end), cell(speaker ?? ''), cell(text), String(masked)].join(',');
    });
    return new TextEncoder().encode(`${BYTE_ORDER_MARK}${[HEADER, ...rows, ''].join('\r\n')}`);
  },
  async readBack(bytes) {
    return new TextDecoder()
      .decode(bytes)
      .replace(HEADER, '')
      .replace(/^\d+\.\d{3},\d+\.\d{3},/gm, '')
      .replace(/,\d+(?=\r$)/gm, '')
      .replace(/""/g, '"');
  },
};

function seconds(value: number): string {
  return (milliseconds(value) / 1000).toFixed(3);
}

/**
 * A quoted cell. Spreadsheets run a cell that begins with = + - @ (also in full width), tab or carriage return as a
 * formula, so an apostrophe goes before it (OWASP, "CSV Injection").
 */
function cell(text: string): string {
  const guarded = /^[=+\-@＝＋－＠\t\r]/.test(text) ? `'${text}` : text;
  return `"${guarded.replace(/"/g, '""')}"`;
}
