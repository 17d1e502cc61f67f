import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { srtExporter } from '../../../core/export/srt.ts';
import { vttExporter } from '../../../core/export/vtt.ts';
import type { ShareableTranscript } from '../../../core/redaction/shareable.ts';
import { anyShareable, segment, shareable, textOf, word } from './shareable.ts';

interface ParsedCue {
  start: number;
  end: number;
  lines: string[];
}

function ms(clock: string): number {
  const [, hours, minutes, seconds, rest] = /^(\d{2,}):(\d\d):(\d\d)[,.](\d{3})$/.exec(clock)!;
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(rest);
}

/** Reads SubRip as its players do: blocks of number, times and text between blank lines. */
async function srt(transcript: ShareableTranscript): Promise<ParsedCue[]> {
  const text = await textOf(srtExporter.render(transcript));
  const blocks = text === '' ? [] : text.replace(/\n$/, '').split('\n\n');
  return blocks.map((block, index) => {
    const [number, times, ...lines] = block.split('\n');
    expect(number).toBe(String(index + 1));
    const [start, end] = times!.split(' --> ');
    return { start: ms(start!), end: ms(end!), lines };
  });
}

/** Reads WebVTT: blocks after the header; a note is none of them; character references resolved. */
async function vtt(transcript: ShareableTranscript): Promise<(ParsedCue & { voice: string | null })[]> {
  const text = await textOf(vttExporter.render(transcript));
  const [header, ...blocks] = text.replace(/\n$/, '').split('\n\n');
  expect(header).toBe('WEBVTT');
  const decode = (line: string) =>
    line
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&#39;/g, "'")
      .replace(/&amp;/g, '&');
  return blocks
    .filter((block) => !block.startsWith('NOTE'))
    .map((block) => {
      const [times, ...lines] = block.split('\n');
      const [start, end] = times!.split(' --> ');
      const voice = /^<v ([^>]*)>/.exec(lines[0]!);
      if (voice) lines[0] = lines[0]!.slice(voice[0].length);
      for (const line of lines) expect(line).not.toMatch(/[<>]/);
      return {
        start: ms(start!),
        end: ms(end!),
        voice: voice === null ? null : decode(voice[1]!),
        lines: lines.map(decode),
      };
    });
}

/** Columns: East Asian characters take two, combining marks none. */
function columns(line: string): number {
  return [...line.normalize('NFC')].reduce((sum, character) => {
    if (/\p{M}/u.test(character)) return sum;
    const code = character.codePointAt(0)!;
    const wide = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]/u.test(character);
    return sum + (wide || (code >= 0x3000 && code <= 0x303f) || (code >= 0xff01 && code <= 0xff60) ? 2 : 1);
  }, 0);
}

describe('captions', () => {
  it.each([
    ['srt', srt],
    ['vtt', vtt],
  ] as const)('of any transcript are readable, in order and never overlap (%s)', async (_, read) => {
    await fc.assert(
      fc.asyncProperty(anyShareable, async (transcript) => {
        let cursor = 0;
        for (const { start, end, lines } of await read(transcript)) {
          expect(start).toBeGreaterThanOrEqual(cursor);
          expect(end).toBeGreaterThan(start);
          expect(end - start).toBeLessThanOrEqual(6000);
          expect(lines.length).toBeGreaterThanOrEqual(1);
          expect(lines.length).toBeLessThanOrEqual(2);
          for (const line of lines) expect(columns(line)).toBeLessThanOrEqual(42);
          cursor = end;
        }
      }),
      { numRuns: 200 },
    );
  });

  it('hold every word once and in order', async () => {
    await fc.assert(
      fc.asyncProperty(anyShareable, async (transcript) => {
        const said = transcript.segments.flatMap(({ words }) => words.map(({ text }) => text)).join('');
        const shown = (await vtt(transcript)).flatMap(({ lines }) => lines).join('');
        expect(shown.replace(/\s/g, '')).toBe(said.replace(/\s/g, ''));
      }),
    );
  });

  it('never split a masked span, however narrow the line', async () => {
    await fc.assert(
      fc.asyncProperty(anyShareable, async (transcript) => {
        const aliases = transcript.segments.flatMap(({ words }) =>
          words.flatMap(({ masked }) => masked?.alias ?? []),
        );
        const shown = (await vtt(transcript)).flatMap(({ lines }) => lines);
        expect(shown.flatMap((line) => line.match(/\[[A-Z_]+_\d+\]/g) ?? [])).toEqual(aliases);
      }),
    );
  });

  it('break after sentences rather than in their middle', async () => {
    const sentence = 'one two three four five six seven.';
    const cues = await srt(shareable([segment(`${sentence} ${sentence} ${sentence}`, 0)]));
    expect(cues.map(({ lines }) => lines)).toEqual([[sentence], [sentence], [sentence]]);
  });

  it('break at a comma when a sentence is too long', async () => {
    const clause = 'one two three four five six seven';
    const cues = await srt(shareable([segment(`${clause}, ${clause}, ${clause}.`, 0)]));
    expect(cues.map(({ lines }) => lines.join(' '))).toEqual([`${clause},`, `${clause},`, `${clause}.`]);
  });

  it('end before a long silence and do not stay through it', async () => {
    const words = [word('one', 0, 0.5), word('two', 10, 10.5)];
    const cues = await srt(shareable([{ start: 0, end: 11, speaker: null, words, acoustics: null }]));
    expect(cues).toEqual([
      { start: 0, end: 1000, lines: ['one'] },
      { start: 10000, end: 11000, lines: ['two'] },
    ]);
  });

  it('name the speaker where the turn changes', async () => {
    const turns = shareable([
      segment('Hi.', 0, 'Ann'),
      segment('Again.', 3, 'Ann'),
      segment('Hello.', 6, 'Bob'),
    ]);
    expect((await srt(turns)).map(({ lines }) => lines[0])).toEqual(['Ann: Hi.', 'Again.', 'Bob: Hello.']);
    expect((await vtt(turns)).map(({ voice }) => voice)).toEqual(['Ann', 'Ann', 'Bob']);
  });

  it('count hours past a hundred', async () => {
    const late = shareable([segment('late', 100 * 3600 + 62.5)]);
    expect(await textOf(srtExporter.render(late))).toContain('100:01:02,500 --> 100:01:03,500');
    expect(await textOf(vttExporter.render(late))).toContain('100:01:02.500 --> 100:01:03.500');
  });

  it('keep an arrow that was transcribed from being read as a time line', async () => {
    const arrow = shareable([segment('a --> b <i>', 0)]);
    expect((await textOf(srtExporter.render(arrow))).match(/-->/g)).toHaveLength(1);
    expect((await vtt(arrow))[0]!.lines).toEqual(['a --> b <i>']);
  });

  it('of nothing are an empty SubRip file and a WebVTT header', async () => {
    expect(await srt(shareable([]))).toEqual([]);
    expect(await vtt(shareable([]))).toEqual([]);
  });
});
