/**
 * How much Sotto masks where nothing is labelled: spans per 1,000 words of ../shared/text, true personal data included.
 *
 *     npm run --silent eval:over-masking -- [--words 100000] [--examples 200] [--against nothing] [--head DIR|none]
 *
 * As many words of each of eight texts, whole documents of at most 4,000 words drawn with a seed, each searched as one
 * transcript; as written and in lower case without marks. Writes spans drawn with a seed, with what stands around them,
 * to .work/eval/over-masking.txt for somebody to read and judge (over-masking.md). Needs the program xz.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from '../../core/errors.ts';
import { seededRandom } from '../../core/recognizer/random.ts';
import { masks, POLICY_PRESETS } from '../../core/redaction/policy.ts';
import { LABELS } from '../../core/transcript/schema.ts';
import { SHARED } from '../recordings/corpus.ts';
import { ROOT } from '../runtime.ts';
import { countWords, type Example, lowered, sampled } from './labelledText.ts';
import { headPack, presidio, type System, sotto } from './redactionSystems.ts';
import type { Prediction } from './spanScore.ts';

/** Meetings, interviews, calls, consultations and talk; the sources and licences are in ../shared/README.md. */
const SOURCES = [
  'qmsum',
  'rev16',
  'earnings22',
  'medical',
  'changelog',
  'bitcointranscripts',
  'topical_chat',
  'spacelog',
];
const LONGEST_DOCUMENT = 4000;
const FORMS = ['as written', 'lower case'] as const;
const EXAMPLES_FILE = join(ROOT, '.work/eval/over-masking.txt');
/** Characters shown before and after an example. */
const AROUND = 90;

interface Masked extends Prediction {
  readonly form: string;
  readonly source: string;
  readonly text: string;
}

/** Whole documents, in an order drawn with a seed, until `words` words are there; turns are lines. */
function documents(source: string, words: number): string[] {
  const file = join(SHARED, `text/${source}.tsv.xz`);
  let lines: string[];
  try {
    lines = execFileSync('xz', ['-dc', file], { maxBuffer: 2 ** 30, encoding: 'utf8' }).split('\n');
  } catch (cause) {
    throw new UserError(
      'not-found',
      `${file} cannot be read; put shared beside the checkout and install xz.`,
      {
        cause,
      },
    );
  }
  const byDocument = new Map<string, string[]>();
  for (const line of lines) {
    const [document, , ...said] = line.split('\t');
    const turn = said.join(' ').trim();
    if (turn === '') continue;
    const turns = byDocument.get(document!);
    if (turns) turns.push(turn);
    else byDocument.set(document!, [turn]);
  }
  const random = seededRandom(1);
  const shuffled = [...byDocument.values()]
    .map((turns) => ({ turns, draw: random() }))
    .sort((a, b) => a.draw - b.draw);
  const chosen: string[] = [];
  let total = 0;
  for (const { turns } of shuffled) {
    if (total >= words) break;
    const kept: string[] = [];
    let length = 0;
    for (const turn of turns) {
      if (length >= LONGEST_DOCUMENT || total + length >= words) break;
      kept.push(turn);
      length += countWords(turn);
    }
    chosen.push(kept.join('\n'));
    total += length;
  }
  return chosen;
}

function plain(text: string): Example {
  return { text, spans: [], silent: [], known: new Set() };
}

function shown({ form, source, label, rule, text, start, end }: Masked, number: number): string {
  const flat = (part: string) => part.replace(/\s+/g, ' ');
  const before = flat(text.slice(Math.max(0, start - AROUND), start));
  const after = flat(text.slice(end, end + AROUND));
  return `${number} ${form}, ${source}, ${label}, ${rule}: ${before}[[${flat(text.slice(start, end))}]]${after}\n`;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      words: { type: 'string', default: '100000' },
      examples: { type: 'string', default: '200' },
      against: { type: 'string', default: 'presidio' },
      head: { type: 'string' },
    },
  });
  const each = Number(values.words) / SOURCES.length;
  const systems: System[] = [
    sotto(POLICY_PRESETS.strict, headPack(values.head, process.env.INIT_CWD ?? process.cwd())),
  ];
  if (values.against === 'presidio') systems.push(presidio());
  const isStandard = ({ label }: Prediction) => label !== null && masks(POLICY_PRESETS.standard, label);
  const columns = FORMS.flatMap((form) => [
    `standard, ${form}`,
    `strict, ${form}`,
    ...systems.slice(1).map(({ name }) => `${name}, ${form}`),
  ]);
  process.stdout.write(
    `spans per 1,000 words\n${'text'.padEnd(20)}  words${columns.map((name) => name.padStart(22)).join('')}\n`,
  );
  const found: Masked[] = [];
  const totals = new Map<string, number>();
  let words = 0;
  for (const source of SOURCES) {
    const texts = documents(source, each);
    const length = texts.reduce((sum, text) => sum + countWords(text), 0);
    words += length;
    const cells: string[] = [];
    const count = (column: string, spans: number) => {
      totals.set(column, (totals.get(column) ?? 0) + spans);
      cells.push(((1000 * spans) / length).toFixed(1).padStart(22));
    };
    for (const form of FORMS) {
      const these = form === 'as written' ? texts : texts.map((text) => lowered(plain(text)).text);
      for (const system of systems) {
        const spans: Masked[] = [];
        for (const text of these)
          for (const span of await system.find(text))
            if (span.label !== null) spans.push({ ...span, form, source, text });
        if (system !== systems[0]) {
          count(`${system.name}, ${form}`, spans.length);
          continue;
        }
        count(`standard, ${form}`, spans.filter(isStandard).length);
        count(`strict, ${form}`, spans.length);
        found.push(...spans);
      }
    }
    process.stdout.write(`${source.padEnd(20)}${String(length).padStart(7)}${cells.join('')}\n`);
  }
  const all = columns.map((name) => ((1000 * totals.get(name)!) / words).toFixed(1).padStart(22));
  process.stdout.write(`${'all'.padEnd(20)}${String(words).padStart(7)}${all.join('')}\n\n`);
  for (const label of LABELS) {
    const rates = FORMS.map((form) => {
      const spans = found.filter((span) => span.label === label && span.form === form).length;
      return `${((1000 * spans) / words).toFixed(2).padStart(7)} ${form}`;
    });
    process.stdout.write(`${label.padEnd(14)}${rates.join('')}\n`);
  }
  for (const system of systems) system.close();
  const drawn = FORMS.flatMap((form) =>
    sampled(
      found.filter((span) => span.form === form),
      Number(values.examples) / FORMS.length,
    ),
  );
  mkdirSync(dirname(EXAMPLES_FILE), { recursive: true });
  writeFileSync(EXAMPLES_FILE, drawn.map((span, i) => shown(span, i + 1)).join(''));
  process.stdout.write(`\n${drawn.length} examples are in ${EXAMPLES_FILE}\n`);
}

main().catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
