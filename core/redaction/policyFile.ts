import { POLICY_VERSION, type Policy, policySchema } from './policy.ts';

/** Why a text is no policy; `fields` are the ones that are wrong, as `actions.ORG (invalid_value)`. */
export type PolicyProblem =
  | { readonly kind: 'not json' }
  | { readonly kind: 'newer'; readonly version: number }
  | { readonly kind: 'fields'; readonly fields: readonly string[] };

/** Reads a policy file's text by the schema in `policies/policy.schema.json`. Problems never quote a value of it. */
export function readPolicy(text: string): { readonly policy: Policy } | { readonly problem: PolicyProblem } {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: { kind: 'not json' } };
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > POLICY_VERSION) return { problem: { kind: 'newer', version } };
  const found = policySchema.safeParse(value);
  if (!found.success) {
    const fields = found.error.issues.map(({ path, code }) => `${path.join('.') || 'the file'} (${code})`);
    return { problem: { kind: 'fields', fields: fields.slice(0, 5) } };
  }
  return { policy: found.data };
}
