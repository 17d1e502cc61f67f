import type { Transcript } from '../transcript/schema.ts';
import { isAnonymousSpeaker, isChosenAlias } from './aliases.ts';
import type { Named } from './replacements.ts';
import { fold } from './tokens.ts';

/** Words before a name that say what its bearer is; "Mr" and "Ms" say nothing of that. */
const titles: Readonly<Record<string, string>> = {
  doctor: 'Doctor',
  dr: 'Doctor',
  professor: 'Professor',
  prof: 'Professor',
  nurse: 'Nurse',
  judge: 'Judge',
  justice: 'Judge',
  officer: 'Officer',
  detective: 'Detective',
  inspector: 'Inspector',
  sergeant: 'Sergeant',
  captain: 'Captain',
  coach: 'Coach',
  pastor: 'Pastor',
  reverend: 'Reverend',
  rabbi: 'Rabbi',
  imam: 'Imam',
  senator: 'Senator',
  minister: 'Minister',
};

/**
 * What is known of people's parts, by their alias, in brackets: what a person called the alias, else the role of the
 * speaker who has it, else the title said before the name. Two people of one role are told apart by numbers:
 * `[Doctor 1]`, `[Doctor 2]`.
 */
export function rolesOf(transcript: Transcript, { register, aliases }: Named): ReadonlyMap<string, string> {
  const words = transcript.segments.flatMap((segment) => segment.words);
  const place = new Map(words.map(({ id }, index) => [id, index]));
  const known = new Map<string, string>();
  const learn = (alias: string, role: string | undefined) => {
    if (role !== undefined && !known.has(alias)) known.set(alias, role);
  };
  for (const alias of aliases.values()) if (isChosenAlias(alias)) learn(alias, alias.slice(1, -1));
  for (const { name, role } of transcript.speakers)
    if (!isAnonymousSpeaker(name)) learn(register.alias('PERSON', name), role);
  for (const { id, label, words: said } of transcript.entities) {
    if (label !== 'PERSON') continue;
    const first = place.get(said[0]!)!;
    const title = (index: number) => titles[fold(words[index]?.text ?? '').replace(/\W+$/, '')];
    learn(aliases.get(id)!, title(first) ?? title(first - 1));
  }
  const bearers = new Map<string, number>();
  for (const role of known.values()) bearers.set(role, (bearers.get(role) ?? 0) + 1);
  const numbers = new Map<string, number>();
  return new Map(
    [...known].map(([alias, role]) => {
      if (bearers.get(role) === 1) return [alias, `[${role}]`];
      const number = (numbers.get(role) ?? 0) + 1;
      numbers.set(role, number);
      return [alias, `[${role} ${number}]`];
    }),
  );
}
