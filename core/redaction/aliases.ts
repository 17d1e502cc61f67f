import type { Entity, KnownAliases, Label, Transcript } from '../transcript/schema.ts';
import { wordSet } from './phrases.ts';
import { fold, splitWords, tokenize } from './tokens.ts';

/** The alias of every entity, by entity id; masked or not, rejected or not, so that numbers stay when a decision changes. */
export type Aliases = ReadonlyMap<string, string>;

const titles = wordSet('mr mrs ms miss dr doctor prof professor sir madam mx');

/** A person as far as the transcript names them. */
interface Known {
  readonly number: number;
  /** Folded names said of them, in order; more are added as fuller names are met. */
  names: string[];
  /** As the title before the name says, or null. */
  gender: Gender | null;
}

type Gender = 'm' | 'f';
const genderOfTitle: Readonly<Record<string, Gender>> = {
  mr: 'm',
  sir: 'm',
  herr: 'm',
  mrs: 'f',
  ms: 'f',
  miss: 'f',
  madam: 'f',
  frau: 'f',
};

/** Speaker labels that name a role or a number, not a person. */
const anonymousSpeaker =
  /^(?:speaker|sprecher(?:in)?|person|participant|interviewer|interviewee|respondent|host|guest|moderator|agent|customer|caller|operator|doctor|patient|nurse|client|voice|channel|unknown|left|right|spk|s)?[\s_-]*(?:[a-z]|\d+)?$/i;

/** Whether a speaker's label could be anyone's: `Speaker 2`, `Interviewer`. */
export function isAnonymousSpeaker(name: string): boolean {
  return anonymousSpeaker.test(name.trim());
}

/**
 * Names every entity, numbered by first appearance for each label: [PERSON_1], [PHONE_1].
 * Equal values have one alias. A forename or surname alone takes the alias of the one full name that has it; where two
 * people share it, the one named last before it. Two full names that differ are two people, and so are Mr and Ms Connor;
 * "Sara" and "Sarah" are spellings of one. What a person said (`Entity.person`) goes before all of that.
 */
export function aliases(transcript: Transcript): Aliases {
  return registerAliases(transcript).aliases;
}

/** As {@link aliases}, with the register in which further values (speakers, the title) get theirs. */
export function registerAliases(transcript: Transcript): { register: AliasRegister; aliases: Aliases } {
  const register = new AliasRegister(transcript.case);
  const words = transcript.segments.flatMap((segment) => segment.words);
  const text = new Map(words.map(({ id, text: said }) => [id, said]));
  const place = new Map(words.map(({ id }, index) => [id, index]));
  const value = (entity: Entity) => entity.words.map((word) => text.get(word) ?? '').join(' ');
  const first = (entity: Entity) => place.get(entity.words[0]!) ?? 0;
  const ordered = [...transcript.entities].sort((a, b) => first(a) - first(b));
  // Full names first, so that "Sarah" before "Sarah Connor" is the same person; numbers follow first appearance.
  register.learn(ordered.filter((entity) => entity.label === 'PERSON').map(value));
  register.learn(transcript.speakers.map(({ name }) => name).filter((name) => !isAnonymousSpeaker(name)));
  const titleBefore = (entity: Entity) => fold(words[first(entity) - 1]?.text ?? '').replace(/\.$/, '');
  const found = new Map(
    ordered.map((entity) => [
      entity.id,
      entity.label === 'PERSON' && entity.person !== undefined
        ? register.told(entity.person, value(entity))
        : register.alias(entity.label, value(entity), genderOfTitle[titleBefore(entity)]),
    ]),
  );
  for (const entity of ordered)
    if (entity.alias !== undefined) register.rename(found.get(entity.id)!, `[${entity.alias}]`);
  return { register, aliases: new Map([...found].map(([id, alias]) => [id, register.renamed(alias)])) };
}

/** Whether a person chose the alias, rather than Sotto by kind and number. */
export function isChosenAlias(alias: string): boolean {
  return !/^\[[A-Z_]+_\d+\]$/.test(alias);
}

/** Gives out aliases; the same value gets the same one. */
export class AliasRegister {
  private readonly values = new Map<string, string>();
  private readonly counts = new Map<Label, number>();
  private readonly people: Known[] = [];
  private readonly fullNames: string[][] = [];
  /** Full names of the case; those of this recording go before them. */
  private readonly knownNames: string[][] = [];
  private readonly latest = new Map<string, Known>();
  /** By the ids that a person's edits gave. */
  private readonly toldPeople = new Map<string, Known>();
  /** Names by how they are spelled at their first appearance. */
  private readonly spellings = new Map<string, string>();
  /** What a person called aliases, by the ones they were given. */
  private readonly chosen = new Map<string, string>();

  /** @param known what other recordings of the case have given out already. */
  constructor(known?: Transcript['case']) {
    if (!known) return;
    for (const { label, key, number } of known.known.values)
      this.values.set(`${label} ${key}`, `[${label}_${number}]`);
    for (const [label, count] of Object.entries(known.known.counts)) this.counts.set(label as Label, count);
    for (const { number, names, gender } of known.known.people) {
      for (const name of names)
        if (!this.spellings.has(spellingShape(name))) this.spellings.set(spellingShape(name), name);
      this.people.push({ number, names: [...names], gender });
      if (names.length > 1) this.knownNames.push([...names]);
    }
    for (const { person, number } of known.told)
      this.toldPeople.set(person, { number, names: [], gender: null });
  }

  /** What the register knows now, for the other recordings of the case and for its next time. */
  snapshot(): Pick<NonNullable<Transcript['case']>, 'known' | 'told'> {
    const values: KnownAliases['values'] = [...this.values].map(([key, alias]) => {
      const [label, ...rest] = key.split(' ');
      return { label: label as Label, key: rest.join(' '), number: Number(/\d+/.exec(alias)![0]) };
    });
    return {
      known: {
        people: this.people.map(({ number, names, gender }) => ({ number, names: [...names], gender })),
        values,
        counts: Object.fromEntries(this.counts),
      },
      told: [...this.toldPeople].map(([person, { number }]) => ({ person, number })),
    };
  }

  /** Takes in full names before any alias is given. */
  learn(names: readonly string[]): void {
    for (const name of names) {
      const parts = this.parts(name);
      if (parts.length > 1 && !this.fullNames.some((known) => same(known, parts))) this.fullNames.push(parts);
    }
  }

  /** Calls an alias something else from now on; the first name stays. */
  rename(given: string, alias: string): void {
    if (!this.chosen.has(given)) this.chosen.set(given, alias);
  }

  /** What a given alias is called now. */
  renamed(given: string): string {
    return this.chosen.get(given) ?? given;
  }

  alias(label: Label, value: string, gender?: Gender): string {
    return this.renamed(this.given(label, value, gender));
  }

  private given(label: Label, value: string, gender?: Gender): string {
    if (label === 'PERSON')
      return this.person(this.parts(value), gender ?? genderOfTitle[firstKey(value)] ?? null);
    const key = `${label} ${canonical(value)}`;
    const known = this.values.get(key);
    if (known !== undefined) return known;
    const alias = `[${label}_${this.next(label)}]`;
    this.values.set(key, alias);
    return alias;
  }

  private next(label: Label): number {
    const count = (this.counts.get(label) ?? 0) + 1;
    this.counts.set(label, count);
    return count;
  }

  /** The alias of the person whom somebody's edit calls `id`. */
  told(id: string, value: string): string {
    let known = this.toldPeople.get(id);
    if (!known) {
      known = { number: this.next('PERSON'), names: this.parts(value), gender: null };
      this.toldPeople.set(id, known);
      // What nobody said anything of goes on as it would: only a name that is new leads to this person.
      if (known.names.every((part) => !this.latest.has(part))) {
        this.people.push(known);
        for (const part of known.names) this.latest.set(part, known);
      }
    }
    return `[PERSON_${known.number}]`;
  }

  private person(parts: readonly string[], gender: Gender | null): string {
    let known = this.find(parts);
    if (known && gender !== null && known.gender !== null && known.gender !== gender && parts.length === 1)
      known =
        this.people.find((person) => person.gender === gender && person.names.includes(parts[0]!)) ??
        this.meet(parts, gender);
    known ??= this.meet(parts, null);
    known.gender ??= gender;
    for (const part of known.names) this.latest.set(part, known);
    return `[PERSON_${known.number}]`;
  }

  private find(parts: readonly string[]): Known | undefined {
    const exact = this.people.find((person) => same(person.names, parts));
    if (exact && parts.length > 1) return exact;
    if (parts.length === 1) {
      const recent = this.latest.get(parts[0]!);
      if (recent) return recent;
      return exact;
    }
    // "Sarah Jane Connor" after "Sarah Connor": one holds all of the other's names.
    const wider = this.people.find(
      (person) => person.names.length > 1 && (contains(person.names, parts) || contains(parts, person.names)),
    );
    if (wider && parts.length > wider.names.length) wider.names = [...parts];
    return wider;
  }

  private meet(parts: readonly string[], gender: Gender | null): Known {
    let names = [...parts];
    if (parts.length === 1 && gender === null) {
      // A name alone, before its only full form is said.
      const here = this.fullNames.filter((known) => known.includes(parts[0]!));
      const full = here.length > 0 ? here : this.knownNames.filter((known) => known.includes(parts[0]!));
      if (full.length === 1 && !this.people.some((person) => same(person.names, full[0]!)))
        names = [...full[0]!];
      else if (full.length === 1) return this.people.find((person) => same(person.names, full[0]!))!;
    }
    const person: Known = { number: this.next('PERSON'), names, gender };
    this.people.push(person);
    return person;
  }

  /** The names in a value, each as it was spelled when it was first met. */
  private parts(value: string): string[] {
    return nameParts(value).map((part) => {
      const shape = spellingShape(part);
      const known = this.spellings.get(shape);
      if (known === undefined) this.spellings.set(shape, part);
      return known ?? part;
    });
  }
}

/** What spellings of one name have in common: sarah and sara, phillip and filip, jacky and jackie, schmitt and schmidt, connor and conner. */
function spellingShape(name: string): string {
  return name
    .replace(/ph/g, 'f')
    .replace(/(?:ck|c(?![eiyh])|q)/g, 'k')
    .replace(/(?:ie|ey|ee|i|y)$/, 'i')
    .replace(/th/g, 't')
    .replace(/(?<=[aeiou])h/g, '')
    .replace(/dt$/, 't')
    .replace(/(?<=.{3})[ao]r$/, 'er')
    .replace(/ou|oo/g, 'u')
    .replace(/(.)\1+/g, '$1');
}

const firstKey = (value: string): string => fold(value.split(/\s+/)[0] ?? '').replace(/\.$/, '');

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, i) => part === b[i]);
}

function contains(whole: readonly string[], part: readonly string[]): boolean {
  return part.every((name) => whole.includes(name));
}

/** Folded names without titles and initials: "Ms. Connor's" is ["connor"]. */
function nameParts(value: string): string[] {
  const keys = tokenize(splitWords(value)).map((token) => token.key.replace(/\./g, ''));
  const names = keys.filter((key) => key.length > 1 && !titles.has(key));
  return names.length > 0 ? names : [keys.join('')];
}

/** Values that differ only in case, separators and punctuation are one. */
function canonical(value: string): string {
  const keys = tokenize(splitWords(value)).map((token) => token.key);
  return keys.join('').replace(/[^\p{L}\p{N}@.]/gu, '');
}
