import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { afterEach, describe, expect, test } from 'vitest';
import { shownLanguage } from '../../../electron/contract.ts';
import { WORDS, wordsOf } from '../../../electron/words.ts';
import { ruleTold, told } from '../../../renderer/messages/failures.ts';
import { setLanguage } from '../../../renderer/messages/messages.ts';
import { ROOT } from '../../runtime.ts';

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** A sentence with `«1»`, `«2»` … where its source has an expression; null for what is no sentence of its own. */
function sentenceOf(node: Node | undefined): string | null {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type !== 'TemplateLiteral') return null;
  const quasis = node.quasis as { value: { cooked: string } }[];
  return quasis.map(({ value }, index) => (index === 0 ? '' : `«${index}»`) + value.cooked).join('');
}

function visit(value: unknown, see: (node: Node) => void): void {
  if (Array.isArray(value)) for (const one of value) visit(one, see);
  else if (typeof value === 'object' && value !== null) {
    if (typeof (value as Node).type === 'string') see(value as Node);
    for (const child of Object.values(value)) visit(child, see);
  }
}

/** The command line prints English. */
const SPOKEN = ['core', 'electron'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('cli'))
    .map((file) => join(folder, file)),
);

/** What the source gives a call as its argument number `place`, by file. */
function given(callees: ReadonlySet<string>, place: number): { file: string; sentence: string | null }[] {
  return SPOKEN.flatMap((file) => {
    const found: { file: string; sentence: string | null }[] = [];
    visit(parseSync(file, readFileSync(join(ROOT, file), 'utf8')).program, (node) => {
      if (node.type !== 'NewExpression' && node.type !== 'CallExpression') return;
      const callee = node.callee as Node;
      const name = callee.type === 'Identifier' ? String(callee.name) : '';
      if (callees.has(name)) found.push({ file, sentence: sentenceOf((node.arguments as Node[])[place]) });
    });
    return found;
  });
}

const HAN = /\p{Script=Han}/u;

describe('failures in Chinese', () => {
  afterEach(() => setLanguage('en', []));

  /** Fails unless the sentence has Chinese that says every value it holds. */
  function expectChinese(sentence: string, file: string): void {
    const chinese = told(sentence);
    expect(chinese, `${file}: ${sentence}`).toMatch(HAN);
    for (const value of sentence.match(/«\d+»/g) ?? [])
      expect(chinese, `${file}: ${sentence}`).toContain(value);
  }

  test('have words for every sentence that the source can tell a person', () => {
    setLanguage('zh', []);
    const errors = given(new Set(['UserError']), 1);
    expect(errors.length).toBeGreaterThan(40);
    for (const { file, sentence } of errors) if (sentence !== null) expectChinese(sentence, file);
    // The engine's own sentences arrive here once more.
    const variable = errors.filter(({ sentence }) => sentence === null).map(({ file }) => file);
    expect(new Set(variable)).toEqual(new Set([join('electron', 'engineLink.ts')]));
    const warnings = given(new Set(['warn']), 0);
    expect(warnings.length).toBeGreaterThan(2);
    for (const { file, sentence } of warnings) if (sentence !== null) expectChinese(sentence, file);
  });

  test('have words for every reason inside a sentence', () => {
    setLanguage('zh', []);
    const damages = given(new Set(['damaged', 'corrupt', 'corruptHeader']), 0).filter(
      ({ sentence }) => sentence !== null,
    );
    expect(damages.length).toBeGreaterThan(7);
    for (const { file, sentence } of damages)
      expectChinese(`"a.wav" cannot be read: ${sentence}; record or export it again as WAV.`, file);
    const source = readFileSync(join(ROOT, 'core/export/atomicFile.ts'), 'utf8');
    const reasons = [...source.matchAll(/^ {2}E[A-Z]+: '(.+)',$/gm)].map((match) => match[1]!);
    expect(reasons.length).toBeGreaterThan(8);
    for (const reason of reasons) {
      const chinese = told(`a.txt could not be written: ${reason}.`);
      expect(chinese).not.toMatch(/[a-z]{4}/);
    }
  });

  test('say what a leak check, the noise and the queue found', () => {
    setLanguage('zh', []);
    expect(
      told(
        '"call.txt" was not written: it still holds 2 masked values (PERSON, PHONE); mask or reject what is said at 0:12, 1:30 and later and export again.',
      ),
    ).toBe(
      '没有写入“call.txt”：其中仍含有 2 处被遮盖的内容（人名、电话）；请遮盖或否决在 0:12、1:30 及以后所说的内容后重新导出。',
    );
    expect(
      told(
        'Much background noise from 0:05 to 0:12, from 1:00 to 1:20 and from 2:00 to 2:10; check these words.',
      ),
    ).toBe('0:05 至 0:12、1:00 至 1:20、2:00 至 2:10 背景噪声较大；请检查这些词语。');
    expect(
      told(
        'Something in Sotto failed while it worked on 会议.wav; try again, and report it if it happens twice.',
      ),
    ).toBe('Sotto 在处理 会议.wav 时出错；请重试，如果再次发生请报告。');
  });

  test('have words for every rule by which something is found', () => {
    setLanguage('zh', []);
    const folder = join(ROOT, 'core/redaction');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    const literal = '(?:\'([^\']+)\'|"([^"]+)")';
    const named = new RegExp(
      `\\brule(?::|(?<!\\.rule) =) ${literal}|ruleSpan\\([^;]*?'[A-Z_]+', ${literal}|\\b(?:add|span)\\((?:[^;]*?, |'[A-Z]+', )${literal}, 0`,
      'g',
    );
    const rules = sources.flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(named)].map((match) =>
        match.slice(1).find((group) => group !== undefined),
      ),
    );
    expect(new Set(rules).size).toBeGreaterThan(60);
    for (const rule of rules) expect(ruleTold(rule!), rule).toMatch(HAN);
  });

  test('stay as they are in English, and where there are no words for them', () => {
    expect(told('"a.wav" was not found; check the path and try again.')).toBe(
      '"a.wav" was not found; check the path and try again.',
    );
    setLanguage('zh', []);
    expect(told('Something new.')).toBe('Something new.');
  });
});

describe('the words of the system’s dialogs and notifications', () => {
  test('are there in both languages, none left in English', () => {
    const said = (language: 'en' | 'zh') =>
      Object.entries(WORDS[language]).map(([key, value]): [string, string] => [
        key,
        typeof value === 'string' ? value : value(3, 2),
      ]);
    expect(said('zh').map(([key]) => key)).toEqual(said('en').map(([key]) => key));
    for (const [key, sentence] of said('zh')) expect(sentence, key).toMatch(HAN);
    for (const [key, sentence] of said('en')) expect(sentence, key).not.toMatch(HAN);
  });

  test('say how many recordings are done and failed', () => {
    const { finished } = wordsOf('en', []);
    expect(finished(1, 0)).toBe('One transcript is ready to review.');
    expect(finished(3, 1)).toBe('3 transcripts are ready to review. One recording failed.');
    expect(wordsOf('system', ['zh-CN']).finished(3, 1)).toBe('3 份文稿可以审阅了。1 个录音失败。');
    expect(shownLanguage('system', ['fr'])).toBe('en');
  });
});
