import { readFile } from 'node:fs/promises';
import { UserError } from '../errors.ts';
import {
  POLICY_NAMES,
  POLICY_PRESETS,
  POLICY_VERSION,
  type Policy,
  type PolicyName,
} from '../redaction/policy.ts';
import { type PolicyProblem, readPolicy } from '../redaction/policyFile.ts';

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
  const read = readPolicy(text);
  if ('policy' in read) return read.policy;
  throw new UserError('usage', `The policy file ${nameOrPath} ${sentenceOf(read.problem)}.`);
}

function sentenceOf(problem: PolicyProblem): string {
  switch (problem.kind) {
    case 'not json':
      return 'is no JSON; check its commas and quotes';
    case 'newer':
      return `is of version ${problem.version}, which a newer Sotto reads; update Sotto, or ask for a file of version ${POLICY_VERSION}`;
    case 'fields':
      return `is not a valid policy: ${problem.fields.join(', ')}; compare it with core/redaction/policies/README.md`;
  }
}
