import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { auditReport, renderAudit } from '../../../core/export/audit.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';
import { marked, transcriptOf } from '../redaction/transcript.ts';

const { standard } = POLICY_PRESETS;
const turns = ['I am Sarah Connor and', 'my pin is 4711 in Boston okay'];
const transcript = marked(
  marked(
    marked(transcriptOf(turns, ['Sarah Connor', 'Host'], 'sarah-connor'), 'PERSON', 'Sarah Connor', {
      decision: 'accepted',
    }),
    'CREDENTIAL',
    '4711',
    { detector: 'rules', decision: 'rejected' },
  ),
  'LOCATION',
  'Boston',
);
const policy = { ...standard, allow: ['Acme'], deny: ['Nightingale', 'Kestrel'] };
const file = { path: '/somewhere/[PERSON_1].redacted.txt', bytes: new TextEncoder().encode('hello') };
const report = auditReport(transcript, policy, [file]);

test('says what was found by which rule, what was decided and what is masked', () => {
  expect(report.counts).toEqual([
    {
      label: 'PERSON',
      detector: 'names',
      rule: 'test',
      masked: 1,
      readable: 0,
      decisions: { pending: 0, accepted: 1, rejected: 0 },
    },
    {
      label: 'LOCATION',
      detector: 'names',
      rule: 'test',
      masked: 0,
      readable: 1,
      decisions: { pending: 1, accepted: 0, rejected: 0 },
    },
    {
      label: 'CREDENTIAL',
      detector: 'rules',
      rule: 'test',
      masked: 0,
      readable: 1,
      decisions: { pending: 0, accepted: 0, rejected: 1 },
    },
  ]);
  // Word n is said from n/2 s to n/2 + 0.4 s; Sarah is the third.
  expect(report.spans[0]).toMatchObject({ start: 1, end: 1.9, alias: '[PERSON_1]', masked: true });
  expect(report.spans.map(({ start }) => start)).toEqual(
    [...report.spans.map(({ start }) => start)].sort((a, b) => a - b),
  );
});

test('names the model, the policy and the files by their hashes', () => {
  expect(report.model).toEqual({ pack: 'base', sha256: '0'.repeat(64) });
  expect(report.policy).toMatchObject({ name: 'standard', version: 1, allowed: 1, denied: 2 });
  expect(report.policy.sha256).toMatch(/^[0-9a-f]{64}$/);
  // What is masked is in the hash; the names on its lists are not, for they could be guessed from it.
  expect(auditReport(transcript, POLICY_PRESETS.strict, []).policy.sha256).not.toBe(report.policy.sha256);
  expect(auditReport(transcript, standard, []).policy.sha256).toBe(report.policy.sha256);
  expect(report.files).toEqual([
    { name: '[PERSON_1].redacted.txt', bytes: 5, sha256: createHash('sha256').update('hello').digest('hex') },
  ]);
});

test('holds no personal data, also none that stays readable elsewhere', () => {
  const { json, html } = renderAudit(report, transcript, policy);
  for (const bytes of [json, html]) {
    const text = new TextDecoder().decode(bytes);
    expect(text).toContain('PERSON_1');
    expect(text).not.toMatch(/sarah|connor|4711|boston|acme|nightingale|kestrel|somewhere/i);
  }
});

test('is refused when a name given to it holds a masked value', () => {
  const named = { ...policy, name: 'For Connor' };
  expect(() => renderAudit(auditReport(transcript, named, []), transcript, named)).toThrow(/rename/);
});
