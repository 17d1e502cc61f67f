import { spawn } from 'node:child_process';
import { basename, resolve } from 'node:path';
import { UserError } from '../errors.ts';
import type { OriginalAudio } from './original.ts';
import { decodeSamples } from './sampleFormat.ts';

/**
 * Demuxers that ffmpeg may use: formats that are one self-contained file. Playlists (hls, concat, dash) would let a
 * crafted recording open other files.
 */
const DEMUXERS =
  'mov,mp4,m4a,3gp,matroska,webm,ogg,mp3,aac,flac,wav,w64,aiff,caf,asf,avi,flv,mpegts,mpeg,au,amr,ac3,eac3,dts,wv,ape,tta,oma,gsm,voc';

const SAMPLE = { encoding: 'float', bytes: 4, bigEndian: false } as const;

/** Whether a system ffmpeg can be run. */
export function hasFfmpeg(): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn('ffmpeg', ['-version'], { stdio: 'ignore', windowsHide: true });
    child.on('error', () => done(false));
    child.on('close', (code) => done(code === 0));
  });
}

/**
 * Decodes with the system's ffmpeg what the wasm decoders lack (AAC above all): all channels at the native rate, so
 * that every format goes through the same downmix and resampler. ffmpeg is given no network protocol, no standard
 * input and no playlist format, and the file as `file:` plus its absolute path, so a name cannot act as an option or
 * a protocol. Where the sound begins later than the picture or has gaps, silence is put in, so times stay true.
 * @returns null when ffmpeg finds no audio in the file.
 */
export async function openWithFfmpeg(path: string): Promise<OriginalAudio | null> {
  const probe = await describe(path);
  if (!probe) return null;
  const { sampleRate, channels, duration } = probe;
  return {
    format: 'ffmpeg',
    sampleRate,
    channels,
    frames: duration === null ? null : Math.round(duration * sampleRate),
    blocks: (signal, warn) => decode(path, probe, signal, warn),
  };
}

interface Description {
  readonly sampleRate: number;
  readonly channels: number;
  /** Seconds. */
  readonly duration: number | null;
}

function inputOptions(path: string): string[] {
  return [
    ...['-nostdin', '-hide_banner', '-protocol_whitelist', 'file,pipe', '-format_whitelist', DEMUXERS],
    ...['-i', `file:${resolve(path)}`],
  ];
}

/** What ffmpeg prints about the file's first audio stream: decoding a hundredth of a second makes it say all. */
async function describe(path: string): Promise<Description | null> {
  const child = spawn(
    'ffmpeg',
    [...inputOptions(path), '-map', '0:a:0', '-t', '0.01', '-f', 'wav', '-c:a', 'pcm_f32le', 'pipe:1'],
    { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true },
  );
  let report = '';
  const wav: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    report += chunk.toString('utf8');
  });
  child.stdout.on('data', (chunk: Buffer) => wav.push(chunk));
  const code = await new Promise<number | null>((done) => {
    child.on('error', () => done(null));
    child.on('close', done);
  });
  const header = Buffer.concat(wav);
  if (code !== 0 || header.length < 28) return null;
  const time = /Duration: (\d+):(\d\d):(\d\d\.\d+)/.exec(report);
  return {
    channels: header.readUInt16LE(22),
    sampleRate: header.readUInt32LE(24),
    duration: time ? Number(time[1]) * 3600 + Number(time[2]) * 60 + Number(time[3]) : null,
  };
}

async function* decode(
  path: string,
  { sampleRate, channels }: Description,
  signal?: AbortSignal,
  warn?: (sentence: string) => void,
): AsyncGenerator<Float32Array[]> {
  signal?.throwIfAborted();
  const child = spawn(
    'ffmpeg',
    [
      ...inputOptions(path),
      ...[
        '-map',
        '0:a:0',
        '-af',
        'aresample=async=1:first_pts=0',
        '-ar',
        `${sampleRate}`,
        '-ac',
        `${channels}`,
      ],
      ...['-v', 'error', '-f', 'f32le', '-c:a', 'pcm_f32le', 'pipe:1'],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true },
  );
  const stop = () => child.kill('SIGKILL');
  signal?.addEventListener('abort', stop);
  let errors = 0;
  child.stderr.on('data', () => errors++);
  const closed = new Promise<number | null>((done) => {
    child.on('error', () => done(null));
    child.on('close', done);
  });
  const frameBytes = channels * SAMPLE.bytes;
  let frames = 0;
  try {
    let rest: Buffer = Buffer.alloc(0);
    // The pipe holds ffmpeg back while the reader is busy.
    for await (const chunk of child.stdout) {
      const bytes = Buffer.concat([rest, chunk as Buffer]);
      const whole = bytes.length - (bytes.length % frameBytes);
      rest = bytes.subarray(whole);
      if (whole === 0) continue;
      frames += whole / frameBytes;
      yield decodeSamples(bytes.subarray(0, whole), channels, SAMPLE);
    }
    signal?.throwIfAborted();
    const code = await closed;
    if (frames === 0)
      throw new UserError(
        'corrupt',
        `"${basename(path)}" is damaged and cannot be read; try a fresh copy of the recording.`,
      );
    if (code !== 0 || errors > 0)
      warn?.(
        `"${basename(path)}" is damaged or cut short; ${Math.round(frames / sampleRate)} s of it could be read.`,
      );
  } finally {
    signal?.removeEventListener('abort', stop);
    stop();
  }
}
