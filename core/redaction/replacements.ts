import { createHash, randomBytes } from 'node:crypto';
import type { Label, Transcript } from '../transcript/schema.ts';
import { type Aliases, type AliasRegister, isChosenAlias } from './aliases.ts';
import { comparisonKeys } from './distinctive.ts';
import { nameLists } from './names/lists.ts';
import type { Replacement } from './policy.ts';
import { rolesOf } from './roles.ts';
import { soundsOf } from './soundsLike.ts';

/** Kinds of personal data in words. */
const kinds: Readonly<Record<Label, string>> = {
  PERSON: 'person',
  ORG: 'organisation',
  LOCATION: 'place',
  ADDRESS: 'address',
  EMAIL: 'e-mail address',
  PHONE: 'phone number',
  URL: 'web address',
  DATE_OF_BIRTH: 'date of birth',
  DATE: 'date',
  AGE: 'age',
  ID_NUMBER: 'number',
  CARD: 'card number',
  BANK: 'bank details',
  CREDENTIAL: 'password',
  NRP: 'nationality, religion or party',
};
/** One length for all, so that it tells nothing of what it covers. */
const BLOCK = '█████';
const months = 'January February March April May June July August September October November December'.split(
  ' ',
);

/** Aliases of a transcript, as `registerAliases` gives them. */
export interface Named {
  readonly register: AliasRegister;
  readonly aliases: Aliases;
}

/**
 * What stands for an alias in a shared transcript. The same alias of the same transcript is always replaced alike; who
 * lacks the transcript's salt cannot tell a value from its substitute, and no substitute is said in the transcript.
 */
export function replacer(
  style: Replacement,
  transcript: Transcript,
  named: Named,
): (label: Label, alias: string) => string {
  if (style === 'alias') return (_, alias) => alias;
  if (style === 'block') return () => BLOCK;
  if (style === 'kind') return (label) => `[${kinds[label]}]`;
  if (style === 'role') {
    const roles = rolesOf(transcript, named);
    return (label, alias) =>
      label === 'PERSON' || isChosenAlias(alias) ? (roles.get(alias) ?? alias) : `[${kinds[label]}]`;
  }
  const drawn = substitutes(transcript);
  return (label, alias) => (isChosenAlias(alias) ? alias.slice(1, -1) : drawn(label, alias));
}

/** A secret to draw substitutes from: of nothing that was said, so that no guess at it can be tried on them. */
export function newSalt(): string {
  return randomBytes(32).toString('hex');
}

function substitutes(transcript: Transcript): (label: Label, alias: string) => string {
  const { salt } = transcript;
  if (salt === undefined) throw new Error('substitutes of a transcript that was never searched');
  const said = new Set(transcript.speakers.flatMap(({ name }) => comparisonKeys(name)));
  for (const { words } of transcript.segments)
    for (const { text } of words) for (const key of comparisonKeys(text)) said.add(key);
  const digits = [...said].join(' ').replace(/\D+/g, ' ');
  const sounds = new Set([...said].flatMap(soundsOf));
  const free = (text: string) =>
    comparisonKeys(text).every((key) => !said.has(key) && !soundsOf(key).some((sound) => sounds.has(sound)));
  const names = {
    forenames: common(nameLists().forenames),
    surnames: common(nameLists().surnames),
    places: [...nameLists().places]
      .filter(([name, kind]) => kind === 'c' && /^[a-z]{5,}$/.test(name))
      .map(([name]) => name),
  };
  const taken = new Map<string, string>();
  const given = new Set<string>();
  return (label, alias) => {
    const known = taken.get(alias);
    if (known !== undefined) return known;
    for (let attempt = 0; ; attempt++) {
      const bytes = createHash('sha256').update(`${salt} ${alias} ${attempt}`).digest();
      const drawn: string[] = [];
      const text = substitute(label, names, drawn, (n, below) => bytes.readUInt32BE(n * 4) % below);
      const number = text.replace(/\D/g, '');
      // Draw again for what another alias has, or for digits that were said; after many draws the kind must do.
      // Drawn from whole lists, so that recordings of a case draw alike.
      const said4 = number.length > 3 && digits.includes(number.slice(-4));
      const clash = given.has(text) || said4 || !drawn.every(free);
      if (clash && attempt < 200) continue;
      const shown = clash ? `[${kinds[label]}]` : text;
      taken.set(alias, shown);
      given.add(shown);
      return shown;
    }
  };
}

/** The folded names of a list that many people have. */
function common(list: ReadonlyMap<string, number>): string[] {
  return [...list].filter(([name, bucket]) => bucket >= 6 && /^[a-z]{4,}$/.test(name)).map(([name]) => name);
}

interface Names {
  readonly forenames: readonly string[];
  readonly surnames: readonly string[];
  readonly places: readonly string[];
}

/** Numbers and addresses are ones that nobody has: 555-01xx (ATIS-0300115), example.com (RFC 2606). */
function substitute(
  label: Label,
  names: Names,
  /** Takes the names that were drawn. */
  drawn: string[],
  draw: (n: number, below: number) => number,
): string {
  const pick = (list: readonly string[], n: number) => {
    const name = list[draw(n, list.length)] ?? 'somebody';
    drawn.push(name);
    return capital(name);
  };
  const figures = (n: number, length: number) => String(draw(n, 10 ** length)).padStart(length, '0');
  switch (label) {
    case 'PERSON':
      return `${pick(names.forenames, 0)} ${pick(names.surnames, 1)}`;
    case 'ORG':
      return `${pick(names.surnames, 0)} & ${pick(names.surnames, 1)}`;
    case 'LOCATION':
      return pick(names.places, 0);
    case 'ADDRESS':
      return `${10 + draw(0, 90)} ${pick(names.surnames, 1)} Street`;
    case 'EMAIL':
      return `${pick(names.forenames, 0).toLowerCase()}${figures(1, 2)}@example.com`;
    case 'PHONE':
      return `(${figures(0, 3)}) 555-01${figures(1, 2)}`;
    case 'URL':
      return `example.com/${pick(names.surnames, 0).toLowerCase()}`;
    case 'DATE_OF_BIRTH':
    case 'DATE':
      return `${1 + draw(0, 28)} ${months[draw(1, 12)]} ${1950 + draw(2, 70)}`;
    case 'AGE':
      return String(20 + draw(0, 60));
    case 'CARD':
      return `0000 0000 0000 ${figures(0, 4)}`;
    case 'ID_NUMBER':
    case 'BANK':
      return `00${figures(0, 6)}`;
    case 'CREDENTIAL':
      return `${pick(names.places, 0).toLowerCase()}-${figures(1, 2)}`;
    case 'NRP':
      return `[${kinds.NRP}]`;
  }
}

const capital = (word: string) => `${word[0]!.toUpperCase()}${word.slice(1)}`;
