/**
 * Scores the redactor on labelled text.
 *
 *     npm run --silent eval:redaction -- FILE.jsonl [--policy NAME] [--json OUT.json] [--lower] [--misses LABEL]
 *
 * A line is `{text, spans: [{start, end, label}]}`, offsets in characters. The format of ../shared/ner is read as well:
 * `{tokens, spans}` with offsets in tokens, and labels such as PER or place_name.
 * A gold span is found when at least 60 % of its characters are masked under any label; a predicted span is false when
 * it touches no gold span. Labels that a file does not have are not scored in it.
 * The policy is `strict` unless told otherwise, so that every label is searched for. `--lower` takes casing and
 * punctuation away first; `--misses LABEL` and `--false LABEL` list what was missed and what was wrong, by rule.
 */
import { createReadStream, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { detectEntities } from '../../core/redaction/detect.ts';
import { masks, POLICY_NAMES, POLICY_PRESETS, type PolicyName } from '../../core/redaction/policy.ts';
import { splitPunctuation, splitWords } from '../../core/redaction/tokens.ts';
import { LABELS, type Label } from '../../core/transcript/schema.ts';

interface Span {
  start: number;
  end: number;
  label: string;
}

/** Labels of ../shared/ner in ours; what is not named here is left out. */
const foreignLabels: Record<string, Label> = {
  PER: 'PERSON', person: 'PERSON', artist_name: 'PERSON', audiobook_author: 'PERSON',
  LOC: 'LOCATION', location: 'LOCATION', place_name: 'LOCATION',
  corporation: 'ORG', group: 'ORG', business_name: 'ORG',
  date: 'DATE', email_address: 'EMAIL',
}; // biome-ignore format: a table

interface Example {
  text: string;
  spans: Span[];
}

function readExample(line: string): Example {
  const item = JSON.parse(line) as { text?: string; tokens?: string[]; spans?: Span[] };
  const label = (name: string) => foreignLabels[name] ?? name;
  if (item.text !== undefined)
    return {
      text: item.text,
      spans: (item.spans ?? []).map((span) => ({ ...span, label: label(span.label) })),
    };
  const starts: number[] = [];
  let text = '';
  for (const token of item.tokens ?? []) {
    if (text !== '') text += ' ';
    starts.push(text.length);
    text += token;
  }
  const spans = (item.spans ?? []).map(({ start, end, label: name }) => ({
    start: starts[start]!,
    end: starts[end - 1]! + item.tokens![end - 1]!.length,
    label: label(name),
  }));
  return { text, spans };
}

/** As a recogniser without punctuation and casing would write it; offsets follow. */
function lowered({ text, spans }: Example): Example {
  let out = '';
  const moved: number[] = [];
  for (const char of text) {
    for (let n = 0; n < char.length; n++) moved.push(out.length);
    if (!/[.,;:!?"“”()[\]…]/.test(char)) out += char.toLowerCase();
  }
  moved.push(out.length);
  return {
    text: out,
    spans: spans.map((span) => ({ ...span, start: moved[span.start]!, end: moved[span.end]! })),
  };
}

interface Tally {
  gold: number;
  found: number;
  predicted: number;
  wrong: number;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    policy: { type: 'string', default: 'strict' },
    json: { type: 'string' },
    lower: { type: 'boolean', default: false },
    misses: { type: 'string' },
    false: { type: 'string' },
  },
});
const [file] = positionals;
if (file === undefined || !Object.hasOwn(POLICY_PRESETS, values.policy)) {
  process.stderr.write(
    `usage: npm run --silent eval:redaction -- FILE.jsonl [--policy ${POLICY_NAMES.join('|')}] [--json FILE]\n`,
  );
  process.exit(2);
}
const policy = POLICY_PRESETS[values.policy as PolicyName];

const tallies = new Map<string, Tally>();
const rules = new Map<string, { right: number; wrong: number }>();
const present = new Set<string>();
let wordCount = 0;
const tallyOf = (label: string): Tally => {
  const tally = tallies.get(label) ?? { gold: 0, found: 0, predicted: 0, wrong: 0 };
  tallies.set(label, tally);
  return tally;
};

for await (const line of createInterface({ input: createReadStream(file) })) {
  if (line.trim() === '') continue;
  const { text, spans } = values.lower ? lowered(readExample(line)) : readExample(line);
  const words = splitWords(text);
  wordCount += words.length;
  const predicted = detectEntities(words, policy)
    .filter((span) => masks(policy, span.label))
    .map((span) => {
      const first = words[span.from]!;
      const last = words[span.to - 1]!;
      return {
        start: first.start + splitPunctuation(first.text).before.length,
        end: last.end - splitPunctuation(last.text).after.length,
        label: span.label,
        rule: span.rule,
      };
    });
  for (const gold of spans) {
    const tally = tallyOf(gold.label);
    present.add(gold.label);
    tally.gold++;
    let covered = 0;
    for (let i = gold.start; i < gold.end; i++)
      if (predicted.some((span) => span.start <= i && i < span.end)) covered++;
    if (covered >= 0.6 * (gold.end - gold.start)) tally.found++;
    else if (values.misses === gold.label)
      process.stdout.write(`missed "${text.slice(gold.start, gold.end)}" in: ${text}\n`);
  }
  for (const span of predicted) {
    const tally = tallyOf(span.label);
    tally.predicted++;
    const right = spans.some((gold) => gold.start < span.end && span.start < gold.end);
    if (!right) tally.wrong++;
    const rule = rules.get(`${span.label} ${span.rule}`) ?? { right: 0, wrong: 0 };
    rule[right ? 'right' : 'wrong']++;
    rules.set(`${span.label} ${span.rule}`, rule);
    if (!right && values.false === span.label)
      process.stdout.write(`false "${text.slice(span.start, span.end)}" (${span.rule}) in: ${text}\n`);
  }
}

const types: Record<
  string,
  { precision: number; recall: number; f1: number; f2: number; gold: number; predicted: number }
> = {};
const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
for (const label of LABELS) {
  if (!present.has(label)) continue;
  const { gold, found, predicted, wrong } = tallyOf(label);
  // Nothing predicted under this label is nothing wrong, where the gold spans were masked under others.
  const precision = predicted === 0 ? Number(found > 0) : (predicted - wrong) / predicted;
  const recall = found / gold;
  const f = (beta: number) =>
    precision + recall === 0 ? 0 : ((1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall);
  types[label] = {
    precision: rounded(precision),
    recall: rounded(recall),
    f1: rounded(f(1)),
    f2: rounded(f(2)),
    gold,
    predicted,
  };
}

const cell = (value: number) => value.toFixed(3).padStart(10);
process.stdout.write(`${'label'.padEnd(14)} precision    recall        F1        F2      gold predicted\n`);
for (const [label, row] of Object.entries(types)) {
  const { precision, recall, f1, f2, gold, predicted } = row;
  process.stdout.write(
    `${label.padEnd(14)}${cell(precision)}${cell(recall)}${cell(f1)}${cell(f2)}${String(gold).padStart(10)}${String(predicted).padStart(10)}\n`,
  );
}
const wrongCount = [...tallies.values()].reduce((sum, { wrong }) => sum + wrong, 0);
process.stdout.write(
  `${wordCount} words, ${((1000 * wrongCount) / Math.max(1, wordCount)).toFixed(2)} spans that touch no gold span per 1,000 words\n`,
);
if (values.misses !== undefined || values.false !== undefined) {
  process.stdout.write('\nprecision by rule\n');
  for (const [rule, { right, wrong }] of [...rules].sort()) {
    process.stdout.write(
      `${rule.padEnd(50)}${cell(right / (right + wrong))}${String(right + wrong).padStart(8)}\n`,
    );
  }
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify({ types }, null, 2)}\n`);
