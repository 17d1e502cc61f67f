import { describe, expect, test } from 'vitest';
import { UserError } from '../../../core/errors.ts';
import { assertNoLeak, leakCheck } from '../../../core/redaction/leakCheck.ts';
import { mask } from '../../../core/redaction/mask.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { redact } from '../../../core/redaction/redactor.ts';
import type { Transcript } from '../../../core/transcript/schema.ts';
import { marked, transcriptOf } from './transcript.ts';

const { standard, strict } = POLICY_PRESETS;

const person = marked(transcriptOf(['I am Sarah Connor and I work here.']), 'PERSON', 'Sarah Connor');
const phone = marked(
  transcriptOf(['call five five five oh one two three please']),
  'PHONE',
  'five five five oh one two three',
);
const email = marked(transcriptOf(['write to jo.smith@example.com now']), 'EMAIL', 'jo.smith@example.com');
const will = marked(transcriptOf(['and Will said it', 'it will rain and we will go']), 'PERSON', 'Will');
const age = marked(transcriptOf(["I'm 34 and tired", 'it cost 34 dollars']), 'AGE', '34');

describe('a masked value is found in an artefact', () => {
  test.each<[string, Transcript, string]>([
    ['as written', person, 'I am Sarah Connor and'],
    ['in other casing', person, 'I AM SARAH CONNOR'],
    ['as one of its names', person, '<p>dear connor,</p>'],
    ['as a possessive', person, "Connor's desk"],
    ['in a tag or an attribute', person, '<p title="connor">[PERSON_1]</p>'],
    ['spelled out', person, 'that is C-O-N-N-O-R for you'],
    ['spelled out with blanks', person, 'c o n n o r'],
    ['dictated digits as figures', phone, 'tel 555-0123'],
    ['dictated digits with other separators', phone, 'tel 555 01 23'],
    ['dictated digits as said', phone, 'Five, five, five, oh, one, two, three.'],
    ['dictated digits said otherwise', phone, 'triple five zero one twenty three'],
    ['an e-mail address', email, 'mailto:JO.SMITH@example.com'],
    ['an e-mail address without its marks', email, 'jo smith example com'],
    ['an ordinary word between the neighbours of the masked name', will, 'and Will said it'],
  ])('%s', (_, transcript, text) => {
    const leaks = leakCheck(`Some text before it. ${text} And after.`, transcript, strict);
    expect(leaks.length).toBeGreaterThan(0);
    expect(JSON.stringify(leaks)).not.toMatch(/sarah|connor|0123|smith|will/i);
  });

  test('a speaker whose label is a name', () => {
    const transcript = transcriptOf(['hello'], ['Sarah Connor']);
    expect(leakCheck('Connor: hello', transcript, standard)).toMatchObject([
      { label: 'PERSON', form: 'exact' },
    ]);
  });

  test('with its place', () => {
    expect(leakCheck('[PERSON_1] is Connor', person, standard)).toEqual([
      { label: 'PERSON', offset: 14, form: 'exact', seconds: null },
    ]);
  });
});

describe('no false alarm', () => {
  const join = (transcript: Transcript) =>
    mask(transcript, strict)
      .segments.map(({ words }) => words.map(({ text }) => text).join(' '))
      .join('\n');

  test('for the masked transcript itself', () => {
    for (const transcript of [person, phone, email, will, age])
      expect(leakCheck(join(transcript), transcript, strict)).toEqual([]);
  });

  test('for an ordinary word that is spelled like a masked name', () => {
    expect(leakCheck('It will rain. We will go. Will it?', will, strict)).toEqual([]);
  });

  test('for a short number that stands elsewhere with reason', () => {
    expect(leakCheck('it cost 34 dollars at 00:00:34', age, strict)).toEqual([]);
  });

  test('for times and decimals of a caption or JSON file', () => {
    const transcript = marked(transcriptOf(['my number is 5550123 okay']), 'PHONE', '5550123');
    expect(leakCheck('00:55:50,123 --> 00:55:50,500\n{"start":5550.123}', transcript, strict)).toEqual([]);
  });

  test('for what a person rejected, the policy keeps or the allow list names', () => {
    const rejected = marked(
      marked(transcriptOf(['Connor met Connor']), 'PERSON', 'Connor', { decision: 'rejected' }),
      'PERSON',
      'Connor',
      { nth: 1 },
    );
    expect(leakCheck('Connor met [PERSON_1]', rejected, standard)).toEqual([]);
    const place = marked(
      marked(transcriptOf(['Jackson lives in Jackson']), 'PERSON', 'Jackson'),
      'LOCATION',
      'Jackson',
      { nth: 1 },
    );
    expect(leakCheck('[PERSON_1] lives in Jackson', place, standard)).toEqual([]);
    expect(leakCheck('Connor', person, { ...standard, allow: ['Connor'] })).toEqual([]);
  });

  test('for a span of mere punctuation', () => {
    const transcript = transcriptOf(['that week --- versus this one']);
    const dash = {
      ...transcript,
      entities: [
        {
          id: 'e1',
          label: 'PERSON',
          words: ['w3'],
          detector: 'names',
          rule: 'test',
          score: 1,
          decision: 'pending',
        },
      ],
    } satisfies Transcript;
    expect(leakCheck(join(dash), dash, strict)).toEqual([]);
  });

  test('for fonts and style sheets', () => {
    const georgia = marked(transcriptOf(['I am Georgia']), 'PERSON', 'Georgia');
    expect(
      leakCheck(
        '<style>p{font-family:Georgia}</style><w:rFonts w:ascii="Georgia"/>I am [PERSON_1]',
        georgia,
        standard,
      ),
    ).toEqual([]);
  });
});

test('an artefact that leaks is refused without naming the value', () => {
  expect(() => assertNoLeak('I am [PERSON_1]', person, standard, 'out.txt')).not.toThrow();
  try {
    assertNoLeak('I am Connor', person, standard, 'out.txt');
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).code).toBe('leak');
    expect((error as UserError).message).toContain('out.txt');
    expect((error as UserError).message).not.toMatch(/connor/i);
  }
});

test('what the redactor finds and masks passes the check', () => {
  const transcript = redact(
    transcriptOf([
      'Hi, my name is Sarah Connor and my number is five five five oh one two three.',
      'Thanks, Sarah. Will you be there on May third? Mark it in the calendar, Mark.',
      "I'm 34 and I live at 12 Oak Street, Springfield. My email is sarah dot connor at gmail dot com.",
    ]),
    strict,
  );
  const text = mask(transcript, strict)
    .segments.map(({ words }) => words.map((word) => word.text).join(' '))
    .join('\n');
  expect(leakCheck(text, transcript, strict)).toEqual([]);
});
