import { describe, expect, it } from 'vitest';
import { foldWord, foldWords, joinWords } from '../../../core/transcript/text.ts';

describe('joining words', () => {
  it('puts blanks between words of a language that has them', () => {
    expect(joinWords(['Hello', '[PERSON_1],', '你好', 'there'], 'en')).toBe('Hello [PERSON_1], 你好 there');
    expect(joinWords([], 'en')).toBe('');
  });

  it('puts none in languages written without them, except around words of other scripts', () => {
    expect(joinWords(['私', 'は', '東京', 'に', '住む', '。'], 'ja')).toBe('私は東京に住む。');
    expect(joinWords(['我', '用', 'Python', '3', '写', '代码'], 'zh')).toBe('我用Python 3写代码');
    expect(joinWords(['สวัสดี', 'ครับ'], 'th')).toBe('สวัสดีครับ');
    expect(joinWords(['我叫', '[PERSON_1]', '[PERSON_2]', '。'], 'zh')).toBe('我叫[PERSON_1] [PERSON_2]。');
  });
});

describe('folding for comparison', () => {
  it('ignores case, accents, punctuation and the possessive ending', () => {
    for (const same of ['José', 'JOSE', '“josé,”', "Jose's", 'jose’s.']) expect(foldWord(same)).toBe('jose');
    expect(foldWords(['Sarah', '—', 'CONNOR.'])).toBe('sarah connor');
  });

  it('tells different words apart', () => {
    expect(foldWord('May')).not.toBe(foldWord('Mai'));
    expect(foldWord('का')).not.toBe(foldWord('की'));
    expect(foldWord("O'Brien")).toBe("o'brien");
  });

  it('makes nothing of mere punctuation', () => {
    expect(foldWords(['—', '...'])).toBe('');
  });
});
