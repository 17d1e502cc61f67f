import { constants } from 'node:fs';
import { access, open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { UserError } from '../errors.ts';
import { toMono } from './mono.ts';
import type { OriginalAudio } from './original.ts';
import { type AudioSource, SAMPLE_RATE } from './source.ts';
import { openWav } from './wav.ts';
import { isWav } from './wavHeader.ts';

/** A recording opened from a file. */
export interface Recording extends AudioSource {
  /** Plain sentences about what could not be read; complete after all blocks have been read. */
  readonly warnings: readonly string[];
}

/**
 * Opens a recording as mono 16 kHz: every channel mixed in, band-limited. Any format that {@link openOriginal} reads.
 * @throws UserError as `openOriginal`.
 */
export async function openAudio(path: string): Promise<Recording> {
  return monoRecording(await openAtRate(path, SAMPLE_RATE));
}

/** An opened recording, wherever it is decoded, as mono 16 kHz. */
export function monoRecording(original: OriginalAudio): Recording {
  const { sampleRate, channels, frames } = original;
  const warnings: string[] = [];
  const warn = (sentence: string) => {
    if (!warnings.includes(sentence)) warnings.push(sentence);
  };
  return {
    duration: frames === null ? null : frames / sampleRate,
    warnings,
    blocks: (signal) => toMono(original.blocks(signal, warn), sampleRate, channels),
  };
}

/**
 * Opens a recording as it was made. What a file is, its content says, never its name. WAVE is read here; compressed
 * audio and video by wasm decoders, which are loaded only then; the rest by a system ffmpeg.
 * @throws UserError `not-found`, `unreadable`, `empty`, `corrupt`; `unsupported` when the file is no recording;
 * `needs-ffmpeg` when only ffmpeg could read it and there is none.
 */
export function openOriginal(path: string): Promise<OriginalAudio> {
  return openAtRate(path);
}

/** @param rate - for codecs that can decode at another rate than the recording's own. */
async function openAtRate(path: string, rate?: number): Promise<OriginalAudio> {
  const head = await readHead(path);
  if (isWav(head)) return (await openWav(path)) ?? openForeign(path, 'WAV with an unusual codec');
  const { openContainer } = await import('./container.ts');
  const content = await openContainer(path, rate);
  switch (content.kind) {
    case 'audio':
      return content.audio;
    case 'no-audio':
      throw new UserError(
        'empty',
        `"${basename(path)}" has no sound track to transcribe; choose a recording with sound.`,
      );
    case 'undecodable':
      return openForeign(path, content.codec === 'aac' ? 'AAC' : content.codec);
    case 'unknown':
      return openForeign(path, foreignFormat(head));
  }
}

/** The first bytes of a file that is there, can be read and is not empty. */
async function readHead(path: string): Promise<Uint8Array> {
  const name = basename(path);
  const status = await stat(path).catch((cause) => {
    throw new UserError('not-found', `"${name}" was not found; check the path and try again.`, { cause });
  });
  if (!status.isFile())
    throw new UserError('unreadable', `"${name}" is not a file; choose an audio or video file.`);
  await access(path, constants.R_OK).catch((cause) => {
    throw new UserError('unreadable', `"${name}" cannot be opened for reading; check its permissions.`, {
      cause,
    });
  });
  if (status.size === 0)
    throw new UserError('empty', `"${name}" is empty (0 bytes); choose another copy of the recording.`);
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Opens by ffmpeg. @param format - its name for people, or null when nothing is known of the file. */
async function openForeign(path: string, format: string | null): Promise<OriginalAudio> {
  const { hasFfmpeg, openWithFfmpeg } = await import('./ffmpeg.ts');
  const name = basename(path);
  if (!(await hasFfmpeg())) {
    if (format === null)
      throw new UserError(
        'unsupported',
        `"${name}" is not an audio or video file that Sotto knows; rarer formats open when ffmpeg is installed.`,
      );
    throw new UserError(
      'needs-ffmpeg',
      `"${name}" holds ${format} audio, which needs ffmpeg: install ffmpeg, or convert the recording to WAV.`,
    );
  }
  const audio = await openWithFfmpeg(path);
  if (audio) return audio;
  throw format === null
    ? new UserError(
        'unsupported',
        `"${name}" is not an audio or video file that can be read; choose a recording.`,
      )
    : new UserError('corrupt', `"${name}" is damaged and cannot be read; try a fresh copy of the recording.`);
}

/** Formats that only ffmpeg reads, by their first bytes. */
function foreignFormat(head: Uint8Array): string | null {
  const text = Buffer.from(head).toString('latin1');
  if (/^FORM....AIF[FC]/s.test(text)) return 'AIFF';
  if (text.startsWith('\x30\x26\xb2\x75')) return 'Windows Media';
  if (/^RIFF....AVI /s.test(text)) return 'AVI';
  if (text.startsWith('caff')) return 'Core Audio';
  if (text.startsWith('#!AMR')) return 'AMR';
  if (text.startsWith('FLV')) return 'Flash Video';
  if (/^\xff[\xf0\xf1\xf8\xf9]/.test(text)) return 'AAC';
  return null;
}
