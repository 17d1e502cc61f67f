import { expect, test } from 'vitest';
import { isFormless } from '../../../core/redaction/head/formless.ts';
import { splitWords, tokenize } from '../../../core/redaction/tokens.ts';
import type { Label } from '../../../core/transcript/schema.ts';

/** Whether what stands between brackets has nothing of the label's form. */
function formless(label: Label, text: string): boolean {
  const words = text.split(' ');
  const from = words.findIndex((word) => word.startsWith('['));
  const to = words.findIndex((word) => word.endsWith(']')) + 1;
  return isFormless(label, tokenize(splitWords(text.replace(/[[\]]/g, ''))), from, to);
}

test.each<[Label, string]>([
  ['CREDENTIAL', '[six] digit code from the app'],
  ['CREDENTIAL', 'password is 1364 [capital] at the start'],
  ['CREDENTIAL', 'she leaves question mark [exclamation mark]'],
  ['CREDENTIAL', '[five four] go'],
  ['CARD', '[five six three]'],
  ['PHONE', 'or direct on [hmm] four one'],
  ['URL', 'go [to] their page'],
  ['URL', "i'm on [ramipril] and a water tablet"],
  ['DATE', 'on shift till [seven forty five]'],
  ['DATE', 'the headlines at [two fifteen] today'],
  ['DATE', 'in [eighteen] bc'],
  ['DATE_OF_BIRTH', "it's an [august] body"],
  ['AGE', "she's [gone] five years"],
])('%s: "%s" is no value', (label, text) => expect(formless(label, text)).toBe(true));

test.each<[Label, string]>([
  ['CREDENTIAL', 'the password is [sunshine] i think'],
  ['CREDENTIAL', 'the pin is [six] six one two'],
  ['CREDENTIAL', 'my pin is [six] six one two'],
  ['CARD', 'it ends in [forty two] nineteen'],
  ['CARD', 'ends in [4219] i think'],
  ['PHONE', 'on [two oh seven] nine four'],
  ['URL', "i'm [nightowl] on discord"],
  ['URL', 'read [sotto.example] some day'],
  ['DATE', 'we met on the [second of may]'],
  ['DATE', 'back in [august] we met'],
  ['DATE', 'born at home in [nineteen eighty]'],
  ['DATE_OF_BIRTH', 'my birthday is [june second]'],
  ['AGE', 'he turned [thirty] last year'],
  ['PERSON', 'ask [will] about it'],
])('%s: "%s" may be one', (label, text) => expect(formless(label, text)).toBe(false));
