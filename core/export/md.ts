import { clockTime } from '../transcript/clockTime.ts';
import { joinWords } from '../transcript/text.ts';
import type { Exporter } from './exporter.ts';
import { noiseNotice, redactionNotice, withoutNotice } from './notice.ts';

/** Markdown (CommonMark): title, notice, one paragraph a segment with its time and speaker. */
export const mdExporter: Exporter = {
  extension: 'md',
  mime: 'text/markdown',
  async render(transcript) {
    const paragraphs = transcript.segments.map(({ start, speaker, words }) => {
      const text = joinWords(
        words.map((word) => escapeMarkdown(word.text)),
        transcript.language,
      );
      const time = transcript.timed === false ? [] : [`\`${clockTime(start)}\``];
      const name = speaker === null ? [] : [`**${escapeMarkdown(speaker)}:**`];
      const lead = [...time, ...name];
      return `${lead.length === 0 ? escapeLineStart(text) : [...lead, text].join(' ')}\n`;
    });
    const head = `# ${escapeMarkdown(transcript.title)}\n\n*${redactionNotice(transcript)}*\n`;
    const noise = noiseNotice(transcript);
    const notices = noise === null ? [head] : [head, `*${noise}*\n`];
    return new TextEncoder().encode([...notices, ...paragraphs].join('\n'));
  },
  async readBack(bytes) {
    return withoutNotice(new TextDecoder().decode(bytes))
      .replace(/^`\d+:\d\d(?::\d\d)?`/gm, '')
      .replace(/\*\*/g, '')
      .replace(/\\(.)/g, '$1');
  },
};

/** Escapes what means something only where a line begins: lists, quotes, headings, and what an alias would define. */
function escapeLineStart(text: string): string {
  return text.replace(/^(\d*)(?=[-+>=[.)])/, '$1\\');
}

/**
 * Escapes what CommonMark and GitHub's dialect give a meaning inside a line; what means something only at a line's
 * beginning is escaped where no time or name stands before it. Aliases stay as they are: in brackets alone nothing is a
 * link, and `[PERSON_1]` can be searched for.
 */
export function escapeMarkdown(text: string): string {
  return text
    .split(/(\[[A-Z]+(?:_[A-Z]+)*_\d+\](?![([]))/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_[\]<~#]|&(?=[#\w])/g, '\\$&')))
    .join('');
}
