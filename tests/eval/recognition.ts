import { writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UserError } from '../../core/errors.ts';
import { Recognizer } from '../../core/recognizer/recognizer.ts';
import { readManifest } from './manifest.ts';
import { recognitionErrors, type ScoredUtterance } from './recognitionErrors.ts';
import { sumWordErrors, wordErrorRate } from './wordErrors.ts';

const USAGE =
  'Usage: npm run --silent eval -- MANIFEST.jsonl [--pack base|tiny|DIR] [--json FILE] [--threads N] [--vocabulary "NAME, TERM"]';

interface SetFigures {
  readonly utterances: number;
  readonly words: number;
  readonly wer: number;
  readonly sub: number;
  readonly del: number;
  readonly ins: number;
}

function figures(scored: readonly ScoredUtterance[]): SetFigures {
  const errors = sumWordErrors(scored.map((one) => one.errors));
  return {
    utterances: scored.length,
    words: errors.words,
    wer: Number(wordErrorRate(errors).toFixed(5)),
    sub: errors.substitutions,
    del: errors.deletions,
    ins: errors.insertions,
  };
}

function table(sets: Readonly<Record<string, SetFigures>>): string {
  const rows = Object.entries(sets).map(([name, set]) => [
    name,
    String(set.utterances),
    String(set.words),
    `${(100 * set.wer).toFixed(2)} %`,
    String(set.sub),
    String(set.del),
    String(set.ins),
  ]);
  const lines = [['set', 'utterances', 'words', 'WER', 'sub', 'del', 'ins'], ...rows];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}

/** `npm run --silent eval -- MANIFEST.jsonl [--pack base|tiny|DIR] [--json FILE]`. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      pack: { type: 'string', default: 'base' },
      json: { type: 'string' },
      threads: { type: 'string' },
      vocabulary: { type: 'string', default: '' },
    },
  });
  const [manifest] = positionals;
  if (manifest === undefined || positionals.length > 1) throw new UserError('usage', USAGE);
  // npm starts scripts in the package's folder; paths are meant from where the command was given.
  const here = process.env.INIT_CWD ?? process.cwd();
  const models = join(dirname(fileURLToPath(import.meta.url)), '../../models');
  const utterances = await readManifest(resolve(here, manifest));
  const directory = /[/\\.]/.test(values.pack) ? resolve(here, values.pack) : join(models, values.pack);
  const threads = values.threads === undefined ? {} : { threads: Number(values.threads) };
  const recognizer = await Recognizer.load(directory, threads);
  const vocabulary = values.vocabulary
    .split(',')
    .map((term) => term.trim())
    .filter(Boolean);
  const scored: ScoredUtterance[] = [];
  for await (const one of recognitionErrors(recognizer, utterances, models, vocabulary)) {
    scored.push(one);
    if (process.stderr.isTTY) process.stderr.write(`\r${scored.length} of ${utterances.length} utterances`);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  await recognizer.close();
  const sets: Record<string, SetFigures> = {};
  for (const name of new Set(utterances.map((utterance) => utterance.set)))
    sets[name] = figures(scored.filter((one) => one.utterance.set === name));
  console.log(table(sets));
  if (values.json !== undefined)
    await writeFile(resolve(here, values.json), `${JSON.stringify({ pack: values.pack, sets }, null, 2)}\n`);
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error);
  process.exitCode = 1;
});
