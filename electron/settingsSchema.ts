import { z } from 'zod';
import { type Policy, policyNamed, policySchema } from '../core/redaction/policy.ts';

/** Of a preset, or of one of the person's own policies. */
export const policyNameSchema = z.string().min(1).max(200);

const settingsFieldsSchema = z.strictObject({
  /** ISO 639-1, null to detect it. */
  language: z.string().max(8).nullable(),
  pack: z.string().regex(/^[\w.-]+$/),
  policy: policyNameSchema,
  /** Policies that the person added from files; their names differ from each other and from the presets'. */
  policies: z.array(policySchema).max(100),
  /** Whether letters alone are shortcuts on the page of a transcript (WCAG 2.1.4 wants them to be turned off). */
  letterShortcuts: z.boolean(),
  /** Of the interface; `system` follows the computer's. */
  interfaceLanguage: z.enum(['system', 'en', 'zh']),
  theme: z.enum(['system', 'light', 'dark']),
  /** Processor threads for recognition; null for as many as it does best with. */
  threads: z.number().int().min(1).max(64).nullable(),
  /** Names and terms that are masked wherever they are said, and that are never masked. */
  alwaysMask: z.array(z.string().min(1).max(200)).max(5000),
  neverMask: z.array(z.string().min(1).max(200)).max(5000),
  /** Whether the recogniser is told of them beforehand. */
  hints: z.boolean(),
  /** Whether the person has seen what the first start explains. */
  welcomed: z.boolean(),
});
/** The chosen policy is always one that there is. */
export const settingsSchema = settingsFieldsSchema.refine((settings) => policyOf(settings) !== null);
export type Settings = z.infer<typeof settingsFieldsSchema>;

/** What may name people; it is kept sealed with the transcripts. */
export const personalSettingsSchema = settingsFieldsSchema
  .pick({ policies: true, alwaysMask: true, neverMask: true })
  .extend({
    /** The chosen policy when it is one of the person's own; null for a preset, which the other settings name. */
    ownPolicy: policyNameSchema.nullable(),
  });
export type PersonalSettings = z.infer<typeof personalSettingsSchema>;

export const DEFAULT_SETTINGS: Settings = {
  language: null,
  pack: 'base',
  policy: 'standard',
  policies: [],
  letterShortcuts: true,
  interfaceLanguage: 'system',
  theme: 'system',
  threads: null,
  alwaysMask: [],
  neverMask: [],
  hints: false,
  welcomed: false,
};

/** A policy by its name, by default the chosen one, with the person's lists; null when there is none of that name. */
export function policyOf(settings: Settings, name = settings.policy): Policy | null {
  const lists = { allow: settings.neverMask, deny: settings.alwaysMask };
  return policyNamed(name, settings.policies, lists);
}

/** The language to show; `system` takes the first of the computer's languages that there is, or English. */
export function shownLanguage(choice: Settings['interfaceLanguage'], system: readonly string[]): 'en' | 'zh' {
  if (choice !== 'system') return choice;
  const known = system.map((tag) => tag.slice(0, 2).toLowerCase());
  return known.find((tag) => tag === 'en' || tag === 'zh') === 'zh' ? 'zh' : 'en';
}
