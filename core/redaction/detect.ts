import type { Label } from '../transcript/schema.ts';
import type { DetectedSpan, Detector, DetectorWord } from './detector.ts';
import { comparisonKeys, isDistinctive, isNameToo, isOrdinary } from './distinctive.ts';
import { hullOf } from './head/attended.ts';
import { isFormless } from './head/formless.ts';
import { DOUBTFUL, type RedactionHead } from './head/head.ts';
import { isSaidAgain } from './misheard.ts';
import { recogniseNames } from './namedSpans.ts';
import { recognisePeople } from './people.ts';
import { phrasePlaces } from './phraseRuns.ts';
import type { Policy } from './policy.ts';
import { readWords } from './rules/reading.ts';
import { recogniseStructured } from './rules/structured.ts';
import { bySound, soundsLike, soundsOf } from './soundsLike.ts';
import type { Token } from './tokens.ts';

/** Structured data, and people by what is said around them. */
const RULES: readonly Detector[] = [
  { detect: (words) => recogniseStructured(readWords(words)) },
  { detect: (words) => recognisePeople(readWords(words)) },
];
/** Names by the linear name model over lists and context: alone, or a second opinion where the head is not sure. */
const NAME_MODEL: Detector = { detect: (words) => recogniseNames(readWords(words)) };

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
 * @param names of people that are known beforehand: the speakers.
 * @param head what the learned head found in the words; null where there is none. {@link findEntities} asks it.
 * @param known what was found before and stays.
 */
export function detectEntities(
  words: readonly DetectorWord[],
  policy: Policy,
  names: readonly string[] = [],
  head: readonly DetectedSpan[] | null = null,
  known: readonly DetectedSpan[] = [],
): DetectedSpan[] {
  const { tokens } = readWords(words);
  const listedNames = NAME_MODEL.detect(words);
  const found = [
    ...known,
    ...RULES.flatMap((detector) => detector.detect(words)),
    ...(head === null
      ? listedNames
      : [
          ...head.filter((span) => isSure(span) && !isFormless(span.label, tokens, span.from, span.to)),
          ...inDoubt(listedNames, head),
        ]),
  ];
  const listed = phraseSpans(tokens, policy.deny, 'deny list');
  const spans = [...listed, ...found, ...furtherOccurrences(tokens, found, names)];
  const allowed = phraseSpans(tokens, policy.allow, 'allow list');
  return unite(spans).filter(
    (span) =>
      span.detector === 'deny' || !allowed.some((range) => range.from <= span.from && span.to <= range.to),
  );
}

function isSure({ rule }: DetectedSpan): boolean {
  return rule !== DOUBTFUL;
}

/** Names that the head finds as well, or is not sure are none. Where it is sure the name model mostly errs. */
function inDoubt(names: readonly DetectedSpan[], head: readonly DetectedSpan[]): DetectedSpan[] {
  const words = new Set(
    head.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, i) => from + i)),
  );
  return names.filter(({ from, to }) => {
    for (let i = from; i < to; i++) if (words.has(i)) return true;
    return false;
  });
}

/** As {@link detectEntities}, with what the learned head reads in the words where there is one. */
export async function findEntities(
  words: readonly DetectorWord[],
  policy: Policy,
  names: readonly string[],
  head: RedactionHead | null,
): Promise<DetectedSpan[]> {
  return detectEntities(words, policy, names, head && (await head.detect(words)));
}

/** Occurrences of phrases of a list. */
function phraseSpans(tokens: readonly Token[], phrases: readonly string[], rule: string): DetectedSpan[] {
  return phrasePlaces(tokens, phrases).map((place) => ({
    ...place,
    label: 'PERSON',
    detector: 'deny',
    rule,
    score: 1,
  }));
}

/**
 * Every further place that says a value found: whole values that are distinctive, and of people each name by itself
 * ("connor" after "Sarah Connor"). A name that is an ordinary word ("Will") is found again only with a capital inside
 * a sentence, and only if the lists know it as a name.
 */
function furtherOccurrences(
  tokens: readonly Token[],
  found: readonly DetectedSpan[],
  names: readonly string[],
): DetectedSpan[] {
  // One entry a comparison key, since "Coca-Cola" is two: its text and the token it stands in.
  const keys: string[] = [];
  const tokenOf: number[] = [];
  const firstKey: number[] = [];
  const places = new Map<string, number[]>();
  for (const token of tokens) {
    firstKey.push(keys.length);
    for (const key of comparisonKeys(token.core)) {
      const list = places.get(key);
      if (list) list.push(keys.length);
      else places.set(key, [keys.length]);
      keys.push(key);
      tokenOf.push(token.index);
    }
  }
  const again = new Map<string, DetectedSpan>();
  const add = (at: number, length: number, label: Label, score: number, rule = 'said before') => {
    const from = tokenOf[at]!;
    const to = tokenOf[at + length - 1]! + 1;
    again.set(`${from} ${to} ${label}`, { from, to, label, detector: 'names', rule, score });
  };
  const values = [
    ...found
      .map((span) => ({ ...span, keys: keys.slice(firstKey[span.from], firstKey[span.to]) }))
      .filter((span) => isSaidAgain(span.rule, span.keys)),
    ...names.map((name) => ({ keys: comparisonKeys(name), label: 'PERSON' as const, score: 1 })),
  ];
  const sounds = bySound(places.keys());
  const searched = new Set<string>();
  for (const { keys: value, label, score } of values) {
    const id = `${label} ${value.join(' ')}`;
    if (value.length === 0 || searched.has(id)) continue;
    searched.add(id);
    if (value.length > 1 && isDistinctive(value)) {
      for (const at of places.get(value[0]!) ?? []) {
        if (value.every((key, n) => keys[at + n] === key)) add(at, value.length, label, score);
      }
    }
    if (label !== 'PERSON' && (value.length > 1 || !isDistinctive(value))) continue;
    for (const key of value) {
      const certain = !isOrdinary(key);
      for (const at of places.get(key) ?? []) {
        const token = tokens[tokenOf[at]!]!;
        if (certain || (isNameToo(key) && token.casing === 'initial' && !token.starts))
          add(at, 1, label, score * 0.9);
      }
      if (label !== 'PERSON' || !certain) continue;
      // "Sara" after "Sarah Connor": the recogniser's other spelling of the name.
      for (const alike of new Set(soundsOf(key).flatMap((code) => sounds.get(code) ?? [])))
        if (soundsLike(key, alike))
          for (const at of places.get(alike)!) add(at, 1, label, score * 0.8, 'sounds like a name said');
    }
  }
  return [...again.values()];
}

/**
 * Unites overlapping spans into one that covers them all, so that nothing a detector found is left open, and with it all
 * that the head listened to. The label, rule and score are those of what a person or a list says, then of the longest, then by precedence.
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
    const heard = hullOf([previous.span.heard, span.heard]);
    previous.span = {
      ...best,
      from: previous.span.from,
      to: Math.max(previous.span.to, span.to),
      ...(heard && { heard }),
    };
  }
  return united.map(({ span }) => span);
}
