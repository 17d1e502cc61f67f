import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadPolicy } from '../../../core/cli/policyOption.ts';
import { masks, POLICY_PRESETS, policySchema } from '../../../core/redaction/policy.ts';
import { LABELS } from '../../../core/transcript/schema.ts';

const POLICIES = resolve(import.meta.dirname, '../../../core/redaction/policies');

test('the published schema is the one that files are checked by', async () => {
  const published = JSON.parse(await readFile(join(POLICIES, 'policy.schema.json'), 'utf8'));
  expect(published).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(policySchema, { io: 'input' }))));
});

test('the page on HIPAA goes through all 18 identifiers', async () => {
  const page = await readFile(join(POLICIES, 'README.md'), 'utf8');
  const letters = [...page.matchAll(/^\| ([A-R](?:, [A-R])*) \|/gm)].flatMap((row) => row[1]!.split(', '));
  expect(letters).toEqual([...'ABCDEFGHIJKLMNOPQR']);
});

test('HIPAA Safe Harbor masks every label but nationality, religion and party, and refuses audio', () => {
  const policy = POLICY_PRESETS['hipaa-safe-harbor'];
  expect(LABELS.filter((label) => !masks(policy, label))).toEqual(['NRP']);
  expect(policy.audio).toBe('refuse');
});

describe('a policy file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sotto-policy-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function load(content: unknown) {
    const path = join(folder, 'policy.json');
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return loadPolicy(path);
  }

  test('masks every label that it does not name', async () => {
    const policy = await load({ version: 1, name: 'ours', actions: { ORG: 'keep' } });
    expect(LABELS.filter((label) => !masks(policy, label))).toEqual(['ORG']);
    expect(policy).toMatchObject({ allow: [], deny: [], replacement: 'alias', audio: 'allow' });
  });

  test('of every preset reads as that preset', async () => {
    for (const policy of Object.values(POLICY_PRESETS)) expect(await load(policy)).toEqual(policy);
  });

  test.each<[string, unknown, RegExp]>([
    ['with a field that nobody knows', { version: 1, name: 'x', acions: {} }, /unrecognized_keys/],
    ['with a label that nobody knows', { version: 1, name: 'x', actions: { NAMES: 'keep' } }, /actions/],
    ['of a newer version', { version: 2, name: 'x' }, /newer Sotto/],
    ['without a version', { name: 'x' }, /version/],
    ['that is no JSON', '{version: 1', /no JSON/],
  ])('%s is refused with the reason', async (_, content, reason) => {
    await expect(load(content)).rejects.toThrow(reason);
  });
});
