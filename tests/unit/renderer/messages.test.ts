import { afterEach, describe, expect, test } from 'vitest';
import { en } from '../../../renderer/messages/en.ts';
import { locale, m, setLanguage } from '../../../renderer/messages/messages.ts';
import { zh } from '../../../renderer/messages/zh.ts';

/** Every sentence of a table by its place; functions as what they say of given names and numbers. */
function sentences(table: object, place = ''): [string, string][] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]): [string, string][] => {
    const here = place === '' ? key : `${place}.${key}`;
    if (typeof value === 'string') return [[here, value]];
    if (typeof value === 'function') return [[here, String(value('7', '8', '9'))]];
    return sentences(value as object, here);
  });
}

/** Names of formats, keys and units that are the same in both languages. */
const SAME = new Set([
  ...['shortcuts.keys.Escape', 'shortcuts.keys.Delete', 'shortcuts.keys.Mod', 'shortcuts.keys.Shift'],
  ...['shortcuts.keys.Alt', 'export.names.md', 'export.names.docx', 'common.megabytes', 'common.number'],
  'acoustics.percent',
]);

describe('the words of the interface', () => {
  afterEach(() => setLanguage('en', []));

  test('are there in both languages, none empty and none left in English', () => {
    const english = new Map(sentences(en));
    const chinese = new Map(sentences(zh));
    expect([...chinese.keys()]).toEqual([...english.keys()]);
    expect(english.size).toBeGreaterThan(250);
    for (const [place, sentence] of english) {
      expect(sentence.trim(), place).not.toBe('');
      if (SAME.has(place)) expect(chinese.get(place), place).toBe(sentence);
      // The player's times need no words.
      else if (place !== 'queueList.heardOf' && place !== 'player.positionOf')
        expect(chinese.get(place), place).toMatch(/\p{Script=Han}/u);
    }
  });

  test('say every number and name that they are given', () => {
    for (const [place, sentence] of [...sentences(en), ...sentences(zh)])
      expect(sentence, place).not.toMatch(/undefined|NaN|\[object/);
  });

  test('are in the language that was chosen, or the first of the computer’s that there is', () => {
    setLanguage('zh', ['en-GB']);
    expect([m, locale]).toEqual([zh, 'zh-Hans']);
    setLanguage('system', ['fr-FR', 'zh-CN', 'en-GB']);
    expect(m).toBe(zh);
    setLanguage('system', ['fr-FR', 'en-GB', 'zh-CN']);
    expect([m, locale]).toEqual([en, 'en']);
    setLanguage('system', ['fr-FR']);
    expect(m).toBe(en);
    setLanguage('en', ['zh-CN']);
    expect(m).toBe(en);
  });
});
