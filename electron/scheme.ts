import { stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { SealedRecording } from '../core/audio/sealedRecording.ts';
import { mediaType } from './recordings.ts';
import type { SchemeRequest, SchemeResponse } from './shims.ts';

export const SCHEME = 'sotto';
export const APP_ORIGIN = `${SCHEME}://app`;

/** Content types of the files a Vite build writes. */
const PAGE_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.opus': 'audio/ogg',
};

/**
 * wavesurfer.js 8.0.1 writes one style sheet into its shadow root, for the height of our waveform; a browser test fails
 * when another version needs another hash.
 */
const WAVEFORM_STYLE = "'sha256-GDz2FZP0i7VZaDhs1mgc43IRUXU2xajPIjvThHvZvbs='";

/** What the page may load: its own files, and audio from its host or from a File it was given. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'self' ${WAVEFORM_STYLE}`,
  "img-src 'self' data:",
  "connect-src 'self' blob:",
  "media-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Sent with every page, by the app's scheme and by the loopback server alike. */
export const PAGE_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

/** The file of the built interface that a URL path names, or null when it names none. */
export async function pageFile(
  rendererFolder: string,
  urlPath: string,
): Promise<{ path: string; type: string; bytes: number } | null> {
  // The build's file names need no escapes, so an escaped path is none of them.
  if (urlPath.includes('%')) return null;
  const wanted = normalize(join(rendererFolder, urlPath === '/' ? 'index.html' : urlPath));
  const type = PAGE_TYPES[extname(wanted)];
  if (!wanted.startsWith(rendererFolder + sep) || type === undefined) return null;
  const entry = await stat(wanted).catch(() => null);
  return entry?.isFile() ? { path: wanted, type, bytes: entry.size } : null;
}

const NOT_FOUND: SchemeResponse = { status: 404, headers: {}, body: null };

/**
 * Answers `sotto://app/…` with the built interface and `sotto://app/media/ID` with a recording that the person chose.
 * @param recordingOf the recording behind a media id, or null when nobody chose such a recording.
 */
export function schemeAnswers(rendererFolder: string, recordingOf: (id: string) => Promise<Played | null>) {
  return async (request: SchemeRequest): Promise<SchemeResponse> => {
    const url = new URL(request.url);
    if (url.host !== 'app' || (request.method !== 'GET' && request.method !== 'HEAD')) return NOT_FOUND;
    const media = /^\/media\/([0-9a-f]{32})$/.exec(url.pathname);
    if (media) return recording(await recordingOf(media[1]!), request.range);
    const file = await pageFile(rendererFolder, url.pathname);
    if (file === null) return NOT_FOUND;
    const headers = { ...PAGE_HEADERS, 'content-type': file.type, 'content-length': String(file.bytes) };
    return { status: 200, headers, body: { path: file.path } };
  };
}

/** What a player may play: a file by its path, or what was recorded in the app. */
export type Played = string | SealedRecording;

/** A recording, whole or the range that the player or the decoder asked for. */
export async function recording(played: Played | null, range: string | null): Promise<SchemeResponse> {
  const source = played === null ? null : await sourceOf(played);
  if (source === null) return NOT_FOUND;
  const { type, size, body } = source;
  const common = { 'content-type': type, 'accept-ranges': 'bytes', 'cache-control': 'no-store' };
  const wanted = range === null ? null : byteRange(range, size);
  if (range !== null && wanted === null)
    return { status: 416, headers: { ...common, 'content-range': `bytes */${size}` }, body: null };
  if (wanted === null)
    return { status: 200, headers: { ...common, 'content-length': String(size) }, body: body() };
  const { start, end } = wanted;
  const headers = {
    ...common,
    'content-length': String(end - start + 1),
    'content-range': `bytes ${start}-${end}/${size}`,
  };
  return { status: 206, headers, body: body(start, end) };
}

interface Source {
  readonly type: string;
  readonly size: number;
  /** From `start` to `end`, inclusive, or all. */
  body(start?: number, end?: number): NonNullable<SchemeResponse['body']>;
}

async function sourceOf(played: Played): Promise<Source | null> {
  if (played instanceof SealedRecording)
    return {
      type: 'audio/wav',
      size: played.wavBytes,
      body: (start, end) => ({ stream: () => Readable.from(played.wav(start, end)) }),
    };
  const entry = await stat(played).catch(() => null);
  if (!entry?.isFile()) return null;
  const body: Source['body'] = (start, end) =>
    start === undefined ? { path: played } : { path: played, start, end };
  return { type: mediaType(played), size: entry.size, body };
}

/** The one range of a Range header (RFC 9110, 14.1.2), end inclusive; null when it cannot be satisfied. */
function byteRange(header: string, size: number): { start: number; end: number } | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') return { start: Math.max(size - Number(match[2]), 0), end: size - 1 };
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start <= end ? { start, end } : null;
}
