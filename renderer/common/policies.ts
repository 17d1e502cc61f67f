import { POLICY_NAMES, POLICY_VERSION, type Policy } from '../../core/redaction/policy.ts';
import { type PolicyProblem, readPolicy } from '../../core/redaction/policyFile.ts';
import type { Settings } from '../../electron/contract.ts';
import { changeSettings } from '../host/store.ts';
import { m } from '../messages/messages.ts';

export interface PolicyChoice {
  /** By which the policy is kept in the settings. */
  readonly policy: string;
  readonly name: string;
  readonly explanation: string;
}

/** What can be chosen as a policy: the presets in the interface's language, then what the person added. */
export function policyChoices({ policies }: Settings): PolicyChoice[] {
  const presets = POLICY_NAMES.map((policy) => ({ policy, ...m.policies[policy] }));
  return [
    ...presets,
    ...policies.map(({ name, description }) => ({ policy: name, name, explanation: description })),
  ];
}

/** What a policy is called in the interface's language. */
export function policyTitle({ name }: Policy): string {
  return (m.policies as Readonly<Record<string, { name: string }>>)[name]?.name ?? name;
}

/**
 * Keeps the policy of a file in the settings; one of the same name is replaced.
 * @returns its name, or a sentence that says what is wrong with the file.
 */
export async function addPolicyFile(
  settings: Settings,
  file: File,
): Promise<{ readonly added: string } | { readonly problem: string }> {
  const read = readPolicy(await file.text());
  if ('problem' in read) return { problem: m.policyFiles.refused(file.name, reasonOf(read.problem)) };
  const { policy } = read;
  if (POLICY_NAMES.some((name) => name === policy.name))
    return { problem: m.policyFiles.refused(file.name, m.policyFiles.presetName) };
  const others = settings.policies.filter(({ name }) => name !== policy.name);
  await changeSettings({ ...settings, policies: [...others, policy] });
  return { added: policy.name };
}

function reasonOf(problem: PolicyProblem): string {
  switch (problem.kind) {
    case 'not json':
      return m.policyFiles.notJson;
    case 'newer':
      return m.policyFiles.newer(problem.version, POLICY_VERSION);
    case 'fields':
      return m.policyFiles.fields(problem.fields.join(', '));
  }
}
