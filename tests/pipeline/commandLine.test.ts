import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../core/audio/source.ts';
import { devUtterances, samplesOf } from '../recordings/corpus.ts';
import { writeWav } from '../recordings/wavWriter.ts';

const SOTTO = resolve(import.meta.dirname, '../../dist/node/cli.cjs');

let root: string;
let speech: Float32Array;
let folder: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sotto-cli-'));
  const utterances = (await devUtterances('librispeech')).filter(
    ({ start, end }) => end - start > 8 && end - start < 12,
  );
  speech = (await samplesOf(utterances.slice(0, 1)))[0]!;
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'case-'));
});

interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the built command line as a person would, with unfinished work kept apart from theirs. */
function sotto(...args: string[]): Promise<Result> {
  const env = { ...process.env, XDG_CACHE_HOME: join(root, 'cache') };
  return new Promise((done) => {
    execFile(process.execPath, [SOTTO, ...args], { env }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : Number(error.code), stdout, stderr });
    });
  });
}

/** One sentence: one line that ends with a full stop and shows no stack. */
function expectOneSentence(text: string): void {
  expect(text.trim().split('\n')).toHaveLength(1);
  expect(text.trim()).toMatch(/^[^{[].*\.$/);
  expect(text).not.toMatch(/ at .*:\d+:\d+|Error:/);
}

describe('the command line', () => {
  it('writes the redacted transcript beside the recording and nothing else', async () => {
    await writeWav(join(folder, 'meeting.wav'), speech);
    const result = await sotto(join(folder, 'meeting.wav'));
    expect(result).toMatchObject({ code: 0 });
    expect((await readdir(folder)).sort()).toEqual(['meeting.redacted.txt', 'meeting.wav']);
    expect(
      (await readFile(join(folder, 'meeting.redacted.txt'), 'utf8')).split(/\s+/).length,
    ).toBeGreaterThan(10);
  });

  it('keeps the structure of a folder in --out, in every format asked for, redacted and full, with audio', async () => {
    await mkdir(join(folder, 'in/monday'), { recursive: true });
    await writeWav(join(folder, 'in/first.wav'), speech);
    await writeWav(join(folder, 'in/monday/second.wav'), speech);
    const result = await sotto(
      join(folder, 'in'),
      '--out',
      join(folder, 'out'),
      '--format',
      'srt,json',
      '--full',
      '--audio',
    );
    expect(result).toMatchObject({ code: 0 });
    const written = (await readdir(join(folder, 'out'), { recursive: true })).sort();
    const names = (name: string) =>
      ['full.json', 'full.srt', 'redacted.json', 'redacted.srt', 'redacted.wav'].map(
        (ending) => `${name}.${ending}`,
      );
    expect(written).toEqual([...names('first'), 'monday', ...names(join('monday', 'second'))]);
    expect((await readdir(join(folder, 'in'))).sort()).toEqual(['first.wav', 'monday']);
  });

  it('prints one line of JSON a step with --json and nothing with --quiet', async () => {
    await writeWav(join(folder, 'meeting.wav'), speech);
    const json = await sotto('--json', join(folder, 'meeting.wav'));
    const events = json.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { event: string });
    expect(events.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['start', 'progress', 'wrote', 'done']),
    );
    expect(json.stderr).toBe('');
    expect(await sotto('--quiet', join(folder, 'meeting.wav'))).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it.each([
    ['missing', null, 3],
    ['empty', new Uint8Array(0), 3],
    ['corrupt', new TextEncoder().encode('RIFF this is no recording '.repeat(40)), 3],
    ['not audio at all', new TextEncoder().encode('Dear diary, '.repeat(100)), 3],
  ])('says in one sentence that a recording is %s, and leaves nothing behind', async (_what, bytes, code) => {
    const path = join(folder, 'broken.wav');
    if (bytes) await writeFile(path, bytes);
    const result = await sotto('--quiet', path);
    expect(result).toMatchObject({ code, stdout: '' });
    expectOneSentence(result.stderr);
    expect(result.stderr).toContain('broken.wav');
    expect(await readdir(folder)).toEqual(bytes ? ['broken.wav'] : []);
  });

  it('says in one sentence that nobody speaks in a silent recording, and writes nothing', async () => {
    await writeWav(join(folder, 'silent.wav'), new Float32Array(20 * SAMPLE_RATE));
    const result = await sotto('--quiet', join(folder, 'silent.wav'));
    expect(result).toMatchObject({ code: 3, stdout: '' });
    expectOneSentence(result.stderr);
    expect(await readdir(folder)).toEqual(['silent.wav']);
  });

  it('goes on with the next recording after one that cannot be read', async () => {
    await writeFile(join(folder, 'a.wav'), 'no recording');
    await writeWav(join(folder, 'b.wav'), speech);
    expect(await sotto(folder)).toMatchObject({ code: 3 });
    expect((await readdir(folder)).sort()).toEqual(['a.wav', 'b.redacted.txt', 'b.wav']);
  });

  it('gives recordings that differ only in their ending results of their own', async () => {
    await writeWav(join(folder, 'talk.wav'), speech);
    await writeWav(join(folder, 'talk.wave'), speech);
    expect(await sotto(folder)).toMatchObject({ code: 0 });
    expect((await readdir(folder)).sort()).toEqual([
      'talk.wav',
      'talk.wav.redacted.txt',
      'talk.wave',
      'talk.wave.redacted.txt',
    ]);
  });

  it.each([
    ['no recording', []],
    ['an unknown option', ['--louder', 'x.wav']],
    ['an unknown format', ['--format', 'pdf', 'x.wav']],
    ['an unknown policy', ['--policy', 'lenient', 'x.wav']],
  ])('answers %s with one sentence and exit code 2', async (_what, args) => {
    const result = await sotto(...args);
    expect(result).toMatchObject({ code: 2, stdout: '' });
    expectOneSentence(result.stderr);
  });
});
