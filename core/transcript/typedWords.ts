import type { TimeSpan } from '../audio/timeSpan.ts';

/** Control characters and lone surrogates: no script uses them, and XML (docx) cannot hold them. */
const unwritable = /[\p{Cc}\p{Cs}\uFFFE\uFFFF]+/gu;

/** The words of a typed or recognised text: split at blanks, without control characters; [] for a blank text. */
export function splitTypedText(text: string): string[] {
  return text
    .replace(unwritable, ' ')
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/** A name on one line: blanks collapsed, control characters gone; '' when nothing is left. */
export function singleLine(text: string): string {
  return splitTypedText(text).join(' ');
}

/**
 * Shares a span among words in proportion to their length in characters, the best guess without listening again.
 * The first begins and the last ends exactly where the span does.
 */
export function shareTime(span: TimeSpan, words: readonly string[]): TimeSpan[] {
  const lengths = words.map((word) => [...word].length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  let before = 0;
  let start = span.start;
  return lengths.map((length, index) => {
    before += length;
    const even = span.start + ((span.end - span.start) * before) / total;
    // min: rounding must not carry a word past the span's end.
    const end = index === lengths.length - 1 ? span.end : Math.min(Math.max(even, start), span.end);
    const share = { start, end };
    start = end;
    return share;
  });
}
