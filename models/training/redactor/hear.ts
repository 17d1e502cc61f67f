/**
 * Runs Sotto's recogniser over a manifest and keeps what the redaction head sees: words with times and confidence, and
 * the encoder's states. Goes on where it stopped.
 *
 *     npx tsx models/training/redactor/hear.ts MANIFEST.jsonl OUT [--pack base|DIR] [--threads N]
 *
 * MANIFEST as tests/eval/manifest.ts reads it; utterances of more than 28 s are left out. OUT/heard.jsonl holds a line an
 * utterance, `{line, first, states, words: [{text, start, end, confidence}]}`: its line in the manifest, where its states
 * begin in OUT/states.bf16 and how many they are (each 512 bfloat16, little endian), times in seconds from its start.
 */
import { createWriteStream, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openAudio } from '../../../core/audio/open.ts';
import { SAMPLE_RATE } from '../../../core/audio/source.ts';
import type { EncoderStates } from '../../../core/recognizer/encoder.ts';
import { Recognizer } from '../../../core/recognizer/recognizer.ts';
import { readManifest } from '../../../tests/eval/manifest.ts';
import { cutUtterances, type HeardUtterance } from '../../../tests/eval/utteranceAudio.ts';

const LONGEST_SEGMENT = 28;
/** Utterances put in order of length at a time, so that those decoded together are alike. */
const SORTED_TOGETHER = 48;

/** The upper halves of the floats, rounded to nearest. */
function bfloat16(data: Float32Array): Buffer {
  const bits = new Uint32Array(data.buffer, data.byteOffset, data.length);
  const halves = new Uint16Array(data.length);
  for (let i = 0; i < bits.length; i++) halves[i] = (bits[i]! + 0x7fff + ((bits[i]! >>> 16) & 1)) >>> 16;
  return Buffer.from(halves.buffer);
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { pack: { type: 'string', default: 'base' }, threads: { type: 'string' } },
});
const [manifest, out] = positionals;
if (manifest === undefined || out === undefined) {
  process.stderr.write(
    'usage: npx tsx models/training/redactor/hear.ts MANIFEST.jsonl OUT [--pack base|DIR]\n',
  );
  process.exit(2);
}
const models = join(dirname(fileURLToPath(import.meta.url)), '../..');
const directory = /[/\\.]/.test(values.pack) ? resolve(values.pack) : join(models, values.pack);
mkdirSync(out, { recursive: true });
const linesFile = join(out, 'heard.jsonl');
const statesFile = join(out, 'states.bf16');
if (!existsSync(linesFile)) writeFileSync(linesFile, '');
if (!existsSync(statesFile)) writeFileSync(statesFile, '');
// A line is written after its states, so a run that was killed may leave states without a line, or half a line.
const whole = readFileSync(linesFile, 'utf8').split('\n').slice(0, -1);
writeFileSync(linesFile, whole.map((line) => `${line}\n`).join(''));
const done = whole.map((line) => JSON.parse(line) as { line: number; first: number; states: number });
let total = Math.max(0, ...done.map(({ first, states }) => first + states));
const finished = new Set(done.map(({ line }) => line));

const recognizer = await Recognizer.load(
  directory,
  values.threads === undefined ? {} : { threads: Number(values.threads) },
);
truncateSync(statesFile, total * 2 * recognizer.pack.manifest.dimensions.state);
const lines = createWriteStream(linesFile, { flags: 'a' });
const stateBytes = createWriteStream(statesFile, { flags: 'a' });
const written = (stream: typeof lines, chunk: string | Buffer) =>
  new Promise<void>((done, failed) => stream.write(chunk, (error) => (error ? failed(error) : done())));

const utterances = await readManifest(manifest);
const lineOf = new Map(utterances.map((utterance, i) => [utterance, i]));
const waiting = utterances.filter((_, i) => !finished.has(i));
let heard: HeardUtterance[] = [];
let seconds = 0;

async function hear(): Promise<void> {
  const order = heard
    .filter(({ samples }) => samples.length > 0 && samples.length <= LONGEST_SEGMENT * SAMPLE_RATE)
    .sort((a, b) => b.samples.length - a.samples.length);
  heard = [];
  const states = new Map<number, EncoderStates>();
  const segments = order.map(({ samples }, index) => {
    const duration = samples.length / SAMPLE_RATE;
    seconds += duration;
    return { index, samples, pieces: [{ start: 0, offset: 0, duration }] };
  });
  const recognized = await recognizer.transcribe(segments, {
    language: 'en',
    onStates: (segment, { data, count }) => states.set(segment.index, { data: data.slice(), count }),
  });
  for (const { index, words } of recognized) {
    const { data, count } = states.get(index)!;
    await written(stateBytes, bfloat16(data));
    const line = { line: lineOf.get(order[index]!.utterance)!, first: total, states: count, words };
    await written(lines, `${JSON.stringify(line)}\n`);
    total += count;
  }
  process.stderr.write(`${(seconds / 3600).toFixed(2)} h heard\n`);
}

for (const audio of new Set(waiting.map((utterance) => utterance.audio))) {
  const inFile = waiting.filter((utterance) => utterance.audio === audio);
  for await (const one of cutUtterances(await openAudio(audio), inFile)) {
    heard.push(one);
    if (heard.length === SORTED_TOGETHER) await hear();
  }
}
await hear();
await recognizer.close();
lines.end();
stateBytes.end();
