/**
 * What all of Sotto (rules, lists, the learned head) masks of heard speech, with its sound and as text alone.
 *
 *     python models/training/redactor/heard.py label MANIFEST HEARD      writes HEARD/labelled.jsonl
 *     npx tsx models/training/redactor/listened.ts HEARD... [--head DIR]
 *
 * Policy `strict`. A value is found when 60 % of its letters are masked under any label; other words that are masked count
 * by the word. What nobody can label counts neither way.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { detectEntities } from '../../../core/redaction/detect.ts';
import { RedactionHead } from '../../../core/redaction/head/head.ts';
import type { Sound } from '../../../core/redaction/head/sound.ts';
import { POLICY_PRESETS } from '../../../core/redaction/policy.ts';

/** A line of labelled.jsonl. */
interface Labelled {
  readonly set: string;
  readonly words: readonly string[];
  /** Seconds. */
  readonly times: readonly (readonly [start: number, end: number])[];
  readonly confidence: readonly number[];
  /** States of each word, counted from the utterance's first. */
  readonly spans: readonly (readonly [from: number, to: number])[];
  /** First word, one past the last, label. */
  readonly values: readonly (readonly [from: number, to: number, label: string])[];
  readonly silent: readonly boolean[];
  readonly first: number;
  readonly states: number;
}

const FOUND = 0.6;
const WIDTH = 512;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    head: { type: 'string', default: join(dirname(fileURLToPath(import.meta.url)), '../../redactor') },
  },
});
const head = await RedactionHead.load(resolve(values.head), 1);
const totals = new Map<string, { values: number; found: number; others: number; words: number }>();

/** bfloat16 are the upper halves of floats. */
function soundOf(row: Labelled, file: Buffer): Sound {
  const floats = new Float32Array(row.states * WIDTH);
  const bits = new Uint32Array(floats.buffer);
  for (let i = 0; i < bits.length; i++) bits[i] = file.readUInt16LE(2 * (row.first * WIDTH + i)) << 16;
  return {
    width: WIDTH,
    count: row.states,
    spans: row.spans,
    copy: (from, to, target) => target.set(floats.subarray(from * WIDTH, to * WIDTH)),
    timeOf: (state) => state / 50,
  };
}

async function score(row: Labelled, sound: Sound | null): Promise<void> {
  const words = row.words.map((text, i) => {
    const [start, end] = row.times[i]!;
    return { text, segment: 0, confidence: row.confidence[i]!, time: { start, end } };
  });
  const found = detectEntities(words, POLICY_PRESETS.strict, [], await head.detect(words, sound));
  const masked = words.map((_, i) => found.some(({ from, to }) => from <= i && i < to));
  const letters = row.words.map((word) => Math.max(1, word.match(/[\p{L}\p{N}]/gu)?.length ?? 0));
  const name = `${row.set}, ${sound ? 'heard' : 'text alone'}`;
  const total = totals.get(name) ?? { values: 0, found: 0, others: 0, words: 0 };
  totals.set(name, total);
  const personal = new Set<number>();
  for (const [from, to] of row.values) {
    const places = Array.from({ length: to - from }, (_, i) => from + i);
    for (const place of places) personal.add(place);
    const sum = (of: readonly number[]) => of.reduce((size, place) => size + letters[place]!, 0);
    total.values += 1;
    total.found += Number(sum(places.filter((place) => masked[place])) >= FOUND * sum(places));
  }
  total.others += masked.filter((is, i) => is && !personal.has(i) && !row.silent[i]).length;
  total.words += words.length;
}

for (const folder of positionals) {
  const file = readFileSync(join(folder, 'states.bf16'));
  for (const line of readFileSync(join(folder, 'labelled.jsonl'), 'utf8').split('\n').filter(Boolean)) {
    const row = JSON.parse(line) as Labelled;
    await score(row, null);
    await score(row, soundOf(row, file));
  }
}
await head.close();
for (const [name, { values: all, found, others, words }] of totals)
  process.stdout.write(
    `${name}: ${found} of ${all} values found (${(found / all).toFixed(3)}), ${others} other words masked of ${words}\n`,
  );
