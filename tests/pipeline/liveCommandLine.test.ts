import { type ChildProcess, spawn } from 'node:child_process';
import { appendFile, mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SAMPLE_RATE } from '../../core/audio/source.ts';
import { normalizeEnglish } from '../eval/englishText.ts';
import { countWordErrors, wordErrorRate } from '../eval/wordErrors.ts';
import { buildTalk, type Talk } from '../recordings/talk.ts';
import { writeWav } from '../recordings/wavWriter.ts';

const SOTTO = resolve(import.meta.dirname, '../../dist/node/cli.cjs');
const HEADER = 44;
const SECONDS = 16;

let root: string;
let wav: Buffer;
let talk: Talk;
let folder: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'sotto-live-'));
  talk = await buildTalk(SECONDS);
  await writeWav(join(root, 'whole.wav'), talk.samples);
  wav = await readFile(join(root, 'whole.wav'));
});
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  folder = await mkdtemp(join(root, 'case-'));
});

interface Running {
  readonly child: ChildProcess;
  /** Resolves when standard output has something. */
  readonly speaks: Promise<void>;
  readonly result: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

function live(...args: string[]): Running {
  const child = spawn(process.execPath, [SOTTO, 'live', ...args], { cwd: folder });
  let stdout = '';
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const speaks = new Promise<void>((done) => {
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      done();
    });
    child.once('close', () => done());
  });
  const result = new Promise<{ code: number | null; stdout: string; stderr: string }>((done) => {
    child.once('close', (code) => done({ code, stdout, stderr }));
  });
  return { child, speaks, result };
}

/** Errors of what was printed against what is said; masked words count as errors. */
function errorRate(printed: string): number {
  const words = (text: string) => normalizeEnglish(text).split(' ').filter(Boolean);
  return wordErrorRate(countWordErrors(words(talk.text), words(printed)));
}

describe('sotto live', () => {
  it('follows a file that a recorder is writing, and writes its transcript when the recorder stops', async () => {
    const path = join(folder, 'talk.wav');
    const begun = Buffer.from(wav.subarray(0, HEADER));
    begun.writeUInt32LE(0, HEADER - 4);
    await writeFile(path, begun);
    const { result, speaks } = live(
      'talk.wav',
      '--model',
      'tiny',
      '--language',
      'en',
      '--idle',
      '3600',
      '--full',
    );
    const half = HEADER + (wav.length - HEADER) / 2;
    await appendFile(path, wav.subarray(HEADER, half));
    // What is printed now can only come from the first half.
    await speaks;
    await appendFile(path, wav.subarray(half));
    // It stops: the size is filled in.
    const recorder = await open(path, 'r+');
    await recorder.write(wav, 0, HEADER, 0);
    await recorder.close();
    const { code, stdout, stderr } = await result;
    expect(stderr).toContain('talk.redacted.txt');
    expect(code).toBe(0);
    expect(errorRate(stdout)).toBeLessThan(0.3);
    expect((await readdir(folder)).sort()).toEqual(['talk.full.txt', 'talk.redacted.txt', 'talk.wav']);
    const words = (text: string) => text.split(/\s+/).filter(Boolean);
    expect(words(await readFile(join(folder, 'talk.full.txt'), 'utf8'))).toEqual(words(stdout));
  });

  it('hears raw samples on standard input and masks names as it prints', async () => {
    const { child, result } = live('-', '--model', 'tiny', '--language', 'en', '--out', 'notes');
    child.stdin!.end(wav.subarray(HEADER));
    const { code, stdout } = await result;
    expect(code).toBe(0);
    expect(errorRate(stdout)).toBeLessThan(0.4);
    expect(await readdir(join(folder, 'notes'))).toEqual(['live.redacted.txt']);
  });

  it('ends cleanly with what there is when it is interrupted', async () => {
    // An earlier talk is not overwritten.
    await writeFile(join(folder, 'live.redacted.txt'), 'before');
    const { child, result, speaks } = live('-', '--model', 'tiny', '--language', 'en', '--full');
    child.stdin!.write(wav.subarray(HEADER));
    await speaks;
    child.kill('SIGINT');
    const { code, stdout } = await result;
    expect(code).toBe(0);
    expect(stdout.trim().split(/\s+/).length).toBeGreaterThan(3);
    expect((await readdir(folder)).sort()).toEqual([
      'live-2.full.txt',
      'live-2.redacted.txt',
      'live.redacted.txt',
    ]);
  });

  it('ends with one sentence when its input is damaged, though that stays open', async () => {
    const { child, result } = live('-', '--model', 'tiny', '--language', 'en');
    const damaged = Buffer.from(wav);
    damaged.write('junk', HEADER - 8);
    // It stops to read before all is written.
    child.stdin!.on('error', () => {});
    child.stdin!.write(Buffer.concat([damaged, Buffer.alloc(1 << 20)]));
    const { code, stdout, stderr } = await result;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.trim()).toMatch(/^Standard input has a damaged WAV header[^\n]*\.$/);
  });

  it('says in one sentence that nobody spoke, and writes nothing', async () => {
    await writeWav(join(folder, 'silent.wav'), new Float32Array(3 * SAMPLE_RATE));
    const { code, stdout, stderr } = await live('silent.wav', '--model', 'tiny').result;
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr.trim()).toMatch(/^Nobody was heard speaking in "silent.wav"[^\n]*\.$/);
    expect(await readdir(folder)).toEqual(['silent.wav']);
  });

  it.each([
    ['no recording', [], 2],
    ['two recordings', ['a.wav', 'b.wav'], 2],
    ['no time', ['a.wav', '--idle', 'soon'], 2],
    ['a missing file', ['a.wav', '--model', 'tiny'], 3],
  ])('answers %s with one sentence', async (_what, args, expected) => {
    const { code, stdout, stderr } = await live(...args).result;
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
    expect(stderr.trim()).toMatch(/^[^\n]*\.$/);
  });

  it('says what a name that is held back costs', async () => {
    const { code, stdout } = await live('--help').result;
    expect(code).toBe(0);
    expect(stdout).toMatch(/waits until 12 more were said/);
  });
});
