import type { Label } from '../../core/transcript/schema.ts';

/** The colour that kinds of personal data share: who, where, how to reach, numbers, dates. */
const HUES: Readonly<Record<Label, 'who' | 'where' | 'reach' | 'number' | 'date'>> = {
  PERSON: 'who',
  ORG: 'where',
  LOCATION: 'where',
  ADDRESS: 'where',
  EMAIL: 'reach',
  PHONE: 'reach',
  URL: 'reach',
  DATE_OF_BIRTH: 'date',
  DATE: 'date',
  AGE: 'date',
  ID_NUMBER: 'number',
  CARD: 'number',
  BANK: 'number',
  CREDENTIAL: 'number',
  NRP: 'who',
};

export function labelHue(label: Label): string {
  return HUES[label];
}
