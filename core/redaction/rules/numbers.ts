import type { Label } from '../../transcript/schema.ts';
import type { DetectedSpan } from '../detector.ts';
import { Phrases, wordSet } from '../phrases.ts';
import type { Run } from '../spoken.ts';
import type { Token } from '../tokens.ts';
import { abaRouting, luhn, nhsNumber } from './checksums.ts';
import { type Reading, ruleSpan } from './reading.ts';

/** What words before a number say it is, and how many digits such a number has. */
interface NumberCue {
  readonly label: Label;
  readonly rule: string;
  readonly least: number;
  readonly most: number;
}

/** Cues apply to digits and to codes of letters and digits alike. */
export const numberCues = new Phrases<NumberCue>()
  .add(
    [
      'phone',
      'telephone',
      'mobile',
      'cell',
      'cellphone',
      'landline',
      'fax',
      'tel',
      'whatsapp',
      'call',
      'text',
      'dial',
      'ring',
      'reach me',
      'reach him',
      'reach her',
      'reach us',
      'contact',
      'hotline',
      'pager',
      'voicemail',
      'call me',
      'phone number',
      'cell number',
      'mobile number',
      'contact number',
      'work number',
      'home number',
      'fax number',
      'callback number',
      'call back number',
      'calling from',
      'my number',
      'number is',
      "number's",
      'his number',
      'her number',
      'their number',
      'number at',
      'helpline',
      'whats app',
      'signal',
      'telefon',
      'handy',
      'telefonnummer',
      'numero',
    ],
    { label: 'PHONE', rule: 'number after a phone word', least: 5, most: 16 },
  )
  .add(['extension', 'ext', 'x'], { label: 'PHONE', rule: 'extension', least: 2, most: 6 })
  .add(['area code', 'country code', 'dialling code', 'dialing code'], {
    label: 'PHONE',
    rule: 'area code',
    least: 2,
    most: 16,
  })
  .add(
    [
      'card',
      'credit card',
      'debit card',
      'card number',
      'visa',
      'mastercard',
      'master card',
      'amex',
      'american express',
      'discover',
      'maestro',
      'card ending',
      'ending in',
      'ends in',
      'ending with',
      'diners',
      'cc number',
      'card details',
    ],
    { label: 'CARD', rule: 'number after a card word', least: 4, most: 23 },
  )
  .add(['cvv', 'cvc', 'cvv2', 'c v v', 'c v c', 'security code', 'csc', 'card verification'], {
    label: 'CREDENTIAL',
    rule: 'card verification code',
    least: 3,
    most: 8,
  })
  .add(
    [
      'account',
      'account number',
      'acct',
      'account no',
      'a c',
      'bank account',
      'routing',
      'routing number',
      'routing transit',
      'aba',
      'sort code',
      'bsb',
      'iban',
      'i b a n',
      'swift',
      'bic',
      'ifsc',
      'checking account',
      'savings account',
      'current account',
      'transit number',
      'institution number',
      'clabe',
      'swift code',
      'bic code',
      'kontonummer',
      'blz',
      'bank details',
      'wire transfer',
    ],
    { label: 'BANK', rule: 'number after a bank word', least: 4, most: 34 },
  )
  .add(
    [
      'ssn',
      'social',
      'social security',
      'social security number',
      's s n',
      'national insurance',
      'ni number',
      'nino',
      'nhs',
      'nhs number',
      'sin',
      'social insurance',
      'tfn',
      'tax file',
      'medicare',
      'medicaid',
      'aadhaar',
      'aadhar',
      'adhaar',
      'pan',
      'pan card',
      'passport',
      'licence',
      'license',
      "driver's licence",
      "driver's license",
      'drivers license',
      'drivers licence',
      'driving licence',
      'driving license',
      'identity card',
      'id card',
      'id number',
      'identification number',
      'id',
      'i d',
      'employee',
      'employee number',
      'employee id',
      'staff number',
      'staff id',
      'badge',
      'badge number',
      'payroll',
      'patient',
      'patient number',
      'patient id',
      'mrn',
      'm r n',
      'medical record',
      'medical record number',
      'record number',
      'hospital number',
      'case',
      'case number',
      'claim',
      'claim number',
      'policy',
      'policy number',
      'order',
      'order number',
      'booking',
      'booking reference',
      'confirmation',
      'confirmation number',
      'confirmation code',
      'reservation',
      'reservation number',
      'customer',
      'customer number',
      'customer id',
      'client number',
      'client id',
      'member',
      'member number',
      'member id',
      'membership',
      'membership number',
      'reference',
      'reference number',
      'ref',
      'ref number',
      'tracking',
      'tracking number',
      'invoice',
      'invoice number',
      'ticket',
      'ticket number',
      'serial',
      'serial number',
      'imei',
      'vin',
      'v i n',
      'plate',
      'plates',
      'license plate',
      'licence plate',
      'number plate',
      'registration',
      'registration number',
      'rego',
      'reg',
      'vat',
      'vat number',
      'tax id',
      'tin',
      'ein',
      'itin',
      'npi',
      'dea',
      'insurance',
      'insurance number',
      'group number',
      'subscriber',
      'student',
      'student id',
      'student number',
      'prescription',
      'prescription number',
      'rx',
      'chart number',
      'file number',
      'docket',
      'docket number',
      'permit',
      'visa number',
      'green card',
      'alien number',
      'a number',
      'bsn',
      'cpf',
      'cnpj',
      'nif',
      'nie',
      'dni',
      'codice fiscale',
      'personnummer',
      'pesel',
      'voter',
      'voter id',
      'loyalty',
      'frequent flyer',
      'account reference',
      'pps',
      'ppsn',
      'siret',
      'siren',
      'user id',
      'device id',
      'personal number',
      'flight number',
    ],
    { label: 'ID_NUMBER', rule: 'number after an identifier word', least: 4, most: 34 },
  )
  .add(
    [
      'pin',
      'pin code',
      'pin number',
      'passcode',
      'pass code',
      'password',
      'otp',
      'o t p',
      'one time code',
      'one-time code',
      'one time password',
      'one-time password',
      'verification code',
      'access code',
      'entry code',
      'door code',
      'gate code',
      'alarm code',
      'security pin',
      'login code',
      'auth code',
      'authentication code',
      'authorization code',
      'two factor code',
      'unlock code',
      'lock code',
      'code is',
      'the code',
      'sms code',
      'meeting id',
      'conference id',
      'combination',
      'safe code',
      'activation code',
      'recovery code',
      'backup code',
      'token',
      'key code',
      'secret code',
      'code',
    ],
    { label: 'CREDENTIAL', rule: 'code after a credential word', least: 3, most: 34 },
  )
  .add(['zip', 'zip code', 'zipcode', 'postcode', 'post code', 'postal code'], {
    label: 'ADDRESS',
    rule: 'postal code',
    least: 4,
    most: 9,
  });

/** Words after a number that make it an amount or a measure. */
export const measures = wordSet(`
  percent percentage dollars dollar bucks euros euro pounds pound pence cents cent million billion trillion thousand hundred grand
  minutes minute hours hour seconds second days day weeks week months month years year times people persons users customers
  employees patients cases orders tickets miles mile kilometers kilometres km meters metres feet foot inches inch cm mm kg kilos grams
  milligrams mg degrees points point percentiles basis bytes megabytes gigabytes kb mb gb hertz hz megahertz lines words pages items
  questions slides episodes shares rupees yen volts watts bits tokens steps samples files votes copies units barrels tons tonnes
  acres calories milliliters ml pixels frames rows columns am pm a.m p.m o'clock oclock
`);

/** Words after a number that name it: "... is my social", "... is the number". */
const namedAfter = wordSet('is that was');

function isQuantity(run: Run, tokens: readonly Token[]): boolean {
  const first = tokens[run.from]!;
  const last = tokens[run.to - 1]!;
  const next = tokens[run.to]?.key ?? '';
  if (/[$€£¥₹%]/.test(first.text) || /[%€$£]/.test(last.text)) return true;
  if (/[$€£¥₹]/.test(tokens[run.from - 1]?.text ?? '')) return true;
  if (/^(?:dollars?|euros?|pounds?|percent|million|billion|trillion|bucks|rupees|k)$/.test(next)) return true;
  if (run.glyphs.length === 1) {
    const core = first.core;
    if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(core) || /^\d+[.,]\d{1,2}$/.test(core)) return true;
  }
  return run.glyphs.length <= 2 && measures.has(next) && !/[.,;!?]$/.test(last.after);
}

/** Whether a run reads as dictated digits rather than as counting ("one, two, three, four"). */
function isCounting(run: Run): boolean {
  if (run.glyphs.length < 3 || run.glyphs.some((part) => part.kind === 'magnitude')) return false;
  const values = run.glyphs.map((part) => part.value);
  return values.every((value, i) => i === 0 || value === values[i - 1]! + 1 || value === values[i - 1]! - 1);
}

function cueFor(run: Run, tokens: readonly Token[], length: number): NumberCue | undefined {
  const found = numberCues.before(tokens, run.from, 9);
  const fits = (cue: NumberCue) => length >= cue.least && (length <= cue.most || run.repaired);
  // A sentence that ended since the cue takes the number with it, unless the number is long.
  const ended = found && tokens.slice(found.to - 1, run.from).some((token) => /[.?!]$/.test(token.after));
  if (found && fits(found.value) && (!ended || length >= 5)) return found.value;
  const next = tokens[run.to]?.key ?? '';
  if (!namedAfter.has(next)) return undefined;
  const after = numberCues.after(tokens, run.to + 1, 3);
  return after && fits(after.value) ? after.value : undefined;
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
  if (digits.length >= 13 && digits.length <= 19 && luhn(digits))
    return { label: 'CARD', rule: 'card number with Luhn digit', score: 0.98 };
  if (/^\+/.test(tokens[run.from]!.core) && digits.length >= 7)
    return { label: 'PHONE', rule: 'international phone number', score: 0.97 };
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
    const magnitudes = run.glyphs.filter((part) => part.kind === 'magnitude').length;
    if (magnitudes === run.glyphs.length) continue;
    const cue = cueFor(run, tokens, length);
    const shape = shapeOf(run, tokens);
    if (cue && !(isCounting(run) && cue.label === 'PHONE' && length < 7)) {
      // The shape of a card or of an international number outweighs a general word before it.
      const certain = shape !== undefined && shape.score >= 0.95 && cue.label !== 'BANK';
      spans.push(
        certain
          ? ruleSpan(run.from, run.to, shape.label, shape.rule, shape.score)
          : ruleSpan(run.from, run.to, cue.label, cue.rule, 0.9),
      );
    } else if (shape && !isCounting(run) && !isDate(run)) {
      spans.push(ruleSpan(run.from, run.to, shape.label, shape.rule, shape.score));
    }
  }
  return spans;
}

/** A few whole numbers in a row that say years ("nineteen ninety, nineteen ninety one") rather than digits. */
function isDate(run: Run): boolean {
  return run.glyphs.every((part) => part.kind === 'pair') && /^(?:(?:19|20)\d\d)+$/.test(run.text);
}
