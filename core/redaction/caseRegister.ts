import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { UserError } from '../errors.ts';
import { seal, unseal } from '../sealed.ts';
import { type KnownAliases, knownAliasesSchema, type Transcript } from '../transcript/schema.ts';
import { registerAliases } from './aliases.ts';
import { newSalt } from './replacements.ts';

export const caseRegisterSchema = z.strictObject({
  version: z.literal(1),
  id: z.string().min(1),
  /** For people; it is sealed with the rest. */
  name: z.string(),
  /** Secret from which substitutes are drawn in all recordings of the case. */
  salt: z.string().min(1),
  known: knownAliasesSchema,
});

/**
 * Who is who in the recordings of a case: the same person has the same alias in all of them. It holds names, so it is
 * kept only sealed or inside the encrypted projects.
 */
export type CaseRegister = z.infer<typeof caseRegisterSchema>;

export function newCase(name: string): CaseRegister {
  return {
    version: 1,
    id: randomBytes(16).toString('hex'),
    name,
    salt: newSalt(),
    known: { people: [], values: [], counts: {} },
  };
}

/**
 * Takes a transcript into a case, or brings one that is in it up to date: its people and values have the aliases that
 * they have in the case, and new ones are numbered on. The transcript's own merges, splits and names stay.
 */
export function joinCase(
  transcript: Transcript,
  register: CaseRegister,
): { transcript: Transcript; register: CaseRegister } {
  const told = transcript.case?.id === register.id ? transcript.case.told : [];
  const joined: Transcript = {
    ...transcript,
    salt: register.salt,
    case: { id: register.id, known: register.known, told },
  };
  const now = registerAliases(joined).register.snapshot();
  return {
    transcript: { ...joined, case: { id: register.id, ...now } },
    register: { ...register, known: now.known },
  };
}

/** Takes a transcript out of its case: its aliases count from 1 again. */
export function leaveCase(transcript: Transcript): Transcript {
  const { case: _, ...rest } = transcript;
  return rest;
}

/** Says that two people of a case are one, who has the first one's number from now on. */
export function mergeInCase(register: CaseRegister, number: number, other: number): CaseRegister {
  const people = register.known.people.map((person) =>
    person.number === other ? { ...person, number } : person,
  );
  return withPeople(register, people);
}

/**
 * Says that one of the names of a person of a case is somebody else, who gets a number that nobody had.
 * @param entry place in the list of people.
 */
export function splitInCase(register: CaseRegister, entry: number): CaseRegister {
  const next = (register.known.counts.PERSON ?? 0) + 1;
  const people = register.known.people.map((person, place) =>
    place === entry ? { ...person, number: next } : person,
  );
  const split = withPeople(register, people);
  return { ...split, known: { ...split.known, counts: { ...split.known.counts, PERSON: next } } };
}

function withPeople(register: CaseRegister, people: KnownAliases['people']): CaseRegister {
  return { ...register, known: { ...register.known, people } };
}

/** The case as a file. @throws UserError `usage` for a passphrase that is too short. */
export function sealCase(register: CaseRegister, passphrase: string): Promise<string> {
  return seal('sotto-case', JSON.stringify(register), passphrase);
}

/** Reads a case's file. @throws UserError as `unseal`. */
export async function openCase(file: string, passphrase: string, name: string): Promise<CaseRegister> {
  return parseCase(JSON.parse(await unseal('sotto-case', file, passphrase, name)), name);
}

/** @throws UserError `corrupt` for one of a newer Sotto. */
function parseCase(value: unknown, name: string): CaseRegister {
  const register = caseRegisterSchema.safeParse(value);
  if (register.success) return register.data;
  throw new UserError('corrupt', `"${name}" was made by a newer Sotto; update Sotto to open it.`);
}
