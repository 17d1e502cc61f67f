/**
 * Turns labelled words into the features that core/redaction/names/features.ts gives them, for train.py.
 *
 *     npx tsx models/training/names/dump.ts < examples.jsonl > features.txt
 *
 * A line in is `{words: [...], labels: [...]}`; out, a line a word: label, then features, by tabs; a blank line ends an example.
 */
import { createInterface } from 'node:readline';
import { nameFeatures } from '../../../core/redaction/names/features.ts';
import { nameLists } from '../../../core/redaction/names/lists.ts';
import { tokenize } from '../../../core/redaction/tokens.ts';

const lists = nameLists();
let block: string[] = [];
const flush = async () => {
  const text = block.join('');
  block = [];
  if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once('drain', resolve));
};
for await (const line of createInterface({ input: process.stdin })) {
  const { words, labels } = JSON.parse(line) as { words: string[]; labels: string[] };
  const features = nameFeatures(
    tokenize(words.map((text) => ({ text, segment: 0, confidence: null }))),
    lists,
  );
  block.push(`${features.map((names, i) => [labels[i], ...names].join('\t')).join('\n')}\n\n`);
  if (block.length > 500) await flush();
}
await flush();
