import type { Label } from '../../transcript/schema.ts';
import type { DetectedSpan } from '../detector.ts';
import { wordSet } from '../phrases.ts';
import type { Run } from '../runs.ts';
import type { Token } from '../tokens.ts';
import { abaRouting, luhn, nhsNumber } from './checksums.ts';
import { cueAround } from './cues.ts';
import { isWrittenDate } from './dates.ts';
import { type Reading, ruleSpan } from './reading.ts';

/** Words after a number that make it an amount or a measure. */
const measures = wordSet(`
  percent percentage dollars dollar bucks euros euro pounds pound pence cents cent million billion trillion thousand hundred grand
  minutes minute hours hour seconds second days day weeks week months month years year times people persons users customers
  employees patients cases orders tickets miles mile kilometers kilometres km meters metres feet foot inches inch cm mm kg kilos grams
  milligrams mg degrees points point percentiles basis bytes megabytes gigabytes kb mb gb hertz hz megahertz lines words pages items
  questions slides episodes shares rupees yen volts watts bits tokens steps samples files votes copies units barrels tons tonnes
  acres calories milliliters ml pixels seats stops frames rows columns am pm a.m p.m o'clock oclock
`);

function isQuantity(run: Run, tokens: readonly Token[]): boolean {
  const first = tokens[run.from]!;
  const last = tokens[run.to - 1]!;
  const next = tokens[run.to]?.key ?? '';
  if (/[$€£¥₹%]/.test(first.text) || /[%€$£]/.test(last.text)) return true;
  if (/[$€£¥₹]/.test(tokens[run.from - 1]?.text ?? '')) return true;
  // Nobody counts "one nine seven two pounds"; the key beside nought is meant.
  if (run.glyphs.length > 2 && run.glyphs.every(({ kind }) => kind === 'digit') && next !== 'percent')
    return false;
  if (/^(?:dollars?|euros?|pounds?|percent|million|billion|trillion|bucks|rupees|k)$/.test(next)) return true;
  if (run.glyphs.length === 1) {
    const core = first.core;
    if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(core) || /^\d+[.,]\d{1,2}$/.test(core)) return true;
  }
  if (!measures.has(next) || /[.,;!?]$/.test(last.after)) return false;
  // "Doors at two fifteen, one hundred twelve seats": a time of day, and what is counted.
  const timed =
    tokens[run.from - 1]?.key === 'at' &&
    run.glyphs.length <= 4 &&
    run.glyphs[0]!.value <= 12 &&
    run.glyphs[1]!.kind === 'pair' &&
    run.glyphs[1]!.value < 60;
  return run.glyphs.length <= 2 || timed;
}

/** Whether a run reads as dictated digits rather than as counting ("one, two, three, four"). */
function isCounting(run: Run): boolean {
  if (run.glyphs.length < 3 || run.glyphs.some((part) => part.kind === 'magnitude')) return false;
  const values = run.glyphs.map((part) => part.value);
  return values.every((value, i) => i === 0 || value === values[i - 1]! + 1 || value === values[i - 1]! - 1);
}

function groupLengths(run: Run): string {
  return run.glyphs.map((part) => part.text.length).join('-');
}

/** Label by shape alone, where no word says what the number is. */
function shapeOf(
  run: Run,
  tokens: readonly Token[],
): { label: Label; rule: string; score: number } | undefined {
  const { text: digits } = run;
  const single = run.glyphs.length === 1;
  const written = tokens
    .slice(run.from, run.to)
    .map((token) => token.core)
    .join(' ');
  const spoken = run.glyphs.every((part) => part.kind !== 'written');
  if (/^\d{3}[- ]\d{2}[- ]\d{4}$/.test(written))
    return { label: 'ID_NUMBER', rule: 'social security number', score: 0.95 };
  const plus = tokens[run.from - 1]?.key === 'plus' || /^\+/.test(tokens[run.from]!.core);
  if (plus && digits.length >= 7) return { label: 'PHONE', rule: 'international phone number', score: 0.97 };
  if (digits.length >= 13 && digits.length <= 19 && luhn(digits))
    return { label: 'CARD', rule: 'card number with Luhn digit', score: 0.98 };
  if (/^\(?\d{3}\)?[-. )]+\d{3}[-. ]\d{4}$/.test(written) || /^\d{3}-\d{4}$/.test(written))
    return { label: 'PHONE', rule: 'North American phone number', score: 0.95 };
  if (/^0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}$/.test(written) || /^0[1-9]\d{8,9}$/.test(digits))
    return { label: 'PHONE', rule: 'national phone number', score: 0.9 };
  if (digits.length >= 13 && digits.length <= 19)
    return { label: 'CARD', rule: 'long digit run', score: 0.8 };
  if (digits.length > 19) return { label: 'ID_NUMBER', rule: 'long digit run', score: 0.8 };
  if (digits.length >= 10) {
    if (digits.length === 10 && nhsNumber(digits) && /^3-3-4$/.test(groupLengths(run)) && !spoken)
      return { label: 'ID_NUMBER', rule: 'NHS number', score: 0.9 };
    return { label: 'PHONE', rule: 'ten or more digits', score: 0.8 };
  }
  if (digits.length === 9 && !single) return { label: 'ID_NUMBER', rule: 'nine digits', score: 0.75 };
  if (digits.length === 9)
    return { label: abaRouting(digits) ? 'BANK' : 'ID_NUMBER', rule: 'nine digits', score: 0.7 };
  if (spoken && digits.length >= 6)
    return { label: digits.length === 7 ? 'PHONE' : 'ID_NUMBER', rule: 'dictated digits', score: 0.7 };
  if (single && digits.length >= 7) return { label: 'ID_NUMBER', rule: 'seven or more figures', score: 0.6 };
  if (digits.length >= 7 && run.glyphs.length >= 2)
    return { label: 'PHONE', rule: 'grouped figures', score: 0.65 };
  return undefined;
}

/** Phone, card, bank and identity numbers among the runs of digits, written and dictated. */
export function recogniseNumbers({ tokens, digits }: Reading): DetectedSpan[] {
  const spans: DetectedSpan[] = [];
  for (const run of digits) {
    const length = run.text.length;
    if (length < 2 || isQuantity(run, tokens)) continue;
    const cue = cueAround(tokens, run);
    const magnitudes = run.glyphs.filter((part) => part.kind === 'magnitude').length;
    // "Two thousand" is a postcode in Sydney, "six hundred" may be a card's security code; elsewhere they count.
    if (magnitudes === run.glyphs.length && cue?.rule !== 'postal code' && cue?.label !== 'CREDENTIAL')
      continue;
    const shape = shapeOf(run, tokens);
    if (cue && !(isCounting(run) && cue.label === 'PHONE' && length < 7)) {
      // The shape of a card or of an international number outweighs a general word before it.
      const certain =
        shape !== undefined &&
        shape.score >= 0.95 &&
        cue.label !== 'BANK' &&
        !(shape.rule === 'North American phone number' && cue.rule === 'number after an identifier word');
      spans.push(
        certain
          ? ruleSpan(signedStart(run, tokens), run.to, shape.label, shape.rule, shape.score)
          : ruleSpan(signedStart(run, tokens), signedEnd(run, tokens, cue.label), cue.label, cue.rule, 0.9),
      );
    } else if (shape && !isCounting(run) && !isDate(run, tokens)) {
      spans.push(ruleSpan(signedStart(run, tokens), run.to, shape.label, shape.rule, shape.score));
    }
  }
  return spans;
}

/** "plus four four ...", "star one nine seven two": the key or sign before a number belongs to it. */
function signedStart({ from }: Run, tokens: readonly Token[]): number {
  return /^(?:plus|star|hash|asterisk|[+*#])$/.test(tokens[from - 1]?.key || (tokens[from - 1]?.text ?? ''))
    ? from - 1
    : from;
}

function signedEnd({ to }: Run, tokens: readonly Token[], label: Label): number {
  return label === 'CREDENTIAL' && /^(?:pound|hash|star|asterisk|[*#])$/.test(tokens[to]?.key ?? '')
    ? to + 1
    : to;
}

/** A date in figures, or whole numbers in a row that say years ("nineteen ninety, nineteen ninety one"). */
function isDate(run: Run, tokens: readonly Token[]): boolean {
  if (run.to - run.from === 1 && isWrittenDate(tokens[run.from]!.core)) return true;
  if (run.glyphs.every((part) => part.kind === 'written' && /^(?:19|20)\d\d$/.test(part.text))) return true;
  return run.glyphs.every((part) => part.kind === 'pair') && /^(?:(?:19|20)\d\d)+$/.test(run.text);
}
