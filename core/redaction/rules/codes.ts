import type { Label } from '../../transcript/schema.ts';
import type { DetectedSpan } from '../detector.ts';
import { nameLists } from '../names/lists.ts';
import { Phrases, wordSet } from '../phrases.ts';
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
    repaired: run.repaired,
  };
}

/** Codes of letters and figures: identity and bank numbers, references, plates, postcodes; written, spelled, or both. */
export function recogniseCodes(reading: Reading): DetectedSpan[] {
  const { tokens } = reading;
  const spans: DetectedSpan[] = [];
  for (const whole of reading.codes) {
    const postcode = ukPostcode.test(whole.text) || canadianPostcode.test(whole.text);
    const run = postcode ? whole : trimWords(whole, tokens);
    if (!run) continue;
    const { text } = run;
    const figures = figureCount(text);
    const letters = text.length - figures;
    if (letters === 0) continue;
    const cue = cueAround(tokens, run.from, run.to, text.length, run.repaired);
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
      text.length >= Math.max(4, cue.least) &&
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

const secretWords = new Phrases<string>()
  .add(
    [
      'password',
      'passwords',
      'passcode',
      'pass code',
      'passphrase',
      'pass phrase',
      'pass word',
      'pin',
      'pin code',
      'passwort',
      'wifi key',
      'wi-fi key',
      'api key',
      'secret key',
      'access key',
      'secret',
      'security answer',
      'secret word',
      'safe word',
      'code word',
      'api token',
      'access token',
      'token',
    ],
    'after a password word',
  )
  .add(
    [
      'username',
      'user name',
      'user id',
      'login',
      'log in',
      'login id',
      'screen name',
      'handle',
      'gamertag',
      'skype',
    ],
    'after a user name word',
  );
const copulas = wordSet("is was equals are be to as it's");
/** What is said of a password instead of one. */
const notSecret = wordSet(`
  a an the not wrong right correct incorrect invalid expired required needed stored saved weak strong long short too very so that this what which
  protected reset changed going being been set sent encrypted hashed hidden on in at for from by to of and or but if when you your my our their
  his her its it i we they he she there here still just now always never also already only more less same different important case really
  something anything nothing available unknown known good bad great fine okay ok empty blank missing used shared manager policy field
  actually basically like kind about because how why where who will would can could should must may might do does did has have had get got
  optional secure safe based issued valid enough work working works up down out off all one
`);

/** "the password is hunter two", "password: tr0ub4dor", "user name is jsmith forty two". */
export function recogniseSecrets({ tokens, glyphs, glyphOf }: Reading): DetectedSpan[] {
  const spans: DetectedSpan[] = [];
  const { words } = nameLists();
  for (let i = 0; i < tokens.length; i++) {
    const found = secretWords.at(tokens, i);
    if (!found) continue;
    let at = found.to;
    const colon = /[:=]$/.test(tokens[at - 1]!.after);
    if (/^(?:for|to|on)$/.test(tokens[at]?.key ?? '')) {
      // "the password for the portal is"
      let skip = at + 1;
      while (skip < Math.min(tokens.length, at + 7) && !/^(?:is|was)$/.test(tokens[skip]!.key)) skip++;
      if (/^(?:is|was)$/.test(tokens[skip]?.key ?? '')) at = skip;
    }
    const copula = copulas.has(tokens[at]?.key ?? '') || /^[:=]$/.test(tokens[at]?.text ?? '');
    // "use the password hunter two to log in"
    const used = tokens
      .slice(Math.max(0, i - 3), i)
      .some(({ key }) => /^(?:use|using|enter|type|try|with)$/.test(key));
    if (!colon && !copula && !used) {
      i = found.to - 1;
      continue;
    }
    if (!colon && copula) at++;
    if (found.value === 'after a user name word' && tokens[at]?.key === 'at') at++;
    while (
      glyphs[glyphOf[at] ?? -1]?.kind === 'filler' ||
      (/^(?:capital|uppercase|lowercase|all|one|the)$/.test(tokens[at]?.key ?? '') &&
        /^(?:letter|word|lowercase|uppercase|caps)$/.test(tokens[at + 1]?.key ?? ''))
    )
      at++;
    const first = tokens[at];
    if (!first || (notSecret.has(first.key) && first.casing !== 'mixed')) continue;
    let to = glyphs[glyphOf[at]!]!.to;
    while (to < tokens.length && to - at < 40 && !/[.?!;]$/.test(tokens[to - 1]!.after)) {
      const item = glyphs[glyphOf[to]!]!;
      const { key } = tokens[to]!;
      const common = notSecret.has(key) || (words.get(key)?.lower ?? -1) >= 6;
      const sign =
        /^(?:exclamation|dollar|percent|question|ampersand|asterisk|pound|capital|uppercase|lowercase|caret|bang|sign|mark|symbol)$/.test(
          key,
        );
      const part =
        /^(?:digit|pair|magnitude|written|letter|code|mark|filler)$/.test(item.kind) &&
        !(
          item.kind === 'letter' &&
          /^[ai]$/.test(key) &&
          !/^(?:letter|digit)$/.test(glyphs[glyphOf[to - 1]!]!.kind)
        );
      const joined = glyphs[glyphOf[to - 1]!]!.kind === 'mark';
      if (!sign && !part && !joined && (common || to - at >= 5)) break;
      to = Math.max(item.to, to + 1);
    }
    spans.push(ruleSpan(at, to, 'CREDENTIAL', found.value, 0.85));
    i = to - 1;
  }
  return spans;
}
