import type { DetectedSpan } from './detector.ts';
import { nameLists } from './names/lists.ts';
import { type NameSpan, nameSpans } from './names/model.ts';
import { wordSet } from './phrases.ts';
import type { Reading } from './rules/reading.ts';
import type { Token } from './tokens.ts';

/**
 * Probability of being a name from which on a word is taken for one. Recall first: on the dev texts 0.25, 0.18 and 0.12
 * find 76, 81 and 83 % of the people with 74, 71 and 67 % of the spans right; meetings hardly differ.
 */
const threshold = 0.15;

/** Short names of numbers and things, which the lists know as somebody's name. */
const neverNames = wordSet(
  'iban dob ssn fax cvv cvc pin otp bic swift bsb ifsc vin imei vat nhs nino url wifi www zip tfn ein mrn ok okay yeah aadhaar',
);

/** People, places and organisations by the name model: lists, context, and casing where there is any. */
export function recogniseNames({ tokens }: Reading): DetectedSpan[] {
  const spans = nameSpans(tokens, threshold).filter((span) => isPlausible(span, tokens));
  const found = spans.map(({ from, to, kind, probability }) => ({
    from,
    to,
    label: kind,
    detector: 'names' as const,
    rule: 'list and context',
    score: Math.round(probability * 100) / 100,
  }));
  return [...found, ...coordinated(found, tokens)];
}

/** Formats and versions ("MP3", "GPT-4") look like organisations to the model. */
function isPlausible({ from, to, kind }: NameSpan, tokens: readonly Token[]): boolean {
  const words = tokens.slice(from, to);
  if (words.every(({ key }) => neverNames.has(key))) return false;
  // "Exclamation mark" is no Mark.
  if (
    words[0]!.key === 'mark' &&
    /^(?:question|exclamation|quotation|check)$/.test(tokens[from - 1]?.key ?? '')
  )
    return false;
  return !(kind === 'ORG' && words.length === 1 && /\d/.test(words[0]!.key));
}

/** "Wei and Dmitri": a word that no list knows, joined to a person, is one too. */
function coordinated(found: readonly DetectedSpan[], tokens: readonly Token[]): DetectedSpan[] {
  const { words } = nameLists();
  const unknown = (i: number) => {
    const token = tokens[i];
    return (
      token !== undefined &&
      /^[a-z]{3,}$/.test(token.key) &&
      !words.has(token.key) &&
      !/[.?!]$/.test(token.after)
    );
  };
  return found.flatMap(({ from, to, label, score }) => {
    if (label !== 'PERSON') return [];
    const places = [
      /^(?:and|or|&)$/.test(tokens[from - 1]?.key ?? '') ? from - 2 : -1,
      /^(?:and|or|&)$/.test(tokens[to]?.key ?? '') ? to + 1 : -1,
    ];
    return places.filter(unknown).map((at) => ({
      from: at,
      to: at + 1,
      label,
      detector: 'names' as const,
      rule: 'joined to a name',
      score: score * 0.7,
    }));
  });
}
