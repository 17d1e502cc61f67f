import { POLICY_NAMES, type PolicyName } from '../../core/redaction/policy.ts';
import { m } from '../messages/messages.ts';

/** What can be chosen as a policy, in the interface's language. */
export function policyChoices(): { policy: PolicyName; name: string; explanation: string }[] {
  return POLICY_NAMES.map((policy) => ({ policy, ...m.policies[policy] }));
}
