/**
 * Scores what Sotto masks on labelled text, beside Presidio with spaCy on the same text by the same rules:
 *
 *     npm run --silent eval:redaction -- [--set NAME] [--limit N] [--against nothing] [--json OUT.json] [--markdown OUT.md] [--seed N]
 *     npm run --silent eval:redaction -- FILE.jsonl [--lower] [--against presidio] [--policy NAME] [--misses LABEL] [--false LABEL]
 *
 * Without a file: the held-out sets (models/training/redactor/heldout.py), as written, in lower case without marks, and
 * generated text as a recogniser writes it; at most `--limit` texts (3000) of each, and 30,000 words of a corpus, drawn with a seed.
 * `--seed` draws other generated texts, `--markdown` writes the tables of redaction.md. The first call makes a Python environment. Files are read by `labelledText.ts`; `--lower` takes casing and marks away
 * first, `--misses` and `--false` list what Sotto missed and what was wrong, by rule. `--head DIR` takes another pack of
 * the learned head than the one that ships, `--head none` does without.
 *
 * A gold span is found when 60 % of its letters are masked under any label; a predicted span is false when it touches no
 * gold span. What a source does not label is charged to neither system. Intervals hold 95 % of 500 resamplings of the texts.
 */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../../core/errors.ts';
import { POLICY_NAMES, POLICY_PRESETS, type PolicyName } from '../../core/redaction/policy.ts';
import { BY_ORIGIN, GENERATED, heldOutSets } from './heldOut.ts';
import { countWords, type Example, lowered, readExamples, sampled } from './labelledText.ts';
import {
  corporaTable,
  type OriginFigures,
  originsTable,
  type SetResult,
  typesTable,
} from './redactionMarkdown.ts';
import { headPack, presidio, type System, sotto } from './redactionSystems.ts';
import { originTable, type Scored, scoreTable } from './redactionTables.ts';
import { isFound, judge, type Prediction, scores, tally } from './spanScore.ts';

interface TextSet {
  readonly name: string;
  readonly form: string;
  readonly note: string;
  readonly partly: boolean;
  readonly examples: readonly Example[];
}

/** Of a set of the corpora: some hold whole talks. */
const MOST_WORDS = 30_000;

const USAGE = `usage: npm run --silent eval:redaction -- [FILE.jsonl ...] [--policy ${POLICY_NAMES.join('|')}] [--against presidio|nothing] [--limit N] [--set NAME] [--lower] [--misses LABEL] [--false LABEL] [--head DIR|none] [--json FILE] [--markdown FILE] [--seed N]\n`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      policy: { type: 'string', default: 'strict' },
      against: { type: 'string', default: '' },
      limit: { type: 'string' },
      set: { type: 'string', multiple: true },
      json: { type: 'string' },
      markdown: { type: 'string' },
      seed: { type: 'string', default: '' },
      lower: { type: 'boolean', default: false },
      misses: { type: 'string' },
      false: { type: 'string' },
      head: { type: 'string' },
    },
  });
  const heldOut = positionals.length === 0;
  const limit = Number(values.limit ?? (heldOut ? '3000' : 'Infinity'));
  if (!Object.hasOwn(POLICY_PRESETS, values.policy) || !(limit > 0)) {
    process.stderr.write(USAGE);
    process.exitCode = 2;
    return;
  }
  const here = process.env.INIT_CWD ?? process.cwd();
  const sets = heldOut
    ? await readHeldOut(values.set ?? [], limit, values.seed)
    : await Promise.all(positionals.map((file) => readFileSet(resolve(here, file), values.lower, limit)));
  const systems: System[] = [sotto(POLICY_PRESETS[values.policy as PolicyName], headPack(values.head, here))];
  if ((values.against || (heldOut ? 'presidio' : 'nothing')) === 'presidio') systems.push(presidio());

  const results: (SetResult & { texts: number; words: number })[] = [];
  let origins: object | null = null;
  const byOrigin: { form: string; examples: readonly Example[]; found: Prediction[][][] }[] = [];
  for (const { name, form, note, partly, examples } of sets) {
    const found = await Promise.all(systems.map((system) => findAll(system, examples)));
    if (name === BY_ORIGIN) {
      byOrigin.push({ form, examples, found });
      continue;
    }
    const scored: Scored[] = systems.map((system, i) => ({
      system: system.name,
      scores: scores(examples.map((example, n) => tally(example, found[i]![n]!))),
    }));
    const words = examples.reduce((sum, { text }) => sum + countWords(text), 0);
    const title = `${name}${form === '' ? '' : `, ${form}`}: ${examples.length} texts, ${words} words`;
    process.stdout.write(
      `\n${title}${note === '' ? '' : ` (${note})`}\n${scoreTable(scored, partly)}${falseRates(systems, examples, found, words)}\n`,
    );
    listErrors(examples, found[0]!, values.misses, values.false);
    results.push({
      set: name,
      form,
      note,
      partly,
      texts: examples.length,
      words,
      systems: scored.map(withoutDraws),
    });
  }
  if (byOrigin.length > 0) {
    const { table, figures } = originTable(
      systems.map(({ name }) => name),
      byOrigin,
    );
    process.stdout.write(`\nRecall of people by the origin of their names\n${table}`);
    origins = figures;
  }
  for (const system of systems) system.close();
  if (values.json !== undefined)
    writeFileSync(resolve(here, values.json), `${JSON.stringify({ sets: results, origins }, null, 1)}\n`);
  if (values.markdown !== undefined)
    writeFileSync(resolve(here, values.markdown), markdown(results, origins as OriginFigures | null));
}

/** The tables of redaction.md. */
function markdown(results: readonly SetResult[], origins: OriginFigures | null): string {
  const generated = results.filter(({ set }) => set === GENERATED);
  const corpora = results.filter(({ set }) => set !== GENERATED);
  return [
    ...(corpora.length > 0 ? [`## Corpora\n\n${corporaTable(corpora)}`] : []),
    ...(generated.length > 0 ? [`## Generated conversations, by type\n\n${typesTable(generated)}`] : []),
    ...(origins ? [`## People, by the origin of their names\n\n${originsTable(origins)}`] : []),
  ].join('\n');
}

async function readHeldOut(chosen: readonly string[], limit: number, seed: string): Promise<TextSet[]> {
  const known = heldOutSets(seed);
  const sets = known.filter(({ name }) => chosen.length === 0 || chosen.includes(name));
  if (sets.length === 0)
    throw new UserError(
      'usage',
      `There is no such set; choose from ${[...new Set(known.map(({ name }) => name))].join(', ')}.`,
    );
  return Promise.all(
    sets.map(async (set) => {
      const examples = await readExamples(set.file);
      return {
        ...set,
        examples:
          set.name === BY_ORIGIN
            ? examples
            : sampled(examples, limit, set.name === GENERATED ? Infinity : MOST_WORDS),
      };
    }),
  );
}

async function readFileSet(file: string, lower: boolean, limit: number): Promise<TextSet> {
  const examples = sampled(await readExamples(file), limit);
  return {
    name: file,
    form: '',
    note: '',
    partly: false,
    examples: lower ? examples.map(lowered) : examples,
  };
}

async function findAll(system: System, examples: readonly Example[]): Promise<Prediction[][]> {
  const found: Prediction[][] = [];
  for (const { text } of examples) found.push(await system.find(text));
  return found;
}

function falseRates(
  systems: readonly System[],
  examples: readonly Example[],
  found: readonly Prediction[][][],
  words: number,
): string {
  const rates = systems.map(({ name }, i) => {
    const wrong = found[i]!.flatMap((predictions, n) =>
      predictions.filter((prediction) => judge(examples[n]!, prediction) === 'false'),
    ).length;
    return `${name} ${((1000 * wrong) / Math.max(1, words)).toFixed(2)}`;
  });
  return `spans that touch no gold span per 1,000 words: ${rates.join(', ')}`;
}

/** Lists what Sotto missed of one label and what was wrong under another, and the precision of each rule. */
function listErrors(
  examples: readonly Example[],
  found: readonly Prediction[][],
  missed: string | undefined,
  wrong: string | undefined,
): void {
  if (missed === undefined && wrong === undefined) return;
  const rules = new Map<string, { right: number; false: number }>();
  examples.forEach((example, n) => {
    const { text, spans } = example;
    for (const gold of spans)
      if (gold.label === missed && !isFound(text, gold, found[n]!))
        process.stdout.write(`missed "${text.slice(gold.start, gold.end)}" in: ${text}\n`);
    for (const prediction of found[n]!) {
      const judgement = judge(example, prediction);
      if (judgement === null) continue;
      const key = `${prediction.label} ${prediction.rule}`;
      const rule = rules.get(key) ?? { right: 0, false: 0 };
      rule[judgement]++;
      rules.set(key, rule);
      if (judgement === 'false' && prediction.label === wrong)
        process.stdout.write(
          `false "${text.slice(prediction.start, prediction.end)}" (${prediction.rule}) in: ${text}\n`,
        );
    }
  });
  process.stdout.write('\nprecision by rule\n');
  for (const [rule, counts] of [...rules].sort()) {
    const all = counts.right + counts.false;
    process.stdout.write(
      `${rule.padEnd(50)}${(counts.right / all).toFixed(3).padStart(10)}${String(all).padStart(8)}\n`,
    );
  }
}

function withoutDraws({ system, scores: rows }: Scored) {
  return { system, scores: rows.map(({ recalls, ...score }) => score) };
}

main().catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
