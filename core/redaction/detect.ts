import type { Label } from '../transcript/schema.ts';
import type { DetectedSpan, DetectorWord } from './detector.ts';
import { nameLists } from './names/lists.ts';
import { recognisePeople } from './people.ts';
import type { Policy } from './policy.ts';
import { readWords } from './rules/reading.ts';
import { recogniseStructured } from './rules/structured.ts';
import { type Token, tokenize } from './tokens.ts';

/** Which label wins where two spans of equal length meet: the one whose leak does more harm. */
const precedence: readonly Label[] = [
  'CREDENTIAL',
  'CARD',
  'BANK',
  'EMAIL',
  'URL',
  'DATE_OF_BIRTH',
  'PHONE',
  'ID_NUMBER',
  'ADDRESS',
  'PERSON',
  'DATE',
  'AGE',
  'ORG',
  'LOCATION',
  'NRP',
];

/**
 * All personal data in the words: structured data, names, the deny list, and every further occurrence of a name found.
 * Spans come in order and do not overlap; the allow list is applied.
 */
export function detectEntities(words: readonly DetectorWord[], policy: Policy): DetectedSpan[] {
  const reading = readWords(words);
  const { tokens } = reading;
  const found = [...recogniseStructured(reading), ...recognisePeople(reading)];
  const listed = phraseSpans(tokens, policy.deny, 'deny list');
  const named = found.filter((span) => span.label === 'PERSON' && span.rule !== 'spelled');
  const spans = [...listed, ...found, ...furtherOccurrences(tokens, named)];
  const allowed = phraseSpans(tokens, policy.allow, 'allow list');
  return unite(spans).filter(
    (span) =>
      span.detector === 'deny' || !allowed.some((range) => range.from <= span.from && span.to <= range.to),
  );
}

/** Occurrences of phrases, compared without case, diacritics and punctuation. */
function phraseSpans(tokens: readonly Token[], phrases: readonly string[], rule: string): DetectedSpan[] {
  const spans: DetectedSpan[] = [];
  for (const phrase of phrases) {
    const keys = tokenize(phrase.split(/\s+/).map((text) => ({ text, segment: 0, confidence: null })))
      .map((token) => token.key)
      .filter(Boolean);
    if (keys.length === 0) continue;
    for (let i = 0; i + keys.length <= tokens.length; i++) {
      if (keys.every((key, n) => tokens[i + n]!.key === key))
        spans.push({ from: i, to: i + keys.length, label: 'PERSON', detector: 'deny', rule, score: 1 });
    }
  }
  return spans;
}

/** The names found once, wherever they are said again: "connor" and "sarah" after "Sarah Connor". */
function furtherOccurrences(tokens: readonly Token[], named: readonly DetectedSpan[]): DetectedSpan[] {
  const { words } = nameLists();
  const keys = new Set<string>();
  const capitalOnly = new Set<string>();
  for (const span of named) {
    for (let i = span.from; i < span.to; i++) {
      const { key } = tokens[i]!;
      if (key.length < 3 || !/^[a-z]/.test(key)) continue;
      const use = words.get(key);
      // "Will" was a name once; "will" is not, and "Will" at the start of a sentence may not be.
      if (!use || (use.lower <= 2 && use.capital >= 2)) keys.add(key);
      else capitalOnly.add(key);
    }
  }
  const covered = new Set(
    named.flatMap((span) => Array.from({ length: span.to - span.from }, (_, n) => span.from + n)),
  );
  return tokens
    .filter(
      (token) =>
        !covered.has(token.index) &&
        (keys.has(token.key) || (capitalOnly.has(token.key) && token.casing === 'initial' && !token.starts)),
    )
    .map((token) => ({
      from: token.index,
      to: token.index + 1,
      label: 'PERSON',
      detector: 'names',
      rule: 'said before',
      score: 0.8,
    }));
}

/**
 * Unites overlapping spans into one that covers them all, so that nothing a detector found is left open.
 * The label, rule and score are those of what a person or a list says, then of the longest, then by precedence.
 */
export function unite(spans: readonly DetectedSpan[]): DetectedSpan[] {
  const listed = (span: DetectedSpan) => (span.detector === 'person' ? 2 : span.detector === 'deny' ? 1 : 0);
  const better = (a: DetectedSpan, b: DetectedSpan) =>
    listed(a) - listed(b) ||
    a.to - a.from - (b.to - b.from) ||
    precedence.indexOf(b.label) - precedence.indexOf(a.label) ||
    a.score - b.score;
  const ordered = [...spans].sort((a, b) => a.from - b.from || b.to - a.to);
  const united: { span: DetectedSpan; best: DetectedSpan }[] = [];
  for (const span of ordered) {
    const previous = united[united.length - 1];
    if (!previous || span.from >= previous.span.to) {
      united.push({ span, best: span });
      continue;
    }
    const best = better(span, previous.best) > 0 ? span : previous.best;
    previous.best = best;
    previous.span = { ...best, from: previous.span.from, to: Math.max(previous.span.to, span.to) };
  }
  return united.map(({ span }) => span);
}
