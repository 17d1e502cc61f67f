import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAudio, openOriginal } from '../../../core/audio/open.ts';
import { UserError, type UserErrorCode } from '../../../core/errors.ts';
import { missing } from '../../runtime.ts';

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/audio');
const SAMPLE_RATE = 16_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'audio-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const withFfmpeg = missing({ ffmpeg: spawnSync('ffmpeg', ['-version']).status === 0 }) ? it.skip : it;

async function samplesOf(path: string): Promise<{ samples: Float32Array; warnings: readonly string[] }> {
  const audio = await openAudio(path);
  const samples: number[] = [];
  for await (const block of audio.blocks()) samples.push(...block);
  return { samples: Float32Array.from(samples), warnings: audio.warnings };
}

async function codeOf(path: string): Promise<{ code: UserErrorCode; message: string }> {
  try {
    await samplesOf(path);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('opened without an error');
}

function fixture(name: string): string {
  return join(FIXTURES, name);
}

function temporary(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** The lag in samples, within 100 ms, at which `samples` resemble `reference` most, and the correlation there. */
function alignment(samples: Float32Array, reference: Float32Array): { lag: number; correlation: number } {
  let best = { lag: 0, correlation: -1 };
  for (let lag = -1600; lag <= 1600; lag++) {
    let cross = 0;
    let a = 0;
    let b = 0;
    for (let i = 1600; i < reference.length - 1600; i++) {
      const sample = samples[i + lag] ?? 0;
      cross += sample * reference[i]!;
      a += sample * sample;
      b += reference[i]! * reference[i]!;
    }
    const correlation = cross / Math.sqrt(a * b || 1);
    if (correlation > best.correlation) best = { lag, correlation };
  }
  return best;
}

describe('opening a recording', () => {
  it('decodes FLAC to exactly the samples whose MD5 the encoder wrote into the file', async () => {
    const path = fixture('speech.flac');
    const hash = createHash('md5');
    for await (const [samples] of (await openOriginal(path)).blocks()) {
      const integers = Int16Array.from(samples!, (sample) => sample * 32768);
      hash.update(Buffer.from(integers.buffer));
    }
    // STREAMINFO follows the marker and its own 4-byte header; the MD5 is its last 16 bytes (RFC 9639, 8.2).
    expect(hash.digest('hex')).toBe(readFileSync(path).toString('hex', 8 + 18, 8 + 34));
  });

  const wasm = ['speech.mp3', 'speech.ogg', 'speech.opus', 'speech.webm', 'video.webm', 'uncompressed.mov'];
  it.each(wasm)('decodes %s in time with the original, without ffmpeg', async (name) => {
    const { samples: reference } = await samplesOf(fixture('speech.flac'));
    const path = process.env.PATH;
    process.env.PATH = '';
    try {
      const { samples, warnings } = await samplesOf(fixture(name));
      const { lag, correlation } = alignment(samples, reference);
      expect(Math.abs(lag) / SAMPLE_RATE).toBeLessThan(0.05);
      expect(correlation).toBeGreaterThan(0.9);
      expect(Math.abs(samples.length - reference.length) / SAMPLE_RATE).toBeLessThan(0.1);
      expect(warnings).toEqual([]);
    } finally {
      process.env.PATH = path;
    }
  });

  withFfmpeg.each(['speech.m4a', 'video.mp4'])(
    'decodes %s by ffmpeg, in time with the original',
    async (name) => {
      const { samples: reference } = await samplesOf(fixture('speech.flac'));
      const { samples } = await samplesOf(fixture(name));
      const { lag, correlation } = alignment(samples, reference);
      expect(Math.abs(lag) / SAMPLE_RATE).toBeLessThan(0.05);
      expect(correlation).toBeGreaterThan(0.9);
    },
  );

  it('keeps the time of a sound track that begins after the picture', async () => {
    const { samples: reference } = await samplesOf(fixture('speech.flac'));
    const { samples } = await samplesOf(fixture('late-sound.webm'));
    expect(samples.subarray(0, SAMPLE_RATE * 0.9).every((sample) => sample === 0)).toBe(true);
    const { lag, correlation } = alignment(samples.subarray(SAMPLE_RATE), reference);
    expect(Math.abs(lag) / SAMPLE_RATE).toBeLessThan(0.05);
    expect(correlation).toBeGreaterThan(0.9);
  });

  it('goes by the content, not by the name', async () => {
    const path = temporary('really-opus.mp3', readFileSync(fixture('speech.opus')));
    expect((await openOriginal(path)).format).toBe('ogg (opus)');
  });

  it('gives the same samples each time it is read', async () => {
    const audio = await openAudio(fixture('speech.opus'));
    const lengths: number[] = [];
    for (let i = 0; i < 2; i++) {
      let length = 0;
      for await (const block of audio.blocks()) length += block.length;
      lengths.push(length);
    }
    expect(lengths[0]).toBe(lengths[1]);
  });

  it('stops when it is cancelled', async () => {
    const abort = new AbortController();
    abort.abort();
    const audio = await openAudio(fixture('speech.webm'));
    await expect(audio.blocks(abort.signal)[Symbol.asyncIterator]().next()).rejects.toThrow(/abort/i);
  });
});

describe('a file that cannot be opened', () => {
  it('is told apart in one plain sentence that names the file and not its folder', async () => {
    const text = 'Dear diary, this is not a recording.\n'.repeat(200);
    const cases: [string, UserErrorCode][] = [
      [join(folder, 'nowhere.wav'), 'not-found'],
      [folder, 'unreadable'],
      [temporary('empty.mp3', new Uint8Array(0)), 'empty'],
      [temporary('diary.mp3', Buffer.from(text)), 'unsupported'],
      [temporary('header-only.wav', Buffer.from('RIFF\x04\0\0\0WAVE', 'latin1')), 'corrupt'],
      [temporary('stub.flac', readFileSync(fixture('speech.flac')).subarray(0, 60)), 'corrupt'],
      [temporary('head.webm', readFileSync(fixture('speech.webm')).subarray(0, 200)), 'corrupt'],
      [fixture('silent-video.mp4'), 'empty'],
    ];
    for (const [path, expected] of cases) {
      const { code, message } = await codeOf(path);
      expect([path, code]).toEqual([path, expected]);
      expect(message).toMatch(/^"[^"/]+" .+\.$/);
      expect(message).not.toContain('\n');
    }
  });

  it('asks for ffmpeg where only ffmpeg reads the format and there is none', async () => {
    const path = process.env.PATH;
    process.env.PATH = '';
    try {
      for (const name of ['speech.m4a', 'video.mp4', 'video.mov'])
        expect(await codeOf(fixture(name))).toMatchObject({
          code: 'needs-ffmpeg',
          message: `"${name}" holds AAC audio, which needs ffmpeg: install ffmpeg, or convert the recording to WAV.`,
        });
    } finally {
      process.env.PATH = path;
    }
  });

  withFfmpeg('cannot make ffmpeg open another file or an address', async () => {
    const playlist = `#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:3,\nfile:${fixture('speech.m4a')}\n#EXT-X-ENDLIST\n`;
    expect((await codeOf(temporary('list.m4a', Buffer.from(playlist)))).code).toBe('unsupported');
    const concat = `ffconcat version 1.0\nfile '${fixture('speech.m4a')}'\n`;
    expect((await codeOf(temporary('concat.m4a', Buffer.from(concat)))).code).toBe('unsupported');
  });

  withFfmpeg('may have a name that looks like an option or an address', async () => {
    for (const name of ['-i.m4a', 'http:__example.m4a', 'pipe:0', 'concat:a|b.m4a'])
      expect(
        (await samplesOf(temporary(name, readFileSync(fixture('speech.m4a'))))).samples.length,
      ).toBeGreaterThan(2.9 * SAMPLE_RATE);
  });

  it.each(['speech.mp3', 'speech.ogg', 'speech.opus', 'speech.webm', 'speech.flac'])(
    'gives what is readable of %s cut off in the middle, and says so',
    async (name) => {
      const whole = readFileSync(fixture(name));
      const path = temporary(`cut-${name}`, whole.subarray(0, Math.floor(whole.length / 2)));
      const { samples, warnings } = await samplesOf(path);
      expect(samples.length / SAMPLE_RATE).toBeGreaterThan(0.9);
      expect(samples.length / SAMPLE_RATE).toBeLessThan(2.2);
      expect(warnings).toEqual([
        `"cut-${name}" is damaged or cut short; ${Math.round(samples.length / SAMPLE_RATE)} s of it could be read.`,
      ]);
    },
  );

  it.each(['speech.mp3', 'speech.ogg', 'speech.opus', 'speech.webm', 'speech.flac'])(
    'never hangs or breaks with anything but a UserError on %s with damaged bytes',
    async (name) => {
      const whole = readFileSync(fixture(name));
      for (let trial = 0; trial < 6; trial++) {
        const damaged = Buffer.from(whole);
        for (let i = 0; i < 40; i++)
          damaged[(i * 7919 + trial * 104_729) % damaged.length] = (i * 37 + trial) & 0xff;
        const path = temporary(`damaged-${trial}-${name}`, damaged);
        await samplesOf(path).catch((error) => expect(error).toBeInstanceOf(UserError));
      }
    },
  );
});
