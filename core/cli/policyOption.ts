import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import {
  POLICY_NAMES,
  POLICY_PRESETS,
  POLICY_VERSION,
  type Policy,
  type PolicyName,
  policySchema,
} from '../redaction/policy.ts';

/**
 * The policy that `--policy` names: a preset, or the path of a JSON file in the policy's format.
 * @throws UserError `usage` when it is neither, with the fields that are wrong.
 */
export async function loadPolicy(nameOrPath: string): Promise<Policy> {
  if (POLICY_NAMES.includes(nameOrPath as PolicyName)) return POLICY_PRESETS[nameOrPath as PolicyName];
  let text: string;
  try {
    text = await readFile(nameOrPath, 'utf8');
  } catch (cause) {
    throw new UserError(
      'usage',
      `There is no policy or policy file "${nameOrPath}"; choose from ${POLICY_NAMES.join(', ')} or name a file.`,
      { cause },
    );
  }
  const found = policySchema.safeParse(parsed(text, nameOrPath));
  if (found.success) return found.data;
  const fields = found.error.issues.map(({ path, code }) => `${path.join('.') || 'the file'} (${code})`);
  throw new UserError(
    'usage',
    `The policy file ${nameOrPath} is not a valid policy: ${fields.slice(0, 5).join(', ')}; compare it with core/redaction/policies/README.md.`,
  );
}

function parsed(text: string, path: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UserError('usage', `The policy file ${path} is no JSON; check its commas and quotes.`, {
      cause,
    });
  }
  const version = (value as { version?: unknown } | null)?.version;
  if (typeof version === 'number' && version > POLICY_VERSION)
    throw new UserError(
      'usage',
      `The policy file ${path} is of version ${version}, which a newer Sotto reads; update Sotto, or ask for a file of version ${POLICY_VERSION}.`,
    );
  return value;
}
