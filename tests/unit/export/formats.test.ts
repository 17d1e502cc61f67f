import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { EXPORT_FORMATS } from '../../../core/export/exporter.ts';
import { exporterFor } from '../../../core/export/formats.ts';
import type { ShareableTranscript } from '../../../core/redaction/shareable.ts';
import { anyShareable, segment, shareable, textOf } from './shareable.ts';

const call = shareable([
  segment('Hello [PERSON_1], call [PHONE_1].', 0, 'Speaker 1'),
  segment('Thanks, [PERSON_1]!', 3725, '[PERSON_2]'),
]);
const revealed = shareable([segment('Hello Sarah.', 0)], { redacted: false });

function render(format: (typeof EXPORT_FORMATS)[number], transcript: ShareableTranscript): Promise<string> {
  return textOf(exporterFor(format).render(transcript));
}

async function docxParts(transcript: ShareableTranscript): Promise<Record<string, string>> {
  const parts = unzipSync(await exporterFor('docx').render(transcript));
  return Object.fromEntries(Object.entries(parts).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

/** The paragraphs of a docx as a reader sees them. */
async function docxParagraphs(transcript: ShareableTranscript): Promise<string[]> {
  const xml = (await docxParts(transcript))['word/document.xml']!;
  return [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)].map(([paragraph]) =>
    [...paragraph.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)]
      .map(([, text]) => text!)
      .join('')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&apos;/g, "'")
      .replace(/&amp;/g, '&'),
  );
}

/** RFC 4180, one character at a time. */
function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!;
    if (quoted && character === '"' && text[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (character === '"') quoted = !quoted;
    else if (!quoted && character === ',') {
      rows.at(-1)!.push(cell);
      cell = '';
    } else if (!quoted && character === '\r' && text[at + 1] === '\n') {
      rows.at(-1)!.push(cell);
      cell = '';
      rows.push([]);
      at += 1;
    } else cell += character;
  }
  expect(quoted).toBe(false);
  expect(rows.at(-1)).toEqual([]);
  return rows.slice(0, -1);
}

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

describe.each(EXPORT_FORMATS)('%s', (format) => {
  const exporter = exporterFor(format);

  it('names its format and a media type', () => {
    expect(exporter.extension).toBe(format);
    expect(exporter.mime).toMatch(/^[a-z]+\/[a-z0-9.+-]+$/);
  });

  it('gives the same bytes for the same transcript, whenever and wherever it is written', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2024-02-29T12:00:00Z') });
    vi.stubEnv('TZ', 'America/Los_Angeles');
    const before = await exporter.render(call);
    vi.setSystemTime(new Date('2031-07-01T03:04:06Z'));
    vi.stubEnv('TZ', 'Pacific/Auckland');
    const after = await exporter.render(call);
    expect(Buffer.compare(before, after)).toBe(0);
  });

  it('reads back all that was said and the names of who said it, without a break inside a turn', async () => {
    await fc.assert(
      fc.asyncProperty(anyShareable, async (transcript) => {
        const plain = (text: string) =>
          text.replace(/-->/g, '→').replace(/</g, '‹').replace(/>/g, '›').replace(/\s+/g, '');
        const found = plain(await exporter.readBack(await exporter.render(transcript)));
        for (const { speaker, words } of transcript.segments) {
          expect(found).toContain(plain(words.map(({ text }) => text).join('')));
          if (speaker !== null) expect(found).toContain(plain(speaker));
        }
      }),
      { numRuns: format === 'docx' ? 40 : 100 },
    );
  });

  it('reads back nothing of its own: no tags, field names, notices or times', async () => {
    const found = await exporter.readBack(
      await exporter.render(shareable([segment('x [PERSON_1]', 83.25, 'y')], { title: 'z', duration: 83 })),
    );
    const own = found.match(/[\p{L}\p{N}]+/gu) ?? [];
    expect([...new Set(own)].filter((word) => !['x', 'y', 'z', 'PERSON', '1'].includes(word))).toEqual([]);
  });

  it('can be written for a transcript in which nothing was said', async () => {
    await expect(exporter.render(shareable([]))).resolves.toBeInstanceOf(Uint8Array);
  });
});

describe('txt', () => {
  it('is paragraphs with speakers and nothing else', async () => {
    expect(await render('txt', call)).toBe(
      'Speaker 1: Hello [PERSON_1], call [PHONE_1].\n\n[PERSON_2]: Thanks, [PERSON_1]!\n',
    );
    expect(await render('txt', revealed)).toBe('Hello Sarah.\n');
  });
});

describe('md', () => {
  it('has a title, says what was masked, and gives times and speakers', async () => {
    expect(await render('md', call)).toBe(
      `# meeting.wav

*Redacted by Sotto: 2 × PERSON, 1 × PHONE.*

\`0:00\` **Speaker 1:** Hello [PERSON_1], call [PHONE_1].

\`1:02:05\` **[PERSON_2]:** Thanks, [PERSON_1]!
`,
    );
  });

  it('says when it is not redacted', async () => {
    expect(await render('md', revealed)).toContain(
      '*Not redacted: this file holds everything that was said.*',
    );
  });

  it('escapes what Markdown would take for markup', async () => {
    const text = await render(
      'md',
      shareable([segment('*a* _b_ <script> [c](d) `e` &amp; x|y & \\z', 0, 'A*B')]),
    );
    expect(text).toContain('**A\\*B:** \\*a\\* \\_b\\_ \\<script> \\[c\\](d) \\`e\\` \\&amp; x|y & \\\\z');
  });

  it('escapes what would be markup where no time and no name stands before it', async () => {
    const lines = ['1. first', '- second', '> third', '[PERSON_1]: fourth', '2024 was', 'fifth'];
    const text = await render(
      'md',
      shareable(
        lines.map((line) => segment(line, 0)),
        { timed: false },
      ),
    );
    expect(
      text
        .split('\n\n')
        .slice(2)
        .map((line) => line.trim()),
    ).toEqual(['1\\. first', '\\- second', '\\> third', '\\[PERSON_1]: fourth', '2024 was', 'fifth']);
  });

  it('lets no alias become a link', async () => {
    expect(
      await render('md', shareable([segment('[PERSON_1](http://x) [PERSON_1][y] ([PERSON_1]).', 0)])),
    ).toContain('\\[PERSON\\_1\\](http://x) \\[PERSON\\_1\\]\\[y\\] ([PERSON_1]).');
  });
});

describe('json', () => {
  it('masks in every field and lists the masked spans with times', async () => {
    expect(JSON.parse(await render('json', call))).toEqual({
      format: 'sotto-export',
      version: 1,
      redacted: true,
      counts: { PERSON: 2, PHONE: 1 },
      title: 'meeting.wav',
      duration: 60,
      language: 'en',
      noisy: [],
      segments: [
        {
          start: 0,
          end: 2.3,
          speaker: 'Speaker 1',
          text: 'Hello [PERSON_1], call [PHONE_1].',
          words: [
            { text: 'Hello', start: 0, end: 0.5, confidence: 0.9, label: null },
            { text: '[PERSON_1],', start: 0.6, end: 1.1, confidence: null, label: 'PERSON' },
            { text: 'call', start: 1.2, end: 1.7, confidence: 0.9, label: null },
            { text: '[PHONE_1].', start: 1.8, end: 2.3, confidence: null, label: 'PHONE' },
          ],
          acoustics: null,
        },
        {
          start: 3725,
          end: 3726.1,
          speaker: '[PERSON_2]',
          text: 'Thanks, [PERSON_1]!',
          words: [
            { text: 'Thanks,', start: 3725, end: 3725.5, confidence: 0.9, label: null },
            { text: '[PERSON_1]!', start: 3725.6, end: 3726.1, confidence: null, label: 'PERSON' },
          ],
          acoustics: null,
        },
      ],
      entities: [
        { label: 'PERSON', alias: '[PERSON_1]', start: 0.6, end: 1.1, why: null },
        { label: 'PHONE', alias: '[PHONE_1]', start: 1.8, end: 2.3, why: null },
        { label: 'PERSON', alias: '[PERSON_1]', start: 3725.6, end: 3726.1, why: null },
      ],
    });
  });

  it('says why each span is masked, and what the head listened to under the names that all else has', async () => {
    const { segments } = call;
    const words = segments[0]!.words.map((word) =>
      word.masked?.label === 'PHONE'
        ? {
            ...word,
            masked: {
              ...word.masked,
              why: {
                detector: 'head' as const,
                rule: 'read and heard',
                score: 0.83,
                heard: { start: 1.05, end: 2.4, share: 0.61 },
              },
            },
          }
        : word,
    );
    const file = JSON.parse(
      await render('json', { ...call, segments: [{ ...segments[0]!, words }, ...segments.slice(1)] }),
    );
    expect(file.entities[1].why).toEqual({
      detector: 'head',
      rule: 'read and heard',
      score: 0.83,
      heard: { start: 1.05, end: 2.4, share: 0.61, words: ['[PERSON_1],', 'call', '[PHONE_1].'] },
    });
  });

  it('reads back a value that only the list of words holds', async () => {
    const file = JSON.parse(await render('json', revealed));
    file.segments[0].text = '';
    const bytes = new TextEncoder().encode(JSON.stringify(file));
    expect(await exporterFor('json').readBack(bytes)).toContain('Hello Sarah.');
  });

  it('reads back values under fields that it does not know', async () => {
    const file = { ...JSON.parse(await render('json', call)), original: { deep: ['Sarah Connor'] } };
    const bytes = new TextEncoder().encode(JSON.stringify(file));
    expect(await exporterFor('json').readBack(bytes)).toContain('Sarah Connor');
  });
});

describe('csv', () => {
  it('is a table of segments that spreadsheets take for UTF-8', async () => {
    const text = await render('csv', call);
    expect(text.codePointAt(0)).toBe(0xfeff);
    expect(csvRows(text.slice(1))).toEqual([
      ['start', 'end', 'speaker', 'text', 'masked'],
      ['0.000', '2.300', 'Speaker 1', 'Hello [PERSON_1], call [PHONE_1].', '2'],
      ['3725.000', '3726.100', '[PERSON_2]', 'Thanks, [PERSON_1]!', '1'],
    ]);
  });

  it.each(['=1+1', '+49', '-5', '@SUM(A1)', '＝1+1', '＠x'])(
    'lets no spreadsheet run %s',
    async (formula) => {
      const [, row] = csvRows(await render('csv', shareable([segment(`${formula} x`, 0, formula)])));
      expect(row!.slice(2, 4)).toEqual([`'${formula}`, `'${formula} x`]);
    },
  );

  it('keeps quotes and commas inside their cell', async () => {
    const [, row] = csvRows(await render('csv', shareable([segment('"a", b\'s', 0)])));
    expect(row![3]).toBe('"a", b\'s');
  });
});

describe('html', () => {
  it('shows every word as text, never as markup', async () => {
    const html = await render(
      'html',
      shareable([segment('<script>alert(1)</script> &lt; "x"', 0, '<img/src=x>')], {
        title: '</title><script>',
      }),
    );
    expect(html).not.toMatch(/<script|<img|<\/title><script/i);
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt; "x"');
    expect(html).toContain('<title>&lt;/title&gt;&lt;script&gt;</title>');
  });

  it('allows nothing to be loaded or run, and its own style by hash alone', async () => {
    const html = await render('html', call);
    const style = /<style>([\s\S]*?)<\/style>/.exec(html)![1]!;
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1];
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'`);
    expect(html.replace(style, '')).not.toMatch(/\b(?:src|href|style|on\w+)=|url\(|@import/);
    expect(style).not.toMatch(/url\(|@import/);
    expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<style>'));
  });

  it('closes every tag it opens, in order', async () => {
    await fc.assert(
      fc.asyncProperty(anyShareable, async (transcript) => {
        const open: string[] = [];
        for (const [, slash, name] of (await render('html', transcript)).matchAll(
          /<(\/?)([a-z0-9]+)[^>]*>/g,
        )) {
          if (name === 'meta') continue;
          if (slash === '') open.push(name!);
          else expect(open.pop()).toBe(name);
        }
        expect(open).toEqual([]);
      }),
    );
  });

  it('names its language, marks masked spans, and has styles for dark screens and paper', async () => {
    const html = await render('html', { ...call, language: 'de' });
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('Hello <mark>[PERSON_1]</mark>, call');
    expect(html).toMatch(/@media \(prefers-color-scheme: dark\)/);
    expect(html).toMatch(/@media print/);
  });

  it('reads back what is hidden in a tag, an attribute or a comment that it did not write', async () => {
    const html = (await render('html', call)).replace(
      '</main>',
      '<!-- Sarah --><p title="Connor">x</p><span data-x="Wirral">y</span></main>',
    );
    const found = await exporterFor('html').readBack(new TextEncoder().encode(html));
    for (const value of ['Sarah', 'Connor', 'Wirral']) expect(found).toContain(value);
  });
});

describe('docx', () => {
  it('has a title, a notice, times and speakers', async () => {
    expect(await docxParagraphs(call)).toEqual([
      'meeting.wav',
      'Redacted by Sotto: 2 × PERSON, 1 × PHONE.',
      '0:00 Speaker 1: Hello [PERSON_1], call [PHONE_1].',
      '1:02:05 [PERSON_2]: Thanks, [PERSON_1]!',
    ]);
  });

  it('holds every word of any transcript, escaped', async () => {
    await fc.assert(
      fc.asyncProperty(anyShareable, async (transcript) => {
        const paragraphs = (await docxParagraphs(transcript)).slice(2);
        expect(paragraphs.length).toBe(transcript.segments.length);
        for (const [index, { words }] of transcript.segments.entries()) {
          const said = words
            .map(({ text }) => text)
            .join('')
            .replace(/\s/g, '');
          expect(paragraphs[index]!.replace(/\s/g, '').endsWith(said)).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('has properties that say nothing of the person or the time', async () => {
    const core = (await docxParts(call))['docProps/core.xml']!;
    expect(core).toContain('<dc:creator>Sotto</dc:creator>');
    expect(core).toContain('<cp:lastModifiedBy>Sotto</cp:lastModifiedBy>');
    expect(core.match(/\d{4}-\d\d-\d\dT[^<]*/g)).toEqual(['2000-01-01T00:00:00Z', '2000-01-01T00:00:00Z']);
  });

  it('reads back what is hidden in a part, an attribute or a comment that it did not write', async () => {
    const parts = unzipSync(await exporterFor('docx').render(call));
    const { zipSync, strToU8 } = await import('fflate');
    parts['word/document.xml'] = strToU8(
      strFromU8(parts['word/document.xml']!).replace(
        '<w:sectPr>',
        '<!-- Sarah --><w:p w:rsid="Connor"/><w:sectPr>',
      ),
    );
    parts['customXml/wirral.xml'] = strToU8('<a>Heswall</a>');
    const found = await exporterFor('docx').readBack(zipSync(parts));
    for (const value of ['Sarah', 'Connor', 'wirral', 'Heswall']) expect(found).toContain(value);
  });
});
