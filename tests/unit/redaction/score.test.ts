import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

let directory = '';
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'sotto-score-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs eval:redaction on lines of {text, spans} and returns what it writes as JSON. */
function score(
  lines: { text: string; spans: { start: number; end: number; label: string }[] }[],
  ...options: string[]
) {
  const file = join(directory, 'in.jsonl');
  const out = join(directory, 'out.json');
  writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
  execFileSync(process.execPath, [
    '--import',
    'tsx',
    'tests/eval/redaction.ts',
    file,
    '--json',
    out,
    ...options,
  ]);
  return JSON.parse(readFileSync(out, 'utf8')) as { types: Record<string, Record<string, number>> };
}

const lines = [
  // The whole address is found.
  { text: 'write to jo@example.com now', spans: [{ start: 9, end: 23, label: 'EMAIL' }] },
  // Nothing here looks like an address: a miss.
  { text: 'write to the usual place', spans: [{ start: 9, end: 24, label: 'EMAIL' }] },
  // An address where gold has none: false.
  { text: 'or to al@example.com', spans: [] },
  // Found under another label, which counts for the gold span and is not false; CARD has no gold and is not scored.
  { text: 'the code 4111 1111 1111 1111', spans: [{ start: 9, end: 28, label: 'PHONE' }] },
];

test('found, missed and false spans make precision, recall, F1 and F2; absent labels are not scored', () => {
  expect(score(lines).types).toEqual({
    EMAIL: { precision: 0.5, recall: 0.5, f1: 0.5, f2: 0.5, gold: 2, predicted: 2 },
    PHONE: { precision: 1, recall: 1, f1: 1, f2: 1, gold: 1, predicted: 0 },
  });
});

test('less than 60 % of a gold span masked is a miss', () => {
  const text = 'mail jo@example.com or knock at the blue door';
  expect(
    score([{ text, spans: [{ start: 5, end: text.length, label: 'EMAIL' }] }]).types.EMAIL,
  ).toMatchObject({ recall: 0, precision: 1 });
});

test('the policy decides what is masked', () => {
  expect(score(lines, '--policy', 'names-only').types.EMAIL).toMatchObject({ recall: 0, predicted: 0 });
});
