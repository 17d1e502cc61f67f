import { z } from 'zod';
import { type Entity, type Label, labelSchema, type Transcript } from '../transcript/schema.ts';

/** What is done to a span: `mask` replaces it by its alias and bleeps it, `keep` leaves it readable. */
const actionSchema = z.enum(['mask', 'keep']);

/** Which personal data is masked. Stored beside a project and given on the command line as a name or a file. */
export const policySchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1),
  actions: z.record(labelSchema, actionSchema),
  /** Words or phrases that are never masked, whatever found them; compared without case. */
  allow: z.array(z.string().min(1)),
  /** Words or phrases that are always masked, as PERSON; compared without case. */
  deny: z.array(z.string().min(1)),
});
export type Policy = z.infer<typeof policySchema>;

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

function preset(name: string, masked: readonly Label[]): Policy {
  const actions = Object.fromEntries(
    labelSchema.options.map((label) => [label, masked.includes(label) ? 'mask' : 'keep']),
  ) as Policy['actions'];
  return { version: 1, name, actions, allow: [], deny: [] };
}

/**
 * The presets.
 * - `names-only`: people's names.
 * - `standard`: everything that names a person or reaches one directly. Places, organisations, calendar dates, ages
 *   and nationalities stay readable: they seldom identify alone, and a transcript of work without them is of no use.
 * - `strict`: every label, for transcripts that leave the house.
 */
export const POLICY_PRESETS = {
  'names-only': preset('names-only', ['PERSON']),
  standard: preset('standard', directIdentifiers),
  strict: preset('strict', labelSchema.options),
} as const satisfies Record<string, Policy>;

export type PolicyName = keyof typeof POLICY_PRESETS;
export const POLICY_NAMES = Object.keys(POLICY_PRESETS) as PolicyName[];

/** Whether the policy masks spans of this label. */
export function masks(policy: Policy, label: Label): boolean {
  return policy.actions[label] === 'mask';
}

/** The entities that are masked: not rejected, and of a masked label, made by hand or on the deny list. */
export function maskedEntities(transcript: Transcript, policy: Policy): Entity[] {
  return transcript.entities.filter(
    (entity) =>
      entity.decision !== 'rejected' &&
      (masks(policy, entity.label) || entity.detector === 'person' || entity.detector === 'deny'),
  );
}
