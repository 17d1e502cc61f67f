import { detectEntities } from '../../../core/redaction/detect.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { splitWords } from '../../../core/redaction/tokens.ts';
import type { Label } from '../../../core/transcript/schema.ts';

/** What the strict policy finds in a text: label and words of each span. */
export function found(text: string): { label: Label; text: string; rule: string }[] {
  const words = splitWords(text);
  return detectEntities(words, POLICY_PRESETS.strict).map((span) => ({
    label: span.label,
    text: words
      .slice(span.from, span.to)
      .map((word) => word.text)
      .join(' '),
    rule: span.rule,
  }));
}

/** The labels under which every word of `value`, which stands in `text` once, is found; empty when a word is left open. */
export function labelsOver(text: string, value: string): Label[] {
  const start = text.indexOf(value);
  if (start < 0) throw new Error('the value does not stand in the text');
  const end = start + value.length;
  const words = splitWords(text);
  const spans = detectEntities(words, POLICY_PRESETS.strict);
  const labels = new Set<Label>();
  for (const [index, word] of words.entries()) {
    if (word.end <= start || word.start >= end) continue;
    const span = spans.find(({ from, to }) => from <= index && index < to);
    if (!span) return [];
    labels.add(span.label);
  }
  return [...labels];
}

/**
 * The labels under which the values in double brackets are found, every line of the text being a turn of its own.
 * `open` holds the words of the values that stay readable.
 */
export function labelsOfMarked(text: string): { labels: Label[]; open: string[] } {
  let inside = false;
  const words = text.split('\n').flatMap((turn, segment) =>
    turn
      .split(/\s+/)
      .filter(Boolean)
      .map((raw) => {
        inside ||= raw.includes('[[');
        const word = {
          text: raw.replace('[[', '').replace(']]', ''),
          segment,
          confidence: null,
          value: inside,
        };
        inside &&= !raw.includes(']]');
        return word;
      }),
  );
  const spans = detectEntities(words, POLICY_PRESETS.strict);
  const labels = new Set<Label>();
  const open: string[] = [];
  for (const [index, word] of words.entries()) {
    if (!word.value) continue;
    const span = spans.find(({ from, to }) => from <= index && index < to);
    if (span) labels.add(span.label);
    else if (!/^(?:yeah|okay|uh|huh|got|it|um|no|sorry|wait|i|mean|dash|then|-)$/.test(word.text))
      open.push(word.text);
  }
  return { labels: [...labels], open };
}
