import type { DetectedSpan } from '../detector.ts';
import { smallNumber, year } from '../numerals.ts';
import { Phrases } from '../phrases.ts';
import { isNought } from '../spoken.ts';
import type { Token } from '../tokens.ts';
import { type Reading, ruleSpan } from './reading.ts';

const expiry = new Phrases<true>().add(
  [
    'expires',
    'expiry',
    'expiry date',
    'expiration',
    'expiration date',
    'valid thru',
    'valid through',
    'valid until',
  ].concat([
    'expiring',
    'exp date',
    'exp',
    'good through',
    'good thru',
    'expire',
    'expire date',
    'expiry is',
  ]),
  true,
);
const card = new Phrases<true>().add(
  ['card', 'visa', 'mastercard', 'amex', 'american express', 'cvv', 'cvc', 'security code', 'card number'],
  true,
);

/** "Expires oh nine twenty six", "expiration 09/27": month and year; part of a card's data where one is spoken of. */
export function recogniseExpiry({ tokens }: Reading): DetectedSpan[] {
  const spans: DetectedSpan[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const cue = expiry.at(tokens, i);
    if (!cue) continue;
    let from = cue.to;
    while (
      from - cue.to < 5 &&
      /^(?:is|in|on|of|the|it|it's|uh|um|that|date|and|end|what's)$/.test(tokens[from]?.key ?? '')
    )
      from++;
    const to = monthAndYear(tokens, from);
    if (to === 0) continue;
    const near = card.before(tokens, i, 30) ?? card.after(tokens, to, 12);
    spans.push(ruleSpan(from, to, near ? 'CARD' : 'DATE', 'expiry date', near ? 0.9 : 0.7));
    i = to - 1;
  }
  return spans;
}

/** End of a month in figures or as a number and a year of this century, or 0. */
function monthAndYear(tokens: readonly Token[], from: number): number {
  if (/^(?:0?[1-9]|1[0-2])[/-](?:20)?[2-4]\d$/.test(tokens[from]?.core ?? '')) return from + 1;
  const start = isNought(tokens[from]?.key ?? '') || tokens[from]?.key === 'zero' ? from + 1 : from;
  const month = smallNumber(tokens, start);
  if (!month || month.value < 1 || month.value > 12) return 0;
  const joint = /^(?:slash|dash|of|stroke|\/)$/.test(tokens[month.to]?.key || (tokens[month.to]?.text ?? ''))
    ? 1
    : 0;
  const full = year(tokens, month.to + joint);
  if (full && full.value >= 2020 && full.value < 2050) return full.to;
  const short = smallNumber(tokens, month.to + joint);
  return short && short.value >= 20 && short.value < 50 ? short.to : 0;
}
