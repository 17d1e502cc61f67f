/**
 * The leak rate: of the personal values said in recordings, how many can still be read in what Sotto exports, and how
 * many can still be heard in the bleeped audio.
 *
 *     npm run --silent eval:leaks -- [--policy strict] [--limit 100] [--set NAME] [--spoken MANIFEST] [--real MANIFEST] [--models DIR] [--folder DIR] [--text] [--again] [--exported]
 *
 * Runs the command line's work on held-out generated conversations said aloud (speak.py) and on real speech (heard.py:
 * an4, librispeech dev, asterisk), at most `--limit` recordings of each set: every format, the audit report and the
 * bleeped audio. What counts is the value that was said, not what Sotto found (`spokenValues.ts` says when one can be read).
 * The bleeped audio is transcribed by the tiny pack, as `--check-audio` does. A value that cannot be read in the unmasked
 * transcript was garbled by the recogniser; it is counted apart, and so is whether its place is open. `--models` names
 * another folder of packs than the one that ships; `--text` leaves the hearing out; `--again` redacts anew what an earlier run of
 * the same draw recognised, `--exported` only judges what it has exported, even if it was cut short.
 * Intervals hold 95 % of 500 resamplings of the recordings. Everything is left in `--folder` (.work/eval/leaks) for reading.
 */
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readCommandLine } from '../../core/cli/arguments.ts';
import { runJobs } from '../../core/cli/jobs.ts';
import type { Reporter } from '../../core/cli/reporter.ts';
import { UserError } from '../../core/errors.ts';
import { EXPORT_FORMATS, type ExportFormat } from '../../core/export/exporter.ts';
import { exporterFor } from '../../core/export/formats.ts';
import { closeModels, loadModels, type Models } from '../../core/project/transcribe.ts';
import { masks, POLICY_PRESETS, type PolicyName } from '../../core/redaction/policy.ts';
import type { Label } from '../../core/transcript/schema.ts';
import { MODELS } from '../recordings/models.ts';
import { textOf, transcription } from '../recordings/transcription.ts';
import { ROOT } from '../runtime.ts';
import { missingOf, redactAgain } from './earlierRun.ts';
import { sampled } from './labelledText.ts';
import { type Estimate, scores, type Tally } from './spanScore.ts';
import { readSpokenRecordings, type SpokenRecording, writeRecordings } from './spokenRecordings.ts';
import { openPlaces, survivors } from './spokenValues.ts';

const REDACTOR = 'models/training/redactor';

/** What became of one value. */
interface Fate {
  readonly label: Label;
  readonly value: string;
  /** Whether the unmasked transcript lets it be read. */
  readonly understood: boolean;
  /** Artefacts of text that let it be read, each with the way: `txt in place`. */
  readonly read: readonly string[];
  /** Garbled, and what stands in its place is not masked: somebody who listens may understand it. */
  readonly open: boolean;
  /** Whether tiny hears it in the recording, and in the bleeped one. */
  readonly audible: boolean;
  readonly heard: boolean;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      policy: { type: 'string', default: 'strict' },
      limit: { type: 'string', default: '100' },
      set: { type: 'string', multiple: true },
      spoken: { type: 'string', default: join(ROOT, '.work/redactor/spoken/test/manifest.jsonl') },
      models: { type: 'string', default: MODELS },
      folder: { type: 'string', default: join(ROOT, '.work/eval/leaks') },
      text: { type: 'boolean', default: false },
      again: { type: 'boolean', default: false },
      exported: { type: 'boolean', default: false },
      real: { type: 'string', default: join(ROOT, '.work/redactor/real/test.jsonl') },
    },
  });
  const here = process.env.INIT_CWD ?? process.cwd();
  const policy = POLICY_PRESETS[values.policy as PolicyName];
  if (policy === undefined || policy.audio === 'refuse')
    throw new UserError('usage', `--policy takes a preset that lets audio out, not "${values.policy}".`);
  const all = [
    ...(await readSpokenRecordings(
      resolve(here, values.spoken),
      `python ${REDACTOR}/speak.py --split test --count 100`,
    )),
    ...(await readSpokenRecordings(resolve(here, values.real), `python ${REDACTOR}/heard.py real`)),
  ].map((recording) => ({
    ...recording,
    values: recording.values.filter(({ labels }) => labels.some((label) => masks(policy, label))),
  }));
  const sets = [...new Set(all.map(({ set }) => set))].filter((set) => values.set?.includes(set) ?? true);
  const chosen = sets.flatMap((set) =>
    sampled(
      all.filter((recording) => recording.set === set && recording.values.length > 0),
      Number(values.limit),
    ),
  );
  const models = resolve(here, values.models);
  const folder = resolve(here, values.folder);
  const inputOf = (index: number) => join(folder, 'in', numbered(index));
  const outputOf = (index: number) => join(folder, 'out', numbered(index));
  const refused = values.exported
    ? await missingOf(chosen.length, outputOf)
    : values.again
      ? await redactAgain(chosen.length, inputOf, outputOf, models, policy)
      : await redactAll(chosen, values.policy, models, folder);
  const tiny = values.text ? null : await loadModels(models, 'tiny', undefined, false);
  const fates: (readonly Fate[])[] = [];
  for (const [i, recording] of chosen.entries())
    fates.push(refused.has(i) ? [] : await fatesOf(recording, outputOf(i), inputOf(i), tiny));
  if (tiny !== null) await closeModels(tiny);
  for (const set of sets) {
    const those = chosen.flatMap((recording, i) =>
      recording.set === set && !refused.has(i) ? [fates[i]!] : [],
    );
    const stopped = chosen.filter((recording, i) => recording.set === set && refused.has(i)).length;
    process.stdout.write(report(set, those, stopped));
  }
  if (sets.length > 1)
    process.stdout.write(
      report(
        'all',
        fates.filter((_, i) => !refused.has(i)),
        refused.size,
      ),
    );
  for (const [i, message] of refused) process.stdout.write(`not exported: ${inputOf(i)}: ${message}\n`);
  await writeFile(
    join(folder, 'fates.json'),
    JSON.stringify(
      chosen.map(({ set, words }, i) => ({
        set,
        folder: outputOf(i),
        said: words.join(' '),
        fates: fates[i],
      })),
      null,
      1,
    ),
  );
  process.stdout.write(`\nEach value and what became of it: ${join(folder, 'fates.json')}\n`);
}

const numbered = (index: number) => String(index).padStart(4, '0');

/** Does with all recordings what the command line does; returns why some gave nothing, by number. */
async function redactAll(
  recordings: readonly SpokenRecording[],
  policy: string,
  models: string,
  folder: string,
): Promise<Map<number, string>> {
  const [input, output] = [join(folder, 'in'), join(folder, 'out')];
  await Promise.all([input, output].map((part) => rm(part, { recursive: true, force: true })));
  await writeRecordings(recordings, (index) => join(input, numbered(index)));
  await mkdir(output, { recursive: true });
  const refused = new Map<number, string>();
  const reporter: Reporter = {
    start: (_, index, count) =>
      process.stderr.write(`\r${index + 1} of ${count}${index + 1 === count ? '\n' : ''}`),
    progress() {},
    wrote() {},
    note() {},
    failed: (recording, code, message) =>
      refused.set(Number(/(\d{4})[/\\]talk\.wav$/.exec(recording ?? '')?.[1]), `${code}: ${message}`),
    done() {},
  };
  const options = `--policy ${policy} --format ${EXPORT_FORMATS.join()} --language en --full --audio --audit`;
  const commandLine = readCommandLine([...options.split(' '), '--out', output, input]);
  await runJobs(commandLine, models, reporter, new AbortController().signal);
  return refused;
}

async function fatesOf(
  { words, values }: SpokenRecording,
  out: string,
  original: string,
  tiny: Models | null,
): Promise<Fate[]> {
  const artefacts = new Map<string, string>();
  let full = '';
  let redacted = '';
  for (const file of await readdir(out)) {
    const extension = file.split('.').pop()!;
    if (file.endsWith('.wav') || file.endsWith('.heard')) continue;
    const bytes = await readFile(join(out, file));
    const text = EXPORT_FORMATS.includes(extension as ExportFormat)
      ? await exporterFor(extension as ExportFormat).readBack(bytes)
      : bytes.toString();
    if (file.endsWith('.full.txt')) full = text;
    if (file.endsWith('.redacted.txt')) redacted = text;
    if (!file.includes('.full.'))
      artefacts.set(file.includes('.audit.') ? `audit.${extension}` : extension, `${file}\n${text}`);
  }
  const bleeped = (await readdir(out)).find((file) => file.endsWith('.redacted.wav'))!;
  const understood = survivors(words, values, full);
  const open = openPlaces(words, values, redacted);
  const inPlace = survivors(words, values, redacted);
  const found = [...artefacts].map(([name, text]) => ({
    name,
    survival: survivors(words, values, text, true),
  }));
  const hear = async (path: string) =>
    tiny === null ? [] : survivors(words, values, await heardBy(tiny, path));
  const audible = await hear(join(original, 'talk.wav'));
  const heard = await hear(join(out, bleeped));
  return values.map(({ from, to, labels }, i) => ({
    label: labels[0]!,
    value: words.slice(from, to).join(' '),
    understood: understood[i] !== null,
    read: [
      ...(inPlace[i] === 'in place' ? ['txt in place'] : []),
      ...found.flatMap(({ name, survival }) => (survival[i] === null ? [] : [`${name} ${survival[i]}`])),
    ],
    open: open[i]!,
    audible: (audible[i] ?? null) !== null,
    heard: (heard[i] ?? null) !== null,
  }));
}

/** What tiny hears in a recording; kept beside it, so that judging again needs no second hearing. */
async function heardBy(tiny: Models, path: string): Promise<string> {
  const kept = `${path}.heard`;
  const earlier = await readFile(kept, 'utf8').catch(() => null);
  if (earlier !== null) return earlier;
  const text = textOf(await transcription(path, tiny));
  await writeFile(kept, text);
  return text;
}

/** Shares of fates by label, with intervals over recordings: those that `of` counts, and of these those that are `bad`. */
function rates(
  fates: readonly (readonly Fate[])[],
  of: (fate: Fate) => boolean,
  bad: (fate: Fate) => boolean,
): Map<string, { of: number; bad: number; rate: Estimate }> {
  const tallies = fates.map((recording) => {
    const byLabel = new Map<Label, Tally>();
    for (const fate of recording.filter(of)) {
      const counts = byLabel.get(fate.label) ?? { gold: 0, found: 0, predicted: 0, wrong: 0 };
      byLabel.set(fate.label, counts);
      counts.gold++;
      if (bad(fate)) counts.found++;
    }
    return byLabel;
  });
  const rows = scores(tallies).map(({ label, counts, figures }) => {
    return [label, { of: counts.gold, bad: counts.found, rate: figures.recall }] as const;
  });
  return new Map(rows);
}

function report(set: string, fates: readonly (readonly Fate[])[], refused: number): string {
  const said = rates(
    fates,
    () => true,
    ({ understood }) => !understood,
  );
  const text = rates(
    fates,
    ({ understood }) => understood,
    ({ read }) => read.length > 0,
  );
  const audio = rates(
    fates,
    ({ audible, heard }) => audible || heard,
    ({ heard }) => heard,
  );
  const garbled = rates(
    fates,
    ({ understood }) => !understood,
    ({ open }) => open,
  );
  let table = `\n${set}: ${fates.length} recordings, ${refused} not exported\n`;
  table += `${'label'.padEnd(14)}   said garbled  (open)${'readable in text'.padStart(30)}${'heard by tiny after bleeping'.padStart(36)}\n`;
  const cell = (row: { of: number; bad: number; rate: Estimate } | undefined, width: number) => {
    if (row === undefined) return '-'.padStart(width);
    const percent = (share: number) => (100 * share).toFixed(1);
    const { of, bad, rate } = row;
    return `${bad} of ${of}, ${percent(rate.value)} % (${percent(rate.low)}-${percent(rate.high)})`.padStart(
      width,
    );
  };
  for (const [label, { of, bad }] of said) {
    const open = `(${garbled.get(label)?.bad ?? 0})`;
    table += `${label.padEnd(14)}${String(of).padStart(7)}${String(bad).padStart(8)}${open.padStart(8)}${cell(text.get(label), 30)}${cell(audio.get(label), 36)}\n`;
  }
  return table;
}

main().catch((error: unknown) => {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
