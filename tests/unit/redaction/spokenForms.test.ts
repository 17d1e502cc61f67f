import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { labelsOfMarked } from './found.ts';

const cases = readFileSync(resolve(import.meta.dirname, '../../fixtures/redaction/spoken.tsv'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => {
    const [label, text] = line.split('\t') as [string, string];
    return { label, text: text.replaceAll('\\n', '\n') };
  });

describe('personal data as people say it is masked to its last word', () => {
  test('the table is there', () => expect(cases.length).toBeGreaterThan(250));

  test.each(cases)('$label: $text', ({ label, text }) => {
    const { labels, open } = labelsOfMarked(text);
    expect(open).toEqual([]);
    expect(labels).toContain(label);
  });
});
