import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative } from 'node:path';
import { isRecordingName } from '../core/audio/recordingFiles.ts';
import { SEALED_EXTENSION } from '../core/audio/sealedRecording.ts';

/** Content type by extension, for playback in the window. */
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  aac: 'audio/aac',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  flac: 'audio/flac',
  webm: 'audio/webm',
  weba: 'audio/webm',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  mov: 'video/mp4',
  mkv: 'video/x-matroska',
};

export interface FoundRecording {
  readonly path: string;
  readonly name: string;
  /** Folders between the added folder and the file, with the added folder's name first; '' for a single file. */
  readonly folder: string;
}

function extension(path: string): string {
  return extname(path).slice(1).toLowerCase();
}

export function mediaType(path: string): string {
  return MEDIA_TYPES[extension(path)] ?? 'application/octet-stream';
}

/** Whether a recording was made in the app. */
export function isSealed(path: string | null): boolean {
  return path?.endsWith(SEALED_EXTENSION) ?? false;
}

/**
 * Whether the engine reads the recording itself: WAV on disk, and what was recorded in the app; the browser engine
 * decodes everything else.
 */
export function engineDecodes(path: string | null): boolean {
  if (isSealed(path)) return true;
  return path !== null && ['wav', 'wave', 'rf64', 'bw64'].includes(extension(path));
}

/** The recordings at `paths`: files as they are, folders with everything below them, in order of their names. */
export async function findRecordings(paths: readonly string[]): Promise<FoundRecording[]> {
  const found: FoundRecording[] = [];
  for (const path of paths) {
    const isFolder = await stat(path).then(
      (entry) => entry.isDirectory(),
      () => false,
    );
    if (isFolder) await walk(path, dirname(path), found);
    else found.push({ path, name: basename(path), folder: '' });
  }
  return found;
}

async function walk(folder: string, root: string, found: FoundRecording[]): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  entries.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await walk(path, root, found);
    else if (entry.isFile() && isRecordingName(entry.name))
      found.push({ path, name: entry.name, folder: relative(root, folder) });
  }
}
