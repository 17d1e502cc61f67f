import { captions } from './captions.ts';
import type { Exporter } from './exporter.ts';
import { decodeMarkup, escapeMarkup } from './markup.ts';
import { redactionNotice, withoutNotice } from './notice.ts';
import { captionTime } from './times.ts';

/** WebVTT captions with voices; a note at the top says whether they are redacted. */
export const vttExporter: Exporter = {
  extension: 'vtt',
  mime: 'text/vtt',
  async render(transcript) {
    const cues = captions(transcript, false).map(({ start, end, speaker, lines }) => {
      const voice = speaker === null ? '' : `<v ${escapeMarkup(speaker)}>`;
      const text = lines.map(escapeMarkup).join('\n');
      return `\n${captionTime(start, '.')} --> ${captionTime(end, '.')}\n${voice}${text}\n`;
    });
    return new TextEncoder().encode(`WEBVTT\n\nNOTE ${redactionNotice(transcript)}\n${cues.join('')}`);
  },
  async readBack(bytes) {
    const content = withoutNotice(new TextDecoder().decode(bytes))
      .replace(/^WEBVTT\n\nNOTE/, '')
      .replace(/^\d{2,}:\d\d:\d\d\.\d{3} --> \d{2,}:\d\d:\d\d\.\d{3}\n/gm, '');
    // Voices apart from the text: between two cues of a turn they would tear a value in two.
    const voice = /^<v ([^<>]*)>/gm;
    const voices = [...content.matchAll(voice)].map(([, name]) => name);
    const text = content.replace(voice, '').replace(/\n+/g, ' ');
    return decodeMarkup([text, ...voices].join('\n'));
  },
};
