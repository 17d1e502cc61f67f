import { describe, expect, it } from 'vitest';
import { LivePrinter } from '../../../core/cli/livePrinter.ts';
import type { ShareableWord } from '../../../core/redaction/shareable.ts';

/** Words half a second each. */
function words(text: string, from = 0): ShareableWord[] {
  return text.split(' ').map((word, i) => ({
    text: word,
    start: from + i / 2,
    end: from + (i + 1) / 2,
    confidence: 1,
    masked: null,
  }));
}

/** What a terminal of one line a row shows after these writes; knows only the sequences that captions need. */
function screenOf(written: string): string[] {
  const rows: string[] = [''];
  let column = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are controlled by them.
  for (const part of written.match(/\x1b\[\d*[a-zA-Z]|[\s\S]/g) ?? []) {
    const row = rows.length - 1;
    if (part === '\n') {
      rows.push('');
      column = 0;
    } else if (part === '\r') column = 0;
    else if (part === '\x1b[K') rows[row] = rows[row]!.slice(0, column);
    else if (part.startsWith('\x1b[') && part.endsWith('C')) column += Number(part.slice(2, -1));
    else if (!part.startsWith('\x1b')) {
      rows[row] = rows[row]!.padEnd(column).slice(0, column) + part + rows[row]!.slice(column + 1);
      column++;
    }
  }
  return rows;
}

function printer(terminal: { columns: number } | null) {
  let written = '';
  const out = {
    write: (text: string) => {
      written += text;
    },
    ...(terminal ? { isTTY: true, ...terminal } : {}),
  };
  return { printer: new LivePrinter(out), written: () => written };
}

describe('live captions in a file or pipe', () => {
  it('are one line a turn, without anything that changes', () => {
    const { printer: captions, written } = printer(null);
    captions.words(words('good morning'), 'en');
    captions.tentative('everybody');
    captions.words(words('everyone.', 1), 'en');
    captions.words(words('hello', 20), 'en');
    captions.end();
    expect(written()).toBe('good morning everyone.\nhello\n');
  });

  it('have no blanks between words of a language that writes none', () => {
    const { printer: captions, written } = printer(null);
    captions.words(words('你好 世界'), 'zh');
    captions.end();
    expect(written()).toBe('你好世界\n');
  });
});

describe('live captions on a terminal', () => {
  it('show what is tentative behind the words until it is replaced', () => {
    const { printer: captions, written } = printer({ columns: 40 });
    captions.words(words('good'), 'en');
    captions.tentative('morning every');
    expect(screenOf(written())).toEqual(['good morning every']);
    captions.words(words('morning', 0.5), 'en');
    captions.tentative('all');
    expect(screenOf(written())).toEqual(['good morning all']);
    captions.end();
    expect(screenOf(written())).toEqual(['good morning', '']);
  });

  it('wrap at the edge, and tentative words never do', () => {
    const { printer: captions, written } = printer({ columns: 12 });
    captions.words(words('one two three four'), 'en');
    captions.tentative('five six seven eight');
    captions.words(words('five', 2), 'en');
    captions.end();
    for (const row of screenOf(written())) expect(row.length).toBeLessThan(12);
    expect(screenOf(written()).join(' ').trim()).toBe('one two three four five');
  });
});
