import type { Label } from '../../transcript/schema.ts';
import type { DetectedSpan } from '../detector.ts';
import type { Run } from '../runs.ts';
import type { Token } from '../tokens.ts';
import { ibanChecksum } from './checksums.ts';
import { cueAround } from './cues.ts';
import { type Reading, ruleSpan } from './reading.ts';

interface Shape {
  readonly pattern: RegExp;
  readonly label: Label;
  readonly rule: string;
  readonly score: number;
}

/** Codes of letters and figures that are known by their form alone; written lower case, without separators. */
const shapes: readonly Shape[] = [
  { pattern: /^[a-z]{2}\d{2}[a-z0-9]{11,30}$/, label: 'BANK', rule: 'IBAN', score: 0.97 },
  {
    pattern: /^[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z]\d{6}[a-d]$/,
    label: 'ID_NUMBER',
    rule: 'national insurance number',
    score: 0.97,
  },
  { pattern: /^[a-z]{5}\d{4}[a-z]$/, label: 'ID_NUMBER', rule: 'Indian PAN', score: 0.95 },
  { pattern: /^[a-z]{4}0[a-z0-9]{6}$/, label: 'BANK', rule: 'IFSC', score: 0.9 },
  {
    pattern: /^[a-z9]{5}\d{6}[a-z9]{2}[a-z0-9]{3}$/,
    label: 'ID_NUMBER',
    rule: 'UK driving licence',
    score: 0.95,
  },
  {
    pattern:
      /^(?:at)?u\d{8}$|^(?:be|bg|cy|cz|de|dk|ee|el|es|fi|fr|gb|hr|hu|ie|it|lt|lu|lv|mt|nl|pl|pt|ro|se|si|sk)[a-z0-9]?\d{7,11}[a-z0-9]{0,3}$/,
    label: 'ID_NUMBER',
    rule: 'VAT number',
    score: 0.9,
  },
  { pattern: /^[a-z]\d{7,9}$/, label: 'ID_NUMBER', rule: 'letter and seven to nine figures', score: 0.85 },
  {
    pattern: /^[a-z]{2}\d{6,8}$/,
    label: 'ID_NUMBER',
    rule: 'two letters and six to eight figures',
    score: 0.85,
  },
  { pattern: /^\d{8}[a-z]$|^[xyz]\d{7}[a-z]$/, label: 'ID_NUMBER', rule: 'Spanish DNI or NIE', score: 0.9 },
  {
    pattern: /^[a-z]{6}\d{2}[a-z]\d{2}[a-z]\d{3}[a-z]$/,
    label: 'ID_NUMBER',
    rule: 'codice fiscale',
    score: 0.97,
  },
  {
    pattern: /^[a-hj-npr-z0-9]{17}$/,
    label: 'ID_NUMBER',
    rule: 'vehicle identification number',
    score: 0.85,
  },
];

/** Keys and tokens of services by their prefix, or by length and mixture; written as they are. */
const credentials: readonly RegExp[] = [
  /^(?:sk|pk|rk)[-_](?:live|test|proj|ant)?[-_]?[A-Za-z0-9_-]{8,}$/,
  /^gh[pousr]_[A-Za-z0-9]{16,}$/,
  /^github_pat_\w{16,}$/,
  /^glpat-[\w-]{16,}$/,
  /^(?:AKIA|ASIA)[A-Z0-9]{12,}$/,
  /^AIza[\w-]{20,}$/,
  /^xox[abprs]-[\w-]{8,}$/,
  /^eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?$/,
  /^npm_[A-Za-z0-9]{16,}$/,
  /^(?=[^\s]*\d)(?=[^\s]*[A-Za-z])[A-Za-z0-9+/_=-]{24,}$/,
];

const ukPostcode = /^(?:gir0aa|[a-z]{1,2}\d[a-z\d]?\d[a-z]{2})$/;
const canadianPostcode = /^[abceghj-nprstvxy]\d[a-z]\d[a-z]\d$/;

/** The text, if need be with the letter o read as nought, when it is a postcode or has one of the forms; or undefined. */
function hasForm(text: string): string | undefined {
  return (figureCount(text) > 1 ? [text, text.replace(/o/g, '0')] : [text]).find(
    (read) =>
      ukPostcode.test(read) ||
      canadianPostcode.test(read) ||
      shapes.some(({ pattern }) => pattern.test(read)),
  );
}

/** How much of a run's text is figures. */
function figureCount(text: string): number {
  return text.replace(/\D/g, '').length;
}

/** Drops an "a", "i" or "o" at the edges that is a word of the sentence. */
function trimWords(run: Run, tokens: readonly Token[]): Run | undefined {
  let parts = [...run.glyphs];
  // Beside a code written in one word, "I" and "A" are words as well.
  const written = run.glyphs.some(
    ({ kind, text }) => (kind === 'code' || kind === 'written') && text.length > 3,
  );
  const isWord = (part: (typeof parts)[number]) =>
    part.kind === 'letter' &&
    part.to - part.from === 1 &&
    /^[aiou]$/.test(part.text) &&
    (written || tokens[part.from]!.casing === 'lower');
  while (parts.length > 0 && isWord(parts[0]!)) parts = parts.slice(1);
  while (parts.length > 0 && isWord(parts[parts.length - 1]!)) parts = parts.slice(0, -1);
  if (parts.length === 0) return undefined;
  return {
    from: parts[0]!.from,
    to: parts[parts.length - 1]!.to,
    text: parts.map(({ text }) => text).join(''),
    glyphs: parts,
    longest: run.longest,
    repaired: run.repaired,
  };
}

/** Codes of letters and figures: identity and bank numbers, references, plates, postcodes; written, spelled, or both. */
export function recogniseCodes(reading: Reading): DetectedSpan[] {
  const { tokens } = reading;
  const spans: DetectedSpan[] = [];
  for (const whole of reading.codes) {
    const run = hasForm(whole.text) ? whole : trimWords(whole, tokens);
    if (!run) continue;
    const text = hasForm(run.text) ?? run.text;
    const figures = figureCount(text);
    const letters = text.length - figures;
    if (letters === 0) continue;
    const cue = cueAround(tokens, run);
    const shape = shapes.find(
      ({ pattern, rule }) => pattern.test(text) && (rule !== 'IBAN' || ibanChecksum(text) || figures >= 8),
    );
    if (shape && (figures >= 4 || cue)) {
      spans.push(ruleSpan(run.from, run.to, shape.label, shape.rule, shape.score));
      continue;
    }
    if (
      figures > 0 &&
      (ukPostcode.test(text) || canadianPostcode.test(text)) &&
      text.length >= 5 &&
      (run.to - run.from > 1 || text.length >= 6)
    ) {
      spans.push(ruleSpan(run.from, run.to, 'ADDRESS', 'postcode', 0.9));
      continue;
    }
    if (
      cue &&
      cue.label !== 'PHONE' &&
      run.longest >= Math.max(4, cue.least) &&
      (figures > 0 || run.glyphs.length >= 4)
    ) {
      spans.push(ruleSpan(run.from, run.to, cue.label, cue.rule, 0.9));
      continue;
    }
    // Without a word that names it: long enough, and figures enough not to be a product or a standard.
    const dense = figures >= (run.glyphs.length === 1 ? 5 : 4) && text.length >= 7;
    const phonetic = run.glyphs.filter(({ kind, from, to }) => kind === 'letter' && to - from > 2).length;
    const spelledMix = (run.glyphs.length >= 6 || phonetic > 1) && figures >= 2 && letters >= 2;
    if ((dense && (letters <= 4 || run.glyphs.length > 1)) || spelledMix)
      spans.push(ruleSpan(run.from, run.to, 'ID_NUMBER', 'letters and figures', 0.7));
  }
  spans.push(...groupedIbans(tokens));
  for (const token of tokens) {
    const bare = token.core.replace(/^["'`]+|["'`]+$/g, '');
    if (
      bare.length > 11 &&
      credentials.some((pattern) => pattern.test(bare)) &&
      !/^[A-Za-z]+(?:[-_/][A-Za-z]+)*$/.test(bare)
    ) {
      const shape = shapes.find(({ pattern, label }) => label === 'BANK' && pattern.test(bare.toLowerCase()));
      if (!shape) spans.push(ruleSpan(token.index, token.index + 1, 'CREDENTIAL', 'key or token', 0.9));
    }
  }
  return spans;
}

/** "GB29 NWBK 6016 1331 9268 19": groups of which some are letters alone, in any casing. */
function groupedIbans(tokens: readonly Token[]): DetectedSpan[] {
  const spans: DetectedSpan[] = [];
  for (let from = 0; from < tokens.length; from++) {
    const named = tokens.slice(Math.max(0, from - 3), from).some(({ key }) => key === 'iban');
    if (!/^[a-z]{2}\d{2}[a-z0-9]{0,4}$/.test(tokens[from]!.key)) continue;
    let text = '';
    let end = 0;
    for (
      let to = from;
      to < tokens.length && /^[a-z0-9]{1,8}$/.test(tokens[to]!.key) && text.length < 34;
      to++
    ) {
      text += tokens[to]!.key;
      if (
        text.length >= 15 &&
        (ibanChecksum(text) || (named && tokens[to]!.key.length <= 4 && /\d/.test(tokens[to]!.key)))
      )
        end = to + 1;
    }
    if (end > from) spans.push(ruleSpan(from, end, 'BANK', 'IBAN', 0.99));
  }
  return spans;
}
