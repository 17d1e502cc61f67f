import { captions } from './captions.ts';
import type { Exporter } from './exporter.ts';
import { captionTime } from './times.ts';

/** SubRip captions. The format has no comments, so only the file's name says whether it is redacted. */
export const srtExporter: Exporter = {
  extension: 'srt',
  mime: 'application/x-subrip',
  async render(transcript) {
    const cues = captions(transcript, true).map(({ start, end, lines }, index) => {
      const text = lines.map(plainLine).join('\n');
      return `${index + 1}\n${captionTime(start, ',')} --> ${captionTime(end, ',')}\n${text}\n`;
    });
    return new TextEncoder().encode(cues.join('\n'));
  },
  async readBack(bytes) {
    return new TextDecoder()
      .decode(bytes)
      .replace(/^\d+\n\d{2,}:\d\d:\d\d,\d{3} --> \d{2,}:\d\d:\d\d,\d{3}\n/gm, '')
      .replace(/\n+/g, ' ');
  },
};

/** SubRip has no escapes: an arrow would be read as a time line, and angle brackets as styling that vanishes. */
function plainLine(line: string): string {
  return line.replace(/-->/g, '→').replace(/</g, '‹').replace(/>/g, '›');
}
