import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { afterEach, describe, expect, test } from 'vitest';
import { clock, day, languageName, megabytes, roughTime } from '../../../renderer/common/format.ts';
import { setLanguage } from '../../../renderer/messages/messages.ts';
import { ROOT } from '../../runtime.ts';

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) visit(one, see);
  else if (typeof value === 'object' && value !== null) {
    if (typeof (value as Node).type === 'string') see(value as Node);
    for (const child of Object.values(value)) visit(child, see);
  }
}

/** Attributes that a person sees or hears. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'title',
  'placeholder',
  'alt',
  'label',
]);
/** The program's name, the names of the languages in themselves, keys, and aliases. */
const NO_WORDS = /^(Sotto|English|简体中文|[A-Z]|[A-Z]+_\d|[^\p{L}]*)$/u;

/** Words that stand in the source of a component instead of in the tables of messages. */
function wordsIn(file: string): string[] {
  const found: string[] = [];
  visit(parseSync(file, readFileSync(join(ROOT, file), 'utf8')).program, (node) => {
    if (node.type === 'JSXText') found.push(String(node.value));
    if (node.type !== 'JSXAttribute') return;
    const { name, value } = node as unknown as { name: { name: string }; value: Node | null };
    if (SPOKEN.has(name.name) && value?.type === 'Literal') found.push(String(value.value));
  });
  return found.map((text) => text.trim()).filter((text) => !NO_WORDS.test(text));
}

describe('the interface', () => {
  afterEach(() => setLanguage('en', []));

  test('takes every word from the tables of messages', () => {
    const files = readdirSync(join(ROOT, 'renderer'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx'))
      .map((file) => join('renderer', file));
    expect(files.length).toBeGreaterThan(30);
    expect(files.flatMap((file) => wordsIn(file).map((text) => `${file}: ${text}`))).toEqual([]);
  });

  test('writes durations, dates, sizes and languages as people of its language do', () => {
    // 14 March 2026, noon; every time zone but the farthest has the same day.
    const noon = Date.UTC(2026, 2, 14, 12);
    expect([roughTime(12), roughTime(185), roughTime(4800)]).toEqual(['12 s', '3 min', '1 h 20 min']);
    expect([clock(75), clock(3675)]).toEqual(['1:15', '1:01:15']);
    expect(day(noon)).toMatch(/^Mar 14, 2026, /);
    expect([languageName('de'), megabytes(12_400_000)]).toEqual(['German', '12 MB']);
    setLanguage('en', ['de-DE', 'en-GB']);
    expect(day(noon)).toMatch(/^14 Mar 2026, \d\d:\d\d$/);
    setLanguage('zh', ['en-GB']);
    expect(day(noon)).toMatch(/^2026年3月14日 /);
    setLanguage('zh', []);
    expect([roughTime(12), roughTime(185), roughTime(4800)]).toEqual(['12 秒', '3 分钟', '1 小时 20 分钟']);
    expect([clock(75), clock(3675)]).toEqual(['1:15', '1:01:15']);
    expect(day(noon)).toMatch(/^2026年3月14日 \d\d:\d\d$/);
    expect([languageName('de'), megabytes(12_400_000)]).toEqual(['德语', '12 MB']);
  });
});
