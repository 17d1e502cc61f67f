import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import {
  POLICY_NAMES,
  POLICY_PRESETS,
  type Policy,
  type PolicyName,
  policySchema,
} from '../redaction/policy.ts';

/**
 * The policy that `--policy` names: a preset, or the path of a JSON file in the policy's format.
 * @throws UserError `usage` when it is neither.
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
  try {
    return policySchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new UserError(
      'usage',
      `The policy file ${nameOrPath} is not a valid policy; compare it with the presets in core/redaction/policy.ts.`,
      {
        cause,
      },
    );
  }
}
