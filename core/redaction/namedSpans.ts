import type { DetectedSpan } from './detector.ts';
import { nameSpans } from './names/model.ts';
import { wordSet } from './phrases.ts';
import type { Reading } from './rules/reading.ts';

/** Probability of being a name from which on a word is taken for one: recall first, see README.md for the choice. */
const threshold = 0.25;

/** Short names of numbers and things, which the lists know as somebody's name. */
const neverNames = wordSet(
  'iban dob ssn fax cvv cvc pin otp bic swift bsb ifsc vin imei vat nhs nino url wifi www zip tfn ein mrn ok okay yeah aadhaar',
);

/** People, places and organisations by the name model: lists, context, and casing where there is any. */
export function recogniseNames({ tokens }: Reading): DetectedSpan[] {
  const spans = nameSpans(tokens, threshold).filter(
    ({ from, to }) => !tokens.slice(from, to).every(({ key }) => neverNames.has(key)),
  );
  return spans.map(({ from, to, kind, probability }) => ({
    from,
    to,
    label: kind,
    detector: 'names',
    rule: 'list and context',
    score: Math.round(probability * 100) / 100,
  }));
}
