import { z } from 'zod';
import { type Entity, type Label, labelSchema, type Transcript } from '../transcript/schema.ts';
import { perPolicy } from './perPolicy.ts';
import { phraseRuns } from './phraseRuns.ts';

/** What is done to a span: `mask` replaces it and bleeps it, `keep` leaves it readable. */
const actionSchema = z.enum(['mask', 'keep']);

export const POLICY_VERSION = 1;

/**
 * What masked spans are replaced by.
 * - `alias`: a name that tells the kind and which one it is, `[PERSON_1]`
 * - `kind`: the kind alone, `[person]`; nobody can follow who is who
 * - `substitute`: something realistic of the same kind, the same for the same value within a recording
 * - `block`: a bar of one length
 * - `role`: what a person is, `[Interviewer]`, where that is known, the alias where it is not; other values by kind
 */
export const replacementSchema = z.enum(['alias', 'role', 'kind', 'substitute', 'block']);
export type Replacement = z.infer<typeof replacementSchema>;

/**
 * Which personal data is masked, and how. A file of this form can be handed out by an organisation; its JSON schema is
 * `policies/policy.schema.json`. What a file does not say is as careful as can be: a label without an action is masked.
 */
export const policySchema = z.strictObject({
  /** Where editors find the schema; Sotto does not read it. */
  $schema: z.string().optional(),
  version: z.literal(POLICY_VERSION),
  name: z.string().min(1),
  /** For the person who chooses it. */
  description: z.string().default(''),
  actions: z.partialRecord(labelSchema, actionSchema).default({}).transform(completed),
  /** Words or phrases that are never masked, whatever found them; compared without case. */
  allow: z.array(z.string().min(1)).default([]),
  /** Words or phrases that are always masked, as PERSON; compared without case. */
  deny: z.array(z.string().min(1)).default([]),
  replacement: replacementSchema.default('alias'),
  /** `check`: bleeped audio is transcribed again and refused when a masked value is heard; `refuse`: no audio is written. */
  audio: z.enum(['allow', 'check', 'refuse']).default('allow'),
});
export type Policy = z.infer<typeof policySchema>;

type Actions = Record<Label, z.infer<typeof actionSchema>>;

function completed(actions: Partial<Actions>): Actions {
  return Object.fromEntries(labelSchema.options.map((label) => [label, actions[label] ?? 'mask'])) as Actions;
}

/** Labels that name a person or reach one without further knowledge. */
const directIdentifiers: readonly Label[] = [
  'PERSON',
  'ADDRESS',
  'EMAIL',
  'PHONE',
  'URL',
  'DATE_OF_BIRTH',
  'ID_NUMBER',
  'CARD',
  'BANK',
  'CREDENTIAL',
];

function preset(
  name: string,
  description: string,
  masked: readonly Label[],
  audio: Policy['audio'] = 'allow',
): Policy {
  const actions = Object.fromEntries(
    labelSchema.options.map((label) => [label, masked.includes(label) ? 'mask' : 'keep']),
  ) as Actions;
  return {
    version: POLICY_VERSION,
    name,
    description,
    actions,
    allow: [],
    deny: [],
    replacement: 'alias',
    audio,
  };
}

/**
 * The presets.
 * - `names-only`: people's names.
 * - `standard`: everything that names a person or reaches one directly. Places, organisations, calendar dates, ages
 *   and nationalities stay readable: they seldom identify alone, and a transcript of work without them is of no use.
 * - `strict`: every label, for transcripts that leave the house.
 * - `hipaa-safe-harbor`: the 18 identifiers of 45 CFR 164.514(b)(2), as far as they can be said and found;
 *   `policies/README.md` goes through them. Audio is refused, since a voice is one of them.
 */
export const POLICY_PRESETS = {
  'names-only': preset('names-only', "People's names and nothing else.", ['PERSON']),
  standard: preset('standard', 'Everything that names a person or reaches one directly.', directIdentifiers),
  strict: preset('strict', 'Everything found.', labelSchema.options),
  'hipaa-safe-harbor': preset(
    'hipaa-safe-harbor',
    'The identifiers of the HIPAA Safe Harbor list, 45 CFR 164.514(b)(2); no audio.',
    [...directIdentifiers, 'ORG', 'LOCATION', 'DATE', 'AGE'],
    'refuse',
  ),
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof POLICY_PRESETS;
export const POLICY_NAMES = Object.keys(POLICY_PRESETS) as PolicyName[];

/**
 * The policy of a name: a preset, or one of the person's own; with the person's lists, which hold under every policy.
 * Null when there is none of that name.
 */
export function policyNamed(
  name: string,
  own: readonly Policy[],
  lists: Pick<Policy, 'allow' | 'deny'>,
): Policy | null {
  const policy = Object.hasOwn(POLICY_PRESETS, name)
    ? POLICY_PRESETS[name as PolicyName]
    : own.find((candidate) => candidate.name === name);
  if (!policy) return null;
  const both = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];
  return { ...policy, allow: both(policy.allow, lists.allow), deny: both(policy.deny, lists.deny) };
}

/** Whether the policy masks spans of this label. */
export function masks(policy: Policy, label: Label): boolean {
  return policy.actions[label] === 'mask';
}

/**
 * The entities that are masked: not rejected, and of a masked label, made by hand or on the deny list. What the allow
 * list names is not, unless a person accepted it or the deny list names it, too.
 */
export const maskedEntities = perPolicy((transcript, policy): readonly Entity[] => {
  const allowed = phraseRuns(transcript, policy.allow).map((run) => new Set(run));
  return transcript.entities.filter((entity) => {
    if (entity.decision === 'rejected') return false;
    if (entity.detector === 'person' || entity.detector === 'deny') return true;
    if (!masks(policy, entity.label)) return false;
    return entity.decision === 'accepted' || !allowed.some((run) => entity.words.every((id) => run.has(id)));
  });
});

/** How many spans of each label the policy masks; labels without any are left out. */
export function maskedCounts(transcript: Transcript, policy: Policy): Partial<Record<Label, number>> {
  const counts: Partial<Record<Label, number>> = {};
  for (const { label } of maskedEntities(transcript, policy)) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
}
