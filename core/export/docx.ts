import { Document, HeadingLevel, Packer, Paragraph, ShadingType, TextRun } from 'docx';
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate';
import type { ShareableSegment, ShareableTranscript } from '../redaction/shareable.ts';
import { clockTime } from '../transcript/clockTime.ts';
import { separator } from '../transcript/text.ts';
import type { Exporter } from './exporter.ts';
import { markupContent, tagsOf } from './markup.ts';
import { maskedParts } from './maskedParts.ts';
import { noiseNotice, redactionNotice, withoutNotice } from './notice.ts';
import { SPECIMEN } from './specimen.ts';

const CREATOR = 'Sotto';
/** The same transcript gives the same bytes, and when a file was made is nobody's business. */
const CREATED = '2000-01-01T00:00:00Z';
/** As they stand in docProps/core.xml, whoever speaks in the transcript. */
const OWN_PROPERTIES = new RegExp(
  `<dc:creator>${CREATOR}</dc:creator>|<cp:lastModifiedBy>${CREATOR}</cp:lastModifiedBy>|` +
    `<cp:revision>1</cp:revision>|<dcterms:(?:created|modified) [^>]*>${CREATED}`,
  'g',
);
/** Languages written from right to left. */
const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ps', 'sd', 'ur', 'yi']);

/** Office Open XML document: title, notice, one paragraph a segment with its time and speaker. */
export const docxExporter: Exporter = {
  extension: 'docx',
  mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  render,
  async readBack(bytes) {
    const specimen = partsOf(await render(SPECIMEN));
    const known = new Set([...specimen.values()].flatMap((xml) => [...tagsOf(xml)]));
    const contents = [...partsOf(bytes)].map(([name, xml]) => {
      if (xml === specimen.get(name)) return '';
      const content = xml
        .replace(OWN_PROPERTIES, '')
        .replace(/(<w:rStyle w:val="Time"\/><\/w:rPr><w:t xml:space="preserve">)[\d:]+ (?=<)/g, '$1')
        .replace(/^<\?xml [^>]*>/, '');
      const text = markupContent(content, known, /^<\/?w:(?!p[ >])/);
      return specimen.has(name) ? text : `${name}\n${text}`;
    });
    return withoutNotice(contents.filter((content) => content !== '').join('\n'));
  },
};

async function render(transcript: ShareableTranscript): Promise<Uint8Array> {
  const bidirectional = RIGHT_TO_LEFT.has(transcript.language);
  const document = new Document({
    title: transcript.title,
    creator: CREATOR,
    lastModifiedBy: CREATOR,
    styles: {
      default: {
        document: { run: { font: 'Calibri', size: 22 }, paragraph: { spacing: { after: 160, line: 300 } } },
      },
      paragraphStyles: [{ id: 'Notice', name: 'Notice', run: { italics: true, color: '5A6169' } }],
      characterStyles: [
        { id: 'Time', name: 'Time', run: { color: '5A6169' } },
        { id: 'Speaker', name: 'Speaker', run: { bold: true } },
        {
          id: 'Masked',
          name: 'Masked',
          run: { bold: true, shading: { type: ShadingType.CLEAR, fill: 'D9DCE0', color: 'auto' } },
        },
      ],
    },
    sections: [
      {
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, children: [new TextRun(transcript.title)] }),
          ...[redactionNotice(transcript), noiseNotice(transcript)]
            .filter((sentence) => sentence !== null)
            .map((sentence) => new Paragraph({ style: 'Notice', children: [new TextRun(sentence)] })),
          ...transcript.segments.map(
            (segment) => new Paragraph({ bidirectional, children: runsOf(segment, transcript) }),
          ),
        ],
      },
    ],
  });
  return repack(new Uint8Array(await Packer.toBuffer(document)));
}

function runsOf(
  { start, speaker, words }: ShareableSegment,
  { language, timed }: ShareableTranscript,
): TextRun[] {
  const runs = timed === false ? [] : [new TextRun({ style: 'Time', text: `${clockTime(start)} ` })];
  if (speaker !== null) runs.push(new TextRun({ style: 'Speaker', text: `${speaker}: ` }));
  let plain = '';
  for (const [index, word] of words.entries()) {
    if (index > 0) plain += separator(words[index - 1]!.text, word.text, language);
    if (word.masked === null) {
      plain += word.text;
      continue;
    }
    const { before, alias, after } = maskedParts(word);
    if (plain + before !== '') runs.push(new TextRun(plain + before));
    runs.push(new TextRun({ style: 'Masked', text: alias }));
    plain = after;
  }
  if (plain !== '') runs.push(new TextRun(plain));
  return runs;
}

/** Takes out what docx and the zip format add of their own: the time of making. */
function repack(bytes: Uint8Array): Uint8Array {
  // The zip format stores local time, so a local date is the one that is the same everywhere.
  const mtime = new Date(1980, 0, 1);
  const parts: Zippable = {};
  for (const [name, xml] of partsOf(bytes)) {
    const dated = xml.replace(
      /(<dcterms:(created|modified) [^>]*>)[^<]*/g,
      (_, tag: string) => `${tag}${CREATED}`,
    );
    parts[name] = [strToU8(name === 'docProps/core.xml' ? dated : xml), { mtime }];
  }
  return zipSync(parts);
}

function partsOf(bytes: Uint8Array): Map<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
}
