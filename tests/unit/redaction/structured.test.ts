import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { found, labelsOver } from './found.ts';
import { digitsOf, sayDigits, sayingStyle, sayTwoDigits, spell } from './say.ts';

const runs = { numRuns: 150 };

/** Fails with the sentence when a word of the value stays open. */
function expectMasked(text: string, value: string) {
  expect({ text, masked: labelsOver(text, value).length > 0 }).toEqual({ text, masked: true });
}

describe('dictated numbers are found whole, however they are said', () => {
  const frames: [string, number, (said: string) => string][] = [
    ['a phone number of seven digits', 7, (said) => `you can call me on ${said} after six`],
    ['a phone number of ten digits', 10, (said) => `my number is ${said} okay`],
    ['a phone number of eleven digits without any cue', 11, (said) => `so it is ${said} thanks`],
    ['a card number of sixteen digits', 16, (said) => `the card number is ${said} and it expires soon`],
    ['sixteen digits without any cue', 16, (said) => `let me read it out ${said} got it`],
    ['a social security number', 9, (said) => `my social security number is ${said}`],
    ['an account number', 8, (said) => `the account number is ${said} please`],
    ['a routing number', 9, (said) => `routing number ${said}`],
    ['a patient number', 6, (said) => `patient number ${said} came in`],
    ['a one-time code', 6, (said) => `the verification code is ${said}`],
    ['a PIN', 4, (said) => `my pin is ${said}`],
    ['an employee number', 5, (said) => `employee id ${said}`],
    ['an order number', 8, (said) => `order number ${said} never arrived`],
    ['an Aadhaar number', 12, (said) => `my aadhaar is ${said}`],
  ];
  test.each(frames)('%s', (_, length, frame) => {
    fc.assert(
      fc.property(digitsOf(length), sayingStyle, (digits, style) => {
        const said = sayDigits(digits, style);
        expectMasked(frame(said), said);
      }),
      runs,
    );
  });

  test('with a filler or a correction between the digits', () => {
    fc.assert(
      fc.property(
        digitsOf(10),
        fc.integer({ min: 3, max: 7 }),
        fc.constantFrom('uh', 'um', 'no sorry', 'i mean', 'er'),
        (digits, at, between) => {
          const style = { oh: true, doubles: false, pairs: false };
          const said = `${sayDigits(digits.slice(0, at), style)} ${between} ${sayDigits(digits.slice(at), style)}`;
          expectMasked(`my phone number is ${said} okay`, said);
        },
      ),
      runs,
    );
  });

  test('with the commas and full stops a recogniser puts at pauses', () => {
    for (const text of [
      'five five five, oh one two three',
      'Five, five, five. Oh, one, two, three',
      '555, 0123',
      '555. 0123',
      '5 5 5 0 1 2 3',
    ])
      expectMasked(`My number is ${text}.`, text);
  });

  test('over the border of two turns', () => {
    expect(found('my number is\nfive five five\nokay\noh one two three').map(({ label }) => label)).toEqual([
      'PHONE',
    ]);
  });
});

describe('written numbers', () => {
  test.each([
    ['PHONE', '(555) 123-4567'],
    ['PHONE', '555-123-4567'],
    ['PHONE', '+44 20 7946 0958'],
    ['PHONE', '+1 (416) 555-0199'],
    ['PHONE', '020 7946 0958'],
    ['PHONE', '0412 345 678'],
    ['PHONE', '+91 98765 43210'],
    ['PHONE', '+49 30 901820'],
    ['CARD', '4111 1111 1111 1111'],
    ['CARD', '5500-0000-0000-0004'],
    ['CARD', '378282246310005'],
    ['ID_NUMBER', '123-45-6789'],
    ['BANK', 'GB29 NWBK 6016 1331 9268 19'],
    ['BANK', 'DE89370400440532013000'],
    ['ID_NUMBER', 'QQ123456C'],
    ['ID_NUMBER', 'ABCPE1234F'],
    ['ID_NUMBER', 'MORGA657054SM9IJ'],
    ['EMAIL', 'john.smith+news@mail.example.co.uk'],
    ['URL', 'https://example.com/a?b=c'],
    ['URL', 'www.example.org'],
    ['URL', 'example.com/about'],
    ['URL', '192.168.1.17'],
    ['URL', '00:1B:44:11:3A:B7'],
    ['CREDENTIAL', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['CREDENTIAL', 'AKIAIOSFODNN7EXAMPLE'],
  ])('%s %s', (label, value) => {
    expect(labelsOver(`so it was ${value}, as I said`, value)).toEqual([label]);
  });

  test('a checksum that fails clears nothing', () => {
    expectMasked('it was 4111 1111 1111 1112 on the slip', '4111 1111 1111 1112');
    expectMasked('IBAN GB29 NWBK 6016 1331 9268 18 please', 'GB29 NWBK 6016 1331 9268 18');
  });
});

describe('spelled codes', () => {
  const letters = (length: number) =>
    fc
      .array(fc.constantFrom(...'bcdfghjklmnpqrstvwxz'), { minLength: length, maxLength: length })
      .map((chars) => chars.join(''));

  test('letters and digits after a word that names them', () => {
    const cue = fc.constantFrom(
      'passport number is',
      'booking reference is',
      'license plate is',
      'policy number',
      'member id',
      'case number',
    );
    fc.assert(
      fc.property(cue, letters(2), digitsOf(5), (words, head, tail) => {
        const said = spell(head + tail);
        expectMasked(`my ${words} ${said} okay`, said);
      }),
      runs,
    );
  });

  test('a national insurance number without any cue', () => {
    fc.assert(
      fc.property(digitsOf(6), (digits) => {
        const said = spell(`jm${digits}c`);
        expectMasked(`right so that is ${said} thank you`, said);
      }),
      runs,
    );
  });

  test('an IBAN said letter by letter', () => {
    const said = spell('de89370400440532013000');
    expect(labelsOver(`iban ${said} got it`, said)).toEqual(['BANK']);
  });

  test('letters said with a word', () => {
    const said = 'm as in mike four five six b for bravo seven';
    expectMasked(`the reference is ${said} okay`, said);
  });
});

describe('internet addresses said aloud', () => {
  test.each([
    ['EMAIL', 'john dot smith at gmail dot com'],
    ['EMAIL', 'j o h n underscore smith at example dot co dot uk'],
    ['EMAIL', 'mary hyphen jane forty two at outlook dot com'],
    ['EMAIL', 'info at acme minus labs dot io'],
    ['EMAIL', 'sarah at g m a i l dot com'],
    ['EMAIL', 'john.smith at gmail.com'],
    ['URL', 'w w w dot example dot com slash about'],
    ['URL', 'www dot acme dash labs dot co dot uk'],
    ['URL', 'acme dot com'],
    ['URL', 'ten dot zero dot zero dot one'],
    ['URL', 'one nine two dot one six eight dot one dot seventeen'],
  ])('%s: %s', (label, value) => {
    expect(labelsOver(`you can find it under ${value} okay`, value)).toEqual([label]);
  });

  test('an address ends where the sentence goes on', () => {
    expect(found('please write to john at gmail dot com if you need me')).toMatchObject([
      { text: 'john at gmail dot com' },
    ]);
  });
});

describe('dates, ages and addresses', () => {
  const months = [
    'january',
    'february',
    'march',
    'april',
    'may',
    'june',
    'july',
    'august',
    'september',
    'october',
    'november',
    'december',
  ];
  const ordinals = [
    'first',
    'second',
    'third',
    'fourth',
    'fifth',
    'twelfth',
    'twentieth',
    'twenty first',
    'thirty first',
  ];

  test('a birthday said in words is a date of birth', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ordinals),
        fc.constantFrom(...months),
        fc.integer({ min: 20, max: 99 }),
        (day, month, year) => {
          const said = `${day} of ${month} nineteen ${sayTwoDigits(year)}`;
          expect(labelsOver(`i was born on the ${said} in a small town`, said)).toEqual(['DATE_OF_BIRTH']);
        },
      ),
      runs,
    );
  });

  test.each([
    ['DATE_OF_BIRTH', 'Her date of birth is 03/14/1984.', '03/14/1984'],
    ['DATE_OF_BIRTH', 'dob three fourteen eighty four', 'three fourteen eighty four'],
    ['DATE_OF_BIRTH', 'my birthday is may fifth', 'may fifth'],
    ['DATE', 'we met on March 3rd, 2021, in the office', 'March 3rd, 2021'],
    ['DATE', 'it arrived on 2021-03-04 at noon', '2021-03-04'],
    ['DATE', 'the contract of the twelfth of june ended', 'twelfth of june'],
    ['AGE', "I'm 34 and I work here", '34'],
    ['AGE', 'she is thirty four years old', 'thirty four years old'],
    ['AGE', 'a 12-year-old boy', '12-year-old'],
    ['AGE', 'the patient aged 45 was seen', '45'],
    ['ADDRESS', 'I live at 221B Baker Street, London NW1 6XE.', '221B Baker Street, London NW1 6XE'],
    ['ADDRESS', 'she lives at forty two wallaby way', 'forty two wallaby way'],
    [
      'ADDRESS',
      'ship it to one twenty three main street apartment four b',
      'one twenty three main street apartment four b',
    ],
    ['ADDRESS', 'Ich wohne in der Hauptstraße 12, 10115 Berlin.', 'Hauptstraße 12, 10115 Berlin'],
    ['ADDRESS', 'il habite 12 rue de Rivoli, 75001 Paris', '12 rue de Rivoli, 75001 Paris'],
    [
      'ADDRESS',
      'it is 4421 Maple Grove Court, Apt 3, Brookline MA 02446',
      '4421 Maple Grove Court, Apt 3, Brookline MA 02446',
    ],
    ['ADDRESS', 'it was 12 oak street close to the park', '12 oak street'],
    ['ADDRESS', 'write to p o box four hundred and twelve', 'p o box four hundred and twelve'],
    ['ADDRESS', 'my postcode is s w one a one a a', 's w one a one a a'],
    ['ADDRESS', 'the zip code is nine oh two one oh', 'nine oh two one oh'],
    ['CREDENTIAL', 'the password is hunter two', 'hunter two'],
    ['CREDENTIAL', 'Password: tr0ub4dor&3', 'tr0ub4dor&3'],
    ['CREDENTIAL', 'the wifi password is capital p a s s w zero r d', 'capital p a s s w zero r d'],
  ])('%s in: %s', (label, text, value) => {
    expect(labelsOver(text, value)).toEqual([label]);
  });
});

describe('ordinary talk of numbers stays readable', () => {
  test.each([
    'we had 1,234,567 users and 300 million dollars in revenue',
    'it took two hours and thirty minutes, a five hour drive',
    'we counted one two three four five and stopped',
    'testing one two three',
    'revenue grew by 20 percent, or 4.5 points',
    "I'm five minutes late and one hundred percent sure",
    'the password is wrong again',
    'node version 20.1.0 fixes H264 and MP3 files, see RFC2119 and GPT-4',
    'you may come in and we march on',
    'two out of three people, four or five times a day',
    'it was nine to five for ten years',
    'that is a one way street',
  ])('%s', (text) => {
    expect(found(text)).toEqual([]);
  });
});
