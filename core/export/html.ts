import type { ShareableTranscript } from '../redaction/shareable.ts';
import { clockTime } from '../transcript/clockTime.ts';
import { separator } from '../transcript/text.ts';
import type { Exporter } from './exporter.ts';
import { escapeMarkup, markupContent, tagsOf } from './markup.ts';
import { maskedParts } from './maskedParts.ts';
import { noiseNotice, redactionNotice, withoutNotice } from './notice.ts';
import { htmlPage } from './page.ts';
import { SPECIMEN } from './specimen.ts';

const STYLE = `
:root { color-scheme: light dark; --ink: #1d2125; --quiet: #5a6169; --page: #ffffff; --mask: #1d2125; --masked: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e8ea; --quiet: #a3abb3; --page: #16181b; --mask: #e6e8ea; --masked: #16181b; }
}
body { margin: 2rem auto; max-width: 42rem; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; color: var(--ink); background: var(--page); }
h1 { font-size: 1.5rem; line-height: 1.25; overflow-wrap: anywhere; }
.notice, .time { color: var(--quiet); }
.time { font-variant-numeric: tabular-nums; margin-right: 0.5rem; }
.speaker { font-weight: 600; }
p { overflow-wrap: anywhere; }
mark { padding: 0 0.25em; border-radius: 0.25em; background: var(--mask); color: var(--masked); }
@media print {
  body { margin: 0; max-width: none; color: #000000; background: #ffffff; }
  mark { background: none; color: #000000; border: 1px solid #000000; }
  p { break-inside: avoid; }
}
`;

/** A page that stands alone: no script, nothing loaded, light and dark, fit to print. */
export const htmlExporter: Exporter = {
  extension: 'html',
  mime: 'text/html',
  async render(transcript) {
    return new TextEncoder().encode(page(transcript));
  },
  async readBack(bytes) {
    const html = new TextDecoder()
      .decode(bytes)
      .replace(STYLE, '')
      .replace(/<span class="time">[\d:]+<\/span>/g, '')
      .replace(/^<html lang="[a-z]{2,3}">$/m, '');
    return withoutNotice(markupContent(html, tagsOf(page(SPECIMEN)), /^<\/?(?:mark|span)\b/));
  },
};

function page(transcript: ShareableTranscript): string {
  const title = escapeMarkup(transcript.title);
  const language = /^[a-z]{2,3}$/.test(transcript.language) ? transcript.language : 'und';
  const notices = [redactionNotice(transcript), noiseNotice(transcript)].map(notice).join('');
  const paragraphs = transcript.segments.map((segment) => paragraph(segment, transcript)).join('');
  const body = `<main>\n<h1 dir="auto">${title}</h1>\n${notices}${paragraphs}</main>`;
  return htmlPage({ language, title, style: STYLE, body });
}

function notice(sentence: string | null): string {
  return sentence === null ? '' : `<p class="notice" lang="en">${escapeMarkup(sentence)}</p>\n`;
}

function paragraph(
  segment: ShareableTranscript['segments'][number],
  { language, timed }: ShareableTranscript,
): string {
  const time = timed === false ? '' : `<span class="time">${clockTime(segment.start)}</span>`;
  const speaker =
    segment.speaker === null ? '' : `<span class="speaker">${escapeMarkup(segment.speaker)}:</span> `;
  const text = segment.words.reduce((line, word, index) => {
    const blank = index === 0 ? '' : separator(segment.words[index - 1]!.text, word.text, language);
    if (word.masked === null) return line + blank + escapeMarkup(word.text);
    const { before, alias, after } = maskedParts(word);
    return `${line}${blank}${escapeMarkup(before)}<mark>${escapeMarkup(alias)}</mark>${escapeMarkup(after)}`;
  }, '');
  return `<p dir="auto">${time}${speaker}${text}</p>\n`;
}
