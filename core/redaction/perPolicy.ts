import type { Transcript } from '../transcript/schema.ts';
import type { Policy } from './policy.ts';

/**
 * A function of a transcript and a policy that computes once what it is asked for several times, as in an export of
 * many formats; forgotten with either. Both are documents that nobody changes: edits make new ones.
 */
export function perPolicy<T>(
  compute: (transcript: Transcript, policy: Policy) => T,
): (transcript: Transcript, policy: Policy) => T {
  const known = new WeakMap<Transcript, WeakMap<Policy, { readonly result: T }>>();
  return (transcript, policy) => {
    let byPolicy = known.get(transcript);
    if (!byPolicy) {
      byPolicy = new WeakMap();
      known.set(transcript, byPolicy);
    }
    const kept = byPolicy.get(policy) ?? { result: compute(transcript, policy) };
    byPolicy.set(policy, kept);
    return kept.result;
  };
}
