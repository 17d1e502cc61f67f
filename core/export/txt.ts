import { joinWords } from '../transcript/text.ts';
import type { Exporter } from './exporter.ts';

/**
 * Plain text: one paragraph a segment, with its speaker's name where known. Nothing else, so that it can be pasted and
 * counted; the file's name says whether it is redacted.
 */
export const txtExporter: Exporter = {
  extension: 'txt',
  mime: 'text/plain',
  async render(transcript) {
    const paragraphs = transcript.segments.map(({ speaker, words }) => {
      const text = joinWords(
        words.map((word) => word.text),
        transcript.language,
      );
      return `${speaker === null ? '' : `${speaker}: `}${text}\n`;
    });
    return new TextEncoder().encode(paragraphs.join('\n'));
  },
  async readBack(bytes) {
    return new TextDecoder().decode(bytes);
  },
};
