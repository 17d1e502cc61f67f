import { LABELS } from '../../core/transcript/schema.ts';
import { locale } from './messages.ts';
import { zh } from './zh.ts';
import { zhFailures, zhParts } from './zhFailures.ts';
import { zhRules } from './zhRules.ts';

interface Pattern {
  readonly english: RegExp;
  readonly chinese: string;
}

const sentences = zhFailures.map(patternOf);
const parts = zhParts.map(patternOf);

/**
 * A sentence of the engine or the host in the interface's language. They write English; one that has no other words
 * yet stays as it is, since a person can act on it only if it is shown.
 */
export function told(sentence: string): string {
  return locale === 'en' ? sentence : (translated(sentence, sentences) ?? sentence);
}

/** The name of a rule that found something, in the interface's language. */
export function ruleTold(rule: string): string {
  return locale === 'en' ? rule : (zhRules[rule] ?? rule);
}

function patternOf([english, chinese]: readonly [string, string]): Pattern {
  const escaped = english.replace(/[.*+?^$()|[\]\\]/g, '\\$&');
  return { english: new RegExp(`^${escaped.replace(/\{(\w+)\}/g, '(?<$1>.+?)')}$`, 's'), chinese };
}

function translated(english: string, patterns: readonly Pattern[]): string | null {
  for (const pattern of patterns) {
    const groups = pattern.english.exec(english);
    if (!groups) continue;
    return pattern.chinese.replace(/\{(\w+)\}/g, (_, name: string) =>
      wordsFor(name, groups.groups?.[name] ?? ''),
    );
  }
  return null;
}

/** What stands for a name in braces. */
function wordsFor(name: string, value: string): string {
  if (name === 'what' || name === 'next') return translated(value, parts) ?? value;
  if (name === 'list') return value.replaceAll(', ', '、');
  if (name === 'times')
    return value.replace(/from (\S+) to (\S+?)(?=,| |$)/g, '$1 至 $2').replace(/, | and /g, '、');
  if (name !== 'kinds') return value;
  const labels = value.split(', ').map((kind) => LABELS.find((label) => label === kind));
  return labels.every((label) => label !== undefined)
    ? labels.map((label) => zh.labels[label]).join('、')
    : value;
}
