import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { defaultThreads } from '../../core/recognizer/session.ts';
import { findEntities } from '../../core/redaction/detect.ts';
import { RedactionHead } from '../../core/redaction/head/head.ts';
import { masks, type Policy } from '../../core/redaction/policy.ts';
import { splitPunctuation, splitWords, type TextWord } from '../../core/redaction/tokens.ts';
import type { Label } from '../../core/transcript/schema.ts';
import { MODELS } from '../recordings/models.ts';
import { pythonEnvironment } from './pythonEnvironment.ts';
import type { Prediction } from './spanScore.ts';

/** Something that finds personal data in text. Turns are lines. */
export interface System {
  readonly name: string;
  find(text: string): Promise<Prediction[]>;
  close(): void;
}

/** The words of a text, each line a segment. */
export function wordsOf(text: string): TextWord[] {
  let segment = 0;
  let at = 0;
  return splitWords(text).map((word) => {
    if (text.slice(at, word.start).includes('\n')) segment++;
    at = word.end;
    return { ...word, segment };
  });
}

/** What the option `--head` means: a folder, seen from `here`, or `none`. */
export function headPack(option: string | undefined, here: string): string | undefined {
  return option === undefined || option === 'none' ? option : resolve(here, option);
}

/**
 * Sotto's whole detection, as the product redacts a transcript: the only place in tests/eval that calls it on text.
 * @param pack of the learned head; the one that ships, if any, when left out, `none` for rules and lists alone.
 */
export function sotto(policy: Policy, pack?: string): System {
  const threads = defaultThreads();
  const head =
    pack === undefined
      ? RedactionHead.loadIfThere(MODELS, threads)
      : pack === 'none'
        ? Promise.resolve(null)
        : RedactionHead.load(pack, threads);
  return {
    name: 'Sotto',
    async find(text) {
      const words = wordsOf(text);
      const spans = await findEntities(words, policy, [], await head);
      return spans
        .filter(({ label }) => masks(policy, label))
        .map(({ from, to, label, rule }) => {
          const first = words[from]!;
          const last = words[to - 1]!;
          return {
            start: first.start + splitPunctuation(first.text).before.length,
            end: last.end - splitPunctuation(last.text).after.length,
            label,
            rule,
          };
        });
    },
    close: () => void head.then((loaded) => loaded?.close()),
  };
}

/** Presidio's entities in our labels; all others are numbers that identify (US_SSN, UK_NHS, AU_TFN ...). */
const PRESIDIO_LABELS: Readonly<Record<string, Label>> = {
  PERSON: 'PERSON', LOCATION: 'LOCATION', ORGANIZATION: 'ORG', NRP: 'NRP', AGE: 'AGE',
  EMAIL_ADDRESS: 'EMAIL', PHONE_NUMBER: 'PHONE', URL: 'URL', IP_ADDRESS: 'URL',
  CREDIT_CARD: 'CARD', CRYPTO: 'BANK', IBAN_CODE: 'BANK', US_BANK_NUMBER: 'BANK',
}; // biome-ignore format: a table

const calendar =
  /\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\b|\d{4}|\d[/.-]\d|\d(?:st|nd|rd|th)\b/i;

/**
 * A label of Presidio's in ours. Its DATE_TIME holds weekdays, times and durations too, which are no personal data here:
 * they mask, but are not charged. Where a set tells less than both systems, neither is charged (see `judge`).
 */
export function presidioLabel(type: string, value: string): Label | null {
  if (type === 'DATE_TIME') return calendar.test(value) ? 'DATE' : null;
  return PRESIDIO_LABELS[type] ?? 'ID_NUMBER';
}

/** Presidio with spaCy's small English model, in a process of its own. */
export function presidio(): System {
  const python: ChildProcess = spawn(pythonEnvironment(), [join(import.meta.dirname, 'presidio.py')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: python.stdout! })[Symbol.asyncIterator]();
  return {
    name: 'Presidio',
    async find(text) {
      python.stdin!.write(`${JSON.stringify({ text })}\n`);
      const answer = await answers.next();
      if (answer.done) throw new Error('Presidio ended before it had answered; its message stands above.');
      const at = utf16Offsets(text);
      return (JSON.parse(answer.value) as [number, number, string][]).map(([from, to, type]) => {
        const [start, end] = [at(from), at(to)];
        return { start, end, label: presidioLabel(type, text.slice(start, end)), rule: type };
      });
    },
    close: () => void python.stdin!.end(),
  };
}

/** Python counts characters, JavaScript UTF-16 units. */
function utf16Offsets(text: string): (character: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (character) => character;
  const offsets = [0];
  for (const character of text) offsets.push(offsets[offsets.length - 1]! + character.length);
  return (character) => offsets[character]!;
}
