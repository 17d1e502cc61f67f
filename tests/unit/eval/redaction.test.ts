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

interface Row {
  label: string;
  counts: Record<string, number>;
  figures: Record<string, { value: number }>;
}

/** Runs eval:redaction on lines of {text, spans} and returns what it writes as JSON about Sotto, by label. */
function score(
  lines: { text: string; spans: { start: number; end: number; label: string }[] }[],
  ...options: string[]
): Record<string, Row> {
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
  const { sets } = JSON.parse(readFileSync(out, 'utf8')) as { sets: { systems: { scores: Row[] }[] }[] };
  return Object.fromEntries(sets[0]!.systems[0]!.scores.map((row) => [row.label, row]));
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

test('a file is scored by label; labels that it does not have are not', () => {
  const rows = score(lines);
  expect(Object.keys(rows)).toEqual(['EMAIL', 'PHONE', 'all']);
  expect(rows.EMAIL!.counts).toEqual({ gold: 2, found: 1, predicted: 2, wrong: 1 });
  expect(rows.EMAIL!.figures).toMatchObject({ precision: { value: 0.5 }, recall: { value: 0.5 } });
  expect(rows.PHONE!.counts).toEqual({ gold: 1, found: 1, predicted: 0, wrong: 0 });
  expect(rows.PHONE!.figures).toMatchObject({ precision: { value: 1 }, recall: { value: 1 } });
});

test('the policy decides what is masked', () => {
  expect(score(lines, '--policy', 'names-only').EMAIL!.counts).toMatchObject({ found: 0, predicted: 0 });
});
