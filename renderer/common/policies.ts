import { POLICY_NAMES, type PolicyName } from '../../core/redaction/policy.ts';

/** What each preset masks, for people. */
const POLICIES: Readonly<Record<PolicyName, { name: string; explanation: string }>> = {
  'names-only': { name: 'Names only', explanation: 'Masks people’s names and nothing else.' },
  standard: {
    name: 'Standard',
    explanation:
      'Masks names, addresses, contact details, dates of birth and numbers that identify a person.',
  },
  strict: {
    name: 'Strict',
    explanation: 'Masks everything found, also places, organisations, dates, ages and nationalities.',
  },
  'hipaa-safe-harbor': {
    name: 'HIPAA Safe Harbor',
    explanation:
      'Masks the identifiers of the HIPAA Safe Harbor list; exports no audio, since a voice is one of them.',
  },
};

export const policyChoices = POLICY_NAMES.map((policy) => ({ policy, ...POLICIES[policy] }));
