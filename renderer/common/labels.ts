import type { Label } from '../../core/transcript/schema.ts';

/** What people call the kinds of personal data, and the colour they share: who, where, how to reach, numbers, dates. */
const LABELS: Readonly<Record<Label, { name: string; hue: 'who' | 'where' | 'reach' | 'number' | 'date' }>> =
  {
    PERSON: { name: 'Person', hue: 'who' },
    ORG: { name: 'Organisation', hue: 'where' },
    LOCATION: { name: 'Place', hue: 'where' },
    ADDRESS: { name: 'Address', hue: 'where' },
    EMAIL: { name: 'E-mail', hue: 'reach' },
    PHONE: { name: 'Phone', hue: 'reach' },
    URL: { name: 'Web address', hue: 'reach' },
    DATE_OF_BIRTH: { name: 'Date of birth', hue: 'date' },
    DATE: { name: 'Date', hue: 'date' },
    AGE: { name: 'Age', hue: 'date' },
    ID_NUMBER: { name: 'ID number', hue: 'number' },
    CARD: { name: 'Card number', hue: 'number' },
    BANK: { name: 'Bank account', hue: 'number' },
    CREDENTIAL: { name: 'Password or key', hue: 'number' },
    NRP: { name: 'Nationality, religion, party', hue: 'who' },
  };

export function labelName(label: Label): string {
  return LABELS[label].name;
}

export function labelHue(label: Label): string {
  return LABELS[label].hue;
}
