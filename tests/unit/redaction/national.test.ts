import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { labelsOfMarked } from './found.ts';
import { saidAnyhow, spelledAnyhow } from './say.ts';

/** Seeded, so that a change is judged by what it changes; to search for misses, change the seed and run thousands. */
const runs = { numRuns: 100, seed: 20_261_121 };
const digit = fc.integer({ min: 0, max: 9 }).map(String);
const letter = fc.constantFrom(...'bcdfghjklmnpqrstvwxyz');

/** A value by its pattern: `9` a digit, `A` a letter, anything else itself. */
function valueLike(pattern: string): fc.Arbitrary<string> {
  return fc
    .tuple(...[...pattern].map((char) => (char === '9' ? digit : char === 'A' ? letter : fc.constant(char))))
    .map((chars) => chars.join(''))
    .filter(
      (value) => !'01234567890123456789876543210'.includes(value.replace(/\D/g, '').slice(0, 10) || 'x'),
    );
}

/** What is spoken of, how the value looks, and how people lead to it; lines are turns. */
const numbers: [string, string, string[]][] = [
  ['US phone', '9999999999', ['my number is', 'you can reach me at', 'what is your phone number?\n', 'call me back at', 'so it is']],
  ['US phone without area code', '9999999', ['my number is', 'the phone is']],
  ['British mobile', '07999999999', ['my mobile is', 'ring me on', 'number is']],
  ['British landline', '02079999999', ['the landline is', 'call the office on', 'it is']],
  ['Australian mobile', '0499999999', ['my mobile is', 'text me on']],
  ['Indian mobile', '9899999999', ['my mobile number is', 'whatsapp me on']],
  ['German phone', '4930999999', ['the phone number is', 'call me on plus']],
  ['social security number', '999999999', ['my social security number is', 'social is', 'what is your social?\n', 'ssn']],
  ['last four of it', '9999', ['the last four of my social are', 'what are the last four digits of your social?\n', 'the last four are']],
  ['NHS number', '9999999999', ['my nhs number is', 'nhs number']],
  ['Canadian SIN', '999999999', ['my sin is', 'social insurance number']],
  ['Australian TFN', '999999999', ['my tax file number is', 'tfn is']],
  ['Australian Medicare', '9999999999', ['my medicare number is', 'medicare card']],
  ['Aadhaar', '999999999999', ['my aadhaar number is', 'aadhaar']],
  ['Dutch BSN', '999999999', ['mijn bsn is', 'my b s n is']],
  ['Swedish personnummer', '9999999999', ['my personnummer is']],
  ['Polish PESEL', '99999999999', ['my pesel is']],
  ['Danish CPR', '9999999999', ['my cpr number is']],
  ['US passport', '999999999', ['my passport number is', 'passport']],
  ['payment card', '4999999999999999', ['the card number is', 'my visa is', 'it is']],
  ['its last four', '9999', ['the card ending in', 'my card ends in']],
  ['its security code', '999', ['the security code is', 'cvv', 'and the three digits on the back?\n']],
  ['sort code', '999999', ['the sort code is', 'sort code']],
  ['account number', '99999999', ['the account number is', 'account number please?\n']],
  ['BSB', '999999', ['bsb is']],
  ['routing number', '999999999', ['routing number']],
  ['one-time code', '999999', ['the verification code is', 'read me the code they texted me\n', 'my one time code is']],
  ['PIN', '9999', ['my pin is', 'what is your pin?\n', 'the pin number is']],
  ['zip code', '99999', ['my zip code is', 'zip is', 'what is your zip?\n']],
  ['Indian PIN code', '599999', ['the pin code is', 'postal code']],
  ['Australian postcode', '9999', ['the postcode is']],
]; // biome-ignore format: a table

const codes: [string, string, string[]][] = [
  ['NINO', 'jg999999a', ['my national insurance number is', 'n i number', 'it is']],
  ['British licence', 'bcdfg999999bc9AA', ['my licence number is']],
  ['IBAN', 'gb29nwbk99999999999999', ['my iban is', 'iban']],
  ['German IBAN', 'de89999999999999999999', ['the iban is']],
  ['PAN', 'AAApA9999A', ['my pan is', 'pan card number']],
  ['IFSC', 'hdfc0999999', ['ifsc is', 'the ifsc code is']],
  ['voter id', 'AAA9999999', ['my voter id is']],
  ['Spanish DNI', '99999999A', ['my dni is']],
  ['Spanish NIE', 'x9999999A', ['my nie is']],
  ['German passport', 'c99AA99A9', ['my passport number is']],
  ['Irish PPS', '9999999AA', ['my pps number is']],
  ['US Medicare', '9AA9AA9AA99', ['my medicare number is']],
  ['driving licence', 'A9999999', ["my driver's license number is"]],
  ['plate', 'AA99AAA', ['my license plate is', 'number plate']],
  ['reference', 'AA9999', ['the booking reference is', 'confirmation number is']],
  ['British postcode', 'AA99AA', ['my postcode is', 'the postcode is']],
  ['Canadian postal code', 'k9A9A9', ['our postal code is']],
];

describe('a number said in any form is masked to its last word', () => {
  test.each(numbers)('%s', (_, pattern, leads) => {
    const said = valueLike(pattern).chain(saidAnyhow);
    fc.assert(
      fc.property(fc.constantFrom(...leads), said, (lead, value) => {
        expect(labelsOfMarked(`so ${lead} [[${value}]]\nthank you very much`).open).toEqual([]);
      }),
      runs,
    );
  });
});

describe('a code spelled in any form is masked to its last word', () => {
  test.each(codes)('%s', (_, pattern, leads) => {
    const said = valueLike(pattern).chain(spelledAnyhow);
    fc.assert(
      fc.property(fc.constantFrom(...leads), said, (lead, value) => {
        expect(labelsOfMarked(`so ${lead} [[${value}]]\nthank you very much`).open).toEqual([]);
      }),
      runs,
    );
  });
});
